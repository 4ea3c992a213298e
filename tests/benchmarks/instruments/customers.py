"""Customers who make many equal calls: sipp signals, voices.py speaks. Far cheaper than a second Asterisk."""

import asyncio
import csv
import json
import os
import resource
import sys
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Template

from tests.benchmarks.instruments.voice_packets import KeyPress

PROJECT = Path(__file__).parents[3]
SCENARIO = Path(__file__).parents[1] / "world" / "caller.xml"
HOST, SIP_PORT, VOICE_PORT = "127.0.0.1", 5070, 6100
GRACE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Behaviour:
    """What every customer of a block does."""

    caller: str
    seconds: float
    """From the answer to the hang-up."""
    presses: Sequence[KeyPress]


@dataclass(frozen=True, slots=True)
class Outcome:
    calls: int
    failed: int
    retransmissions: int
    cpu_ms_per_call: float
    """Of the customers themselves: they run on the same machine."""


class Customers:
    """A prepared scenario; `call` may be used many times."""

    def __init__(self, folder: Path, behaviour: Behaviour, hotline_port: int) -> None:
        self._folder, self._behaviour, self._port = folder, behaviour, hotline_port
        folder.mkdir(parents=True, exist_ok=True)
        self._scenario = folder / "caller.xml"
        self._scenario.write_text(
            Template(SCENARIO.read_text()).render(
                caller=behaviour.caller, voice_port=VOICE_PORT, milliseconds=round(behaviour.seconds * 1000)
            )
        )
        self._answered = folder / "answered"
        os.mkfifo(self._answered)

    async def call(self, number: str, calls: int, rate: float) -> Outcome:
        """`calls` calls to `number`, started at `rate` a second; returns when the last has ended."""
        statistics = self._folder / "statistics.csv"
        statistics.unlink(missing_ok=True)
        command = [
            *("sipp", f"{HOST}:{self._port}", "-s", number, "-sf", str(self._scenario)),
            *("-i", HOST, "-p", str(SIP_PORT), "-trace_logs", "-log_file", str(self._answered)),
            *("-r", str(round(rate * 1000)), "-rp", "1000000", "-m", str(calls), "-l", str(calls)),
            *("-trace_stat", "-stf", str(statistics), "-fd", "1", "-nostdin"),
        ]
        before = _seconds_of_ended_processes()
        async with _running(*self._voices()), _running(*command, folder=self._folder) as sipp:
            async with asyncio.timeout(calls / rate + self._behaviour.seconds + GRACE_SECONDS):
                await sipp.wait()
        used = _seconds_of_ended_processes() - before
        with statistics.open(newline="") as file:
            last = list(csv.DictReader(file, delimiter=";"))[-1]
        return Outcome(
            calls, int(last["FailedCall(C)"]), int(last["Retransmissions(C)"]), round(1000 * used / calls, 2)
        )

    def _voices(self) -> Sequence[str]:
        presses = json.dumps([(press.at, press.key) for press in self._behaviour.presses])
        module = "tests.benchmarks.instruments.voices"
        seconds = str(self._behaviour.seconds)
        return (sys.executable, "-m", module, HOST, str(VOICE_PORT), str(self._answered), seconds, presses)


@asynccontextmanager
async def _running(*command: str, folder: Path = PROJECT) -> AsyncIterator[Process]:
    """Killed in the end."""
    process = await asyncio.create_subprocess_exec(*command, cwd=folder, stdout=DEVNULL, stderr=DEVNULL)
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()


def _seconds_of_ended_processes() -> float:
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime
