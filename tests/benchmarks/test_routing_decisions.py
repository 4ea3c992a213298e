"""Time of a routing decision with 5,000 agents and 5,000 callers waiting, against a plain scan of the same floor.

The pure engine on one processor: a caller comes whom one of 2,500 ready agents of 310 centres can serve, is settled,
matched and explained; in turn an agent becomes ready while 5,000 wait.
"""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from acd.core.agents.agent import Agent
from acd.core.routing import ALL_CENTERS, Entry, skill_level
from tests.benchmarks.instruments.machine import NoiseWatch, describe_machine
from tests.benchmarks.instruments.results import at_least, at_most, percentiles, record
from tests.support.crowd import QUEUES, CrowdedFloor

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(600)]

AGENTS = CALLERS = 5000
DECISIONS = 2000
SCANS = 3
P99_MS = 1.0


def plain_scan(floor: CrowdedFloor) -> tuple[Entry, Agent] | None:
    """What a loop over all waiting callers, the most urgent first, and all ready agents comes to."""
    rules = floor.engine.rules
    for entry in sorted(
        floor.waiting.values(), key=lambda entry: (entry.rank(rules.queue(entry.queue)), entry.entry_id)
    ):
        rule = rules.queue(entry.queue)
        wanted, waited = rule.skills[0], entry.waited(floor.now)
        level = min([wanted.level, *(each.level for each in wanted.relax if each.after_seconds <= waited)])
        reach = max(circle.reach for circle in rule.circles if circle.after_seconds <= waited)
        root = rules.root(entry.center, reach)
        able = [
            agent
            for agent in floor.ready.values()
            if entry.queue in agent.queues
            and skill_level(agent, wanted.skill) >= level
            and (root == ALL_CENTERS or root in rules.chain(agent.center_id))  # type: ignore[arg-type]
        ]
        if able:
            return entry, max(able, key=lambda agent: agent.skills[wanted.skill] + agent.skills["tongue"])
    return None


def measure(floor: CrowdedFloor) -> tuple[list[float], list[float]]:
    """Milliseconds of decisions when a caller came, and when an agent became ready."""
    came, freed = [], []
    for number in range(DECISIONS):
        floor.tick()
        began = time.perf_counter()
        floor.come(QUEUES[5 + number % 5], waited=40)
        decision = floor.decide()
        came.append(1000 * (time.perf_counter() - began))
        assert decision is not None
        agent = replace(decision.choice.agent, since=floor.now, idle_since=floor.now)
        began = time.perf_counter()
        floor.seat(agent, free=True)
        assert floor.decide() is None
        freed.append(1000 * (time.perf_counter() - began))
    return came, freed


def scans(floor: CrowdedFloor) -> list[float]:
    taken = []
    for number in range(SCANS):
        floor.tick()
        floor.come(QUEUES[5 + number % 5], waited=40)
        began = time.perf_counter()
        found = plain_scan(floor)
        taken.append(1000 * (time.perf_counter() - began))
        decision = floor.decide()
        assert found is not None
        assert decision is not None
        assert found[0].entry_id == decision.call_id
    return taken


def test_routing_decisions() -> None:
    floor = CrowdedFloor(AGENTS, CALLERS)
    noise = NoiseWatch()
    came, freed = measure(floor)
    scanned = scans(floor)
    shapes = {"caller_comes": percentiles(came), "agent_ready": percentiles(freed), "plain_scan": percentiles(scanned)}
    ratio = shapes["plain_scan"]["p50"] / max(shapes["caller_comes"]["p50"], 0.001)
    worst = max(shapes["caller_comes"]["p99"], shapes["agent_ready"]["p99"])
    record(
        "routing_decisions",
        "Routing decision, 5,000 agents and 5,000 callers",
        describe_machine(Path("/nowhere")),
        noise.result(),
        {**{f"{name}_ms": shape for name, shape in shapes.items()}, "scan_to_decision": round(ratio, 1)},
        [at_most("p99", P99_MS, worst, " ms"), at_least("plain scan / engine at the median", 20, ratio)],
    )
