"""CPU time of the line's processes, their children included. Reads clocks, judges nothing."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import psutil

from tests.support.processes import TestedProcess

SCHEDULED_TIME = 2
"""CPUCLOCK_SCHED: the process's CPU clock counts nanoseconds of all its threads, psutil's only hundredths."""


@dataclass(frozen=True, slots=True)
class CpuReading:
    at: float
    seconds: Mapping[str, float]

    def since(self, earlier: "CpuReading") -> "CpuUse":
        used = {name: seconds - earlier.seconds[name] for name, seconds in self.seconds.items()}
        return CpuUse(self.at - earlier.at, used)


@dataclass(frozen=True, slots=True)
class CpuUse:
    """What each process used in a stretch of `wall_seconds`."""

    wall_seconds: float
    seconds: Mapping[str, float]

    def beyond(self, idle: "CpuUse") -> dict[str, float]:
        """Seconds used on top of what the same processes use when nobody calls."""
        share = self.wall_seconds / idle.wall_seconds
        return {name: seconds - idle.seconds[name] * share for name, seconds in self.seconds.items()}


def read_cpu(processes: Mapping[str, TestedProcess]) -> CpuReading:
    """All of them at once; a process that ended in the middle would make a call look cheap."""
    gone = [name for name, process in processes.items() if not process.is_running]
    assert not gone, f"not running any more: {', '.join(gone)}"
    used = {name: _tree_seconds(process.pid) for name, process in processes.items()}
    return CpuReading(time.monotonic(), used)


def total(uses: list[CpuUse]) -> CpuUse:
    """Several stretches as one."""
    names = uses[0].seconds
    return CpuUse(
        sum(use.wall_seconds for use in uses), {name: sum(use.seconds[name] for use in uses) for name in names}
    )


def _tree_seconds(pid: int) -> float:
    family = [pid, *(child.pid for child in psutil.Process(pid).children(recursive=True))]
    return sum(_seconds(member) for member in family)


def _seconds(pid: int) -> float:
    """The kernel's clock of one process, see clock_getcpuclockid(3)."""
    try:
        return time.clock_gettime((~pid << 3) | SCHEDULED_TIME)
    except OSError:  # a child that has just ended
        return 0.0
