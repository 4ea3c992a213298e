"""What the figures were taken on, and whether others worked there too. A figure without it means little."""

import os
import platform
import subprocess
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path

import psutil

NOISY_CORES = 0.3
"""More than this much of a core used by strangers, or by the host for other guests, marks a figure as noisy."""


@dataclass(frozen=True, slots=True)
class Noise:
    """Who else used the processors during the measurement."""

    loadavg_before: tuple[float, float, float]
    busy_cores: float
    steal_cores: float
    foreign_cores: float
    """Used by processes that belong neither to the line nor to the benchmark."""

    @property
    def is_noisy(self) -> bool:
        return self.foreign_cores + self.steal_cores > NOISY_CORES

    def figures(self) -> dict[str, object]:
        rounded = {name: value if isinstance(value, tuple) else round(value, 2) for name, value in asdict(self).items()}
        return rounded | {"noisy": self.is_noisy}


class NoiseWatch:
    """From its making to `result`: what all processors did, minus what our own processes did."""

    def __init__(self) -> None:
        self._load = os.getloadavg()
        self._began = time.monotonic()
        self._processors = psutil.cpu_times()
        self._ours = _cpu_of_our_session()

    def result(self) -> Noise:
        seconds = time.monotonic() - self._began
        before, after = self._processors, psutil.cpu_times()
        idle = after.idle - before.idle + after.iowait - before.iowait
        steal = (after.steal - before.steal) / seconds
        busy = max(0.0, cores() - idle / seconds - steal)
        grown = {pid: used - self._ours.get(pid, 0.0) for pid, used in _cpu_of_our_session().items()}
        return Noise(self._load, busy, steal, max(0.0, busy - sum(grown.values()) / seconds))


def favour(pids: Iterable[int]) -> None:
    """Give these processes' sessions our own niceness. The kernel shares by session first (autogroup): each part of the
    line has one of its own, and `nice make bench` would put it before nobody."""
    for pid in pids:
        with suppress(OSError):  # a kernel without sessions' shares, or not allowed: `noise` tells what it cost
            Path(f"/proc/{pid}/autogroup").write_text(str(os.getpriority(os.PRIO_PROCESS, 0)))


def cores() -> int:
    return os.cpu_count() or 1


def describe_machine(asterisk_root: Path) -> dict[str, object]:
    return {
        "cores": cores(),
        "processor": _processor(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "kernel": platform.release(),
        "python": platform.python_version(),
        "asterisk": _said(["chroot", str(asterisk_root), "asterisk", "-V"]).removeprefix("Asterisk "),
        "packages": {name: version(name) for name in ("fastapi", "uvicorn", "aiomqtt", "panoramisk", "sqlalchemy")},
        "commit": _said(["git", "rev-parse", "--short", "HEAD"]),
    }


def _cpu_of_our_session() -> Mapping[int, float]:
    """Everything in our network of its own is ours: the line, the outside world, sipp, the browser and the test."""
    ours = os.stat("/proc/self/ns/net").st_ino
    used = {}
    for process in psutil.process_iter():
        try:
            if os.stat(f"/proc/{process.pid}/ns/net").st_ino == ours:
                times = process.cpu_times()
                used[process.pid] = times.user + times.system + times.children_user + times.children_system
        except (psutil.Error, OSError):
            continue
    return used


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _said(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else "unknown"
