"""Customers played by sipp: many equal calls with sound and keys. Far cheaper than a second Asterisk."""

import asyncio
import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Template

from tests.benchmarks.instruments.voice_packets import KeyPress, write_capture

SCENARIO = Path(__file__).parents[1] / "world" / "caller.xml"
SIP_PORT, MEDIA_PORT = 5070, 6000
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


class Customers:
    """A prepared scenario; `call` may be used many times."""

    def __init__(self, folder: Path, behaviour: Behaviour, hotline_port: int) -> None:
        self._folder, self._seconds, self._port = folder, behaviour.seconds, hotline_port
        folder.mkdir(parents=True, exist_ok=True)
        capture = folder / "caller.pcap"
        write_capture(capture, behaviour.seconds, behaviour.presses)
        self._scenario = folder / "caller.xml"
        self._scenario.write_text(
            Template(SCENARIO.read_text()).render(
                caller=behaviour.caller, capture=capture, milliseconds=round(behaviour.seconds * 1000)
            )
        )

    async def call(self, number: str, calls: int, rate: float) -> Outcome:
        """`calls` calls to `number`, started at `rate` a second; returns when the last has ended."""
        statistics = self._folder / "statistics.csv"
        statistics.unlink(missing_ok=True)
        command = [
            *("sipp", f"127.0.0.1:{self._port}", "-s", number, "-sf", str(self._scenario)),
            *("-i", "127.0.0.1", "-p", str(SIP_PORT), "-mi", "127.0.0.1", "-mp", str(MEDIA_PORT)),
            *("-r", str(round(rate * 1000)), "-rp", "1000000", "-m", str(calls), "-l", str(calls)),
            *("-trace_stat", "-stf", str(statistics), "-fd", "1", "-nostdin"),
        ]
        process = await asyncio.create_subprocess_exec(
            *command, cwd=self._folder, stdout=asyncio.subprocess.DEVNULL, stderr=asyncio.subprocess.DEVNULL
        )
        try:
            async with asyncio.timeout(calls / rate + self._seconds + GRACE_SECONDS):
                await process.wait()
        finally:
            if process.returncode is None:
                process.kill()
                await process.wait()
        with statistics.open(newline="") as file:
            last = list(csv.DictReader(file, delimiter=";"))[-1]
        return Outcome(calls, int(last["FailedCall(C)"]), int(last["Retransmissions(C)"]))
