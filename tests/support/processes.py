"""Starts, kills and waits for a real process in a test. Polls with a deadline, never sleeps in the dark."""

import asyncio
import os
import signal
import subprocess
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path


class TestedProcess:
    """One process of the line under test."""

    __test__ = False

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        is_ready: Callable[[], bool],
    ) -> None:
        self.name, self.log = name, log
        self._command, self._environment, self._is_ready = list(command), dict(environment), is_ready
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None, f"{self.name} was not started"
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def start(self, within: float = 20) -> "TestedProcess":
        """Start and wait until it serves; raises with the end of its output when it does not."""
        assert not self.is_running, f"{self.name} runs already"
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(
                self._command,
                env=dict(os.environ) | self._environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        deadline = time.monotonic() + within
        while not self._is_ready():
            if self._process.poll() is not None or time.monotonic() > deadline:
                state = f"exited with {self._process.poll()}" if not self.is_running else f"not ready in {within} s"
                self.kill()
                raise AssertionError(f"{self.name} {state}:\n{self.log.read_text(errors='replace')[-3000:]}")
            time.sleep(0.05)
        return self

    def kill(self) -> None:
        """kill -9: no farewell, no flush."""
        self._end(signal.SIGKILL, 5)

    def stop(self, within: float = 10) -> None:
        """SIGTERM, and SIGKILL when that does not help in time."""
        self._end(signal.SIGTERM, within)

    def restart(self) -> None:
        if self.is_running:
            self.stop()
        self.start()

    def send(self, signal_number: int) -> None:
        """For instance SIGSTOP and SIGCONT: a process that hangs."""
        os.kill(self.pid, signal_number)

    def _end(self, signal_number: int, within: float) -> None:
        if self._process is None or self._process.poll() is not None:
            return
        self._process.send_signal(signal_number)
        try:
            self._process.wait(within)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(5)


PATIENCE_SECONDS = 20
"""Who waits longer than this on a machine that does other work too waits in vain."""


async def eventually_async(check: Callable[[], Awaitable[bool]], what: str, within: float = PATIENCE_SECONDS) -> None:
    """`eventually` for questions that have to be awaited."""
    deadline = time.monotonic() + within
    while not await check():
        assert time.monotonic() < deadline, f"not within {within} s: {what}"
        await asyncio.sleep(0.05)


def eventually(check: Callable[[], bool], what: str, within: float = PATIENCE_SECONDS) -> None:
    """Poll until `check` is true; AssertionError names `what` otherwise."""
    deadline = time.monotonic() + within
    while not check():
        assert time.monotonic() < deadline, f"not within {within} s: {what}"
        time.sleep(0.05)
