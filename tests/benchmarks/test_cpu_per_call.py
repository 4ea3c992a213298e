"""CPU of one call through the hotline, all our processes counted, against the same call in a static dialplan."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from hotline import listening
from hotline.outside.world import OutsideWorld
from tests.benchmarks.instruments.cpu import CpuUse, read_cpu, total
from tests.benchmarks.instruments.customers import Behaviour, Customers
from tests.benchmarks.instruments.machine import NoiseWatch, describe_machine
from tests.benchmarks.instruments.rehearsal import rehearse
from tests.benchmarks.instruments.results import at_most, record
from tests.benchmarks.instruments.scene import AGENTS, NUMBERS, PASSWORD, SUBSCRIBER, Scene, agents_do, at_work
from tests.benchmarks.instruments.voice_packets import KeyPress, keys_at
from tests.support.hearing import sound
from tests.support.stack import Line

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1200)]

MOST = 1.4
ROUNDS = 3
WARM_UP_CALLS = 5
IDLE_SECONDS = 20
SETTLE_SECONDS = 2
"""After the last hang-up: events are still on their way to the database."""
MENU_AT = 8.0
"""Seconds after the answer: greeting and notice are over, the main menu speaks."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of call; `complete` are the prompts that must be heard to the end on both sides."""

    name: str
    title: str
    static_number: str
    behaviour: Behaviour
    complete: Sequence[str]
    calls: int
    rate: float


@dataclass(frozen=True, slots=True)
class Side:
    """All blocks of one side: what each process used beyond its idle use, in all."""

    calls: int
    gross: CpuUse
    net: Mapping[str, float]

    def per_call(self, names: Sequence[str]) -> dict[str, float]:
        figures = {name: round(1000 * self.net[name] / self.calls, 3) for name in names}
        return {"all": round(sum(figures.values()), 3), **figures}

    def gross_per_call(self, names: Sequence[str]) -> float:
        return round(1000 * sum(self.gross.seconds[name] for name in names) / self.calls, 3)


def bill_call(scene: Scene) -> Kind:
    keys = [*keys_at(MENU_AT, "1121", every=1.5), *keys_at(MENU_AT + 6.0, f"{PASSWORD}#")]
    spoken = ("auth/passed", *scene.read_back)
    seconds = keys[-1].at + 2.0 + sum(length(prompt) for prompt in spoken)
    behaviour = Behaviour(SUBSCRIBER, seconds, keys)
    sentences = (prompt for prompt in spoken if prompt.startswith(("auth/", "bill/")))  # clips of numbers are too short
    complete = ("welcome", "notice_recording", *sentences)
    return Kind("bill", "bill read back", NUMBERS["static_bill"], behaviour, complete, calls=40, rate=2)


def agent_call(scene: Scene) -> Kind:
    behaviour = Behaviour(SUBSCRIBER, MENU_AT + 13.0, [KeyPress(MENU_AT, "0")])
    complete = ("welcome", "notice_recording", "to_agent")
    return Kind("agent", "talk with an agent", NUMBERS["static_agent"], behaviour, complete, calls=24, rate=0.8)


def length(prompt: str) -> float:
    return len(listening.read(sound(prompt))) / listening.RATE


@pytest.mark.parametrize("kind_of", [bill_call, agent_call])
async def test_cpu_per_call(
    kind_of: Callable[[Scene], Kind], scene: Scene, outside: OutsideWorld, tmp_path: Path
) -> None:
    line, kind = scene.line, kind_of(scene)
    await agents_do(outside, AGENTS, "talk")
    async with at_work(line, AGENTS):
        rehearsals = {
            side: await rehearse(line, outside, number, kind.behaviour, kind.complete)
            for side, number in (("hotline", NUMBERS["hotline"]), ("static", kind.static_number))
        }
        assert rehearsals["hotline"].heard == rehearsals["static"].heard == list(kind.complete)
        noise = NoiseWatch()
        sides, idle = await measure(
            line, kind, Customers(tmp_path, kind.behaviour, line.installation.settings.sip_port)
        )
        everything = list(line.processes)
        hotline, static = sides["hotline"].per_call(everything), sides["static"].per_call(["asterisk"])
        ratio = hotline["all"] / static["all"]
        gross = sides["hotline"].gross_per_call(everything) / sides["static"].gross_per_call(["asterisk"])
    record(
        f"cpu_per_call_{kind.name}",
        f"CPU per call: {kind.title}",
        describe_machine(line.installation.settings.asterisk_root),
        noise.result(),
        {
            "calls_per_side": sides["hotline"].calls,
            "calls_per_second": kind.rate,
            "seconds_per_call": round(kind.behaviour.seconds, 1),
            "hotline_ms_per_call": hotline,
            "static_ms_per_call": static,
            "ratio": round(ratio, 3),
            "ratio_with_idle_use": round(gross, 3),
            "idle_ms_per_second": {n: round(1000 * s / idle.wall_seconds, 2) for n, s in idle.seconds.items()},
            "hotline_per_call": rehearsals["hotline"].figures(),
            "static_per_call": rehearsals["static"].figures(),
        },
        [at_most("hotline / static dialplan", MOST, ratio)],
    )


async def measure(line: Line, kind: Kind, customers: Customers) -> tuple[dict[str, Side], CpuUse]:
    """Both sides in turns, so that what disturbs the machine disturbs both; idle before and after."""
    numbers = {"hotline": NUMBERS["hotline"], "static": kind.static_number}
    for number in numbers.values():
        await block(line, customers, number, WARM_UP_CALLS, kind.rate)
    idle = [await quiet(line)]
    uses: dict[str, list[CpuUse]] = {side: [] for side in numbers}
    for _ in range(ROUNDS):
        for side, number in numbers.items():
            uses[side].append(await block(line, customers, number, kind.calls, kind.rate))
    idle.append(await quiet(line))
    at_rest = total(idle)
    sides = {
        side: Side(ROUNDS * kind.calls, total(blocks), total(blocks).beyond(at_rest)) for side, blocks in uses.items()
    }
    return sides, at_rest


async def block(line: Line, customers: Customers, number: str, calls: int, rate: float) -> CpuUse:
    before = read_cpu(line.processes)
    outcome = await customers.call(number, calls, rate)
    await asyncio.sleep(SETTLE_SECONDS)
    assert outcome.failed == 0, f"{outcome.failed} of {calls} calls to {number} failed"
    return read_cpu(line.processes).since(before)


async def quiet(line: Line) -> CpuUse:
    before = read_cpu(line.processes)
    await asyncio.sleep(IDLE_SECONDS)
    return read_cpu(line.processes).since(before)
