"""Finds the processes of an installation by a mark in their environment, and ends them.

That finds every part, also Asterisk inside its root and parts whose supervisor was killed.
"""

import os
import signal
import time
from pathlib import Path

MARK = "HOTLINE_PART_OF"
"""A name of its own: a terminal in which somebody set HOTLINE_HOME is none of our processes."""


def mark(home: Path) -> dict[str, str]:
    """For the environment of every process we start."""
    return {MARK: str(home)}


def processes_of(home: Path) -> list[int]:
    """Process ids of this installation, this process and its ancestors left out."""
    sought = f"{MARK}={home}".encode()
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes().split(b"\0")
        except OSError:  # ended meanwhile, or somebody else's
            continue
        if sought in environment:
            found.append(int(folder.name))
    return sorted(set(found) - set(_ancestors(os.getpid())))


def end_processes(home: Path, within: float = 10) -> list[int]:
    """SIGTERM, then SIGKILL after `within` seconds; returns the ids that had to be killed."""
    pids = processes_of(home)
    _signal(pids, signal.SIGTERM)
    deadline = time.monotonic() + within
    while (left := processes_of(home)) and time.monotonic() < deadline:
        time.sleep(0.1)
    _signal(left, signal.SIGKILL)
    return left


def _signal(pids: list[int], number: signal.Signals) -> None:
    for pid in pids:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue


def _ancestors(pid: int) -> list[int]:
    chain = [pid]
    while pid > 1:
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        chain.append(pid)
    return chain
