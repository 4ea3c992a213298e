"""Agent free to INVITE at the agent's telephone: the ACD against app_queue, in turns, with the same telephones."""

import asyncio
import time

import pytest

from hotline.outside.world import OutsideWorld
from tests.benchmarks.instruments.crowd import Crowd
from tests.benchmarks.instruments.gaps import Gap, gaps
from tests.benchmarks.instruments.laboratory import brief_announcements
from tests.benchmarks.instruments.machine import NoiseWatch, describe_machine
from tests.benchmarks.instruments.results import at_least, at_most, percentiles, record
from tests.benchmarks.instruments.scene import AGENTS, NUMBERS, TALK_MS, Scene, agents_do, at_work, unrecorded
from tests.benchmarks.instruments.sniffer import SipSniffer

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1200)]

ROUNDS = 3
SERVED_PER_ROUND = 400
WARM_UP_SERVED = 24
ROUND_SECONDS = 120
CALLS_PER_SECOND = 20
"""Twelve agents are busy all the time: random talk of half a second on average and a ring of 50 ms."""
WAITING_LEAST, WAITING_MOST = 20, 50
FASTER, P95_MS = 20, 30
"""The aims: so many times faster at the median, and at most so late for nineteen of twenty calls."""


async def serve(outside: OutsideWorld, number: str, phones_port: int, calls: int) -> tuple[list[Gap], float]:
    """Let the crowd at the agents until so many were served; the gaps, and calls a second."""
    async with Crowd(outside, number, AGENTS, rate=CALLS_PER_SECOND, least=WAITING_LEAST, most=WAITING_MOST) as crowd:
        sniffer = SipSniffer(phones_port)
        started = time.monotonic()
        try:
            async with asyncio.timeout(ROUND_SECONDS):
                while crowd.served < calls:
                    crowd.check()
                    await asyncio.sleep(0.1)
        finally:
            sniffer.close()
        rate = crowd.served / (time.monotonic() - started)
    return list(gaps(sniffer.messages, phones_port)), rate


async def by_the_acd(scene: Scene, outside: OutsideWorld, calls: int) -> tuple[list[Gap], float]:
    async with at_work(scene.line, AGENTS):
        return await serve(outside, NUMBERS["acd_room"], scene.line.installation.settings.outside_sip_port, calls)


async def by_app_queue(scene: Scene, outside: OutsideWorld, calls: int) -> tuple[list[Gap], float]:
    return await serve(outside, NUMBERS["app_queue_room"], scene.line.installation.settings.outside_sip_port, calls)


async def in_turns(
    scene: Scene, outside: OutsideWorld
) -> tuple[dict[str, list[Gap]], dict[str, list[float]], NoiseWatch]:
    """Gaps and calls a second of both ways, round by round, so that what disturbs the machine disturbs both."""
    ways = {"acd": by_the_acd, "app_queue": by_app_queue}
    for way in ways.values():
        await way(scene, outside, WARM_UP_SERVED)
    noise = NoiseWatch()
    found: dict[str, list[Gap]] = {name: [] for name in ways}
    rates: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, way in ways.items():
            round_gaps, rate = await way(scene, outside, SERVED_PER_ROUND)
            found[name] += round_gaps
            rates[name].append(round(rate, 2))
    return found, rates, noise


async def test_agent_free_to_invite(scene: Scene, outside: OutsideWorld) -> None:
    await agents_do(outside, AGENTS, "brief")
    with brief_announcements(scene.line, AGENTS):
        async with unrecorded(outside):
            found, rates, noise = await in_turns(scene, outside)
    waits = {name: [gap.milliseconds for gap in gaps_of] for name, gaps_of in found.items()}
    shapes = {name: percentiles(wait) for name, wait in waits.items()}
    for name, gaps_of in found.items():
        assert {gap.agent for gap in gaps_of} == set(AGENTS), f"{name}: an agent got no call"
        # Each round has no gap before an agent's first call, and may end before the gap after the last one.
        assert len(gaps_of) >= ROUNDS * (SERVED_PER_ROUND - 2 * len(AGENTS)), f"{name}: rings are missing"
    faster = shapes["app_queue"]["p50"] / shapes["acd"]["p50"]
    record(
        "delivery",
        "Agent free to INVITE",
        describe_machine(scene.line.installation.settings.asterisk_root),
        noise.result(),
        {
            "agents": len(AGENTS),
            "calls_per_second": rates,
            "talk_ms": TALK_MS,
            "acd_ms": shapes["acd"],
            "app_queue_ms": shapes["app_queue"],
            "faster_at_p50": round(faster, 1),
            "faster_at_p95": round(shapes["app_queue"]["p95"] / shapes["acd"]["p95"], 1),
            "raw_ms": {name: [round(wait, 2) for wait in wait_list] for name, wait_list in waits.items()},
        },
        [
            at_least("app_queue / ACD at the median", FASTER, faster),
            at_most("ACD p95", P95_MS, shapes["acd"]["p95"], " ms"),
        ],
    )
