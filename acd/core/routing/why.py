"""Why this agent for this caller: codes with values for the call's page, and the same in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from acd.contracts.routing import QueueRule, Reason, Strategy
from acd.core.agents.agent import Agent
from acd.core.routing.entry import Entry
from acd.core.routing.needs import Ask, needs_after, skill_level
from acd.core.routing.rules import ALL_CENTERS
from acd.core.routing.workload import Workload

LONGEST_TEXT = 400

WORDS = {
    "first_in_queue": "first in {queue} (waited {waited} s, {points} points, weighted wait {weighted} s)",
    "redirected": "sent to this agent by {by}",
    "manager": "the customer's own manager",
    "last_agent": "agent of the last contact",
    "overflow": "overflow to {to}",
    "center": "agents of {center}",
    "all_centers": "agents of all centres",
    "skill": "{skill} level {level}",
    "relaxed": "{skill} relaxed from level {from} to {to}",
    Strategy.LONGEST_IDLE: "idle longest of its level ({seconds} s)",
    Strategy.LEAST_OCCUPIED: "least occupied of its level ({percent} %)",
    Strategy.ROUND_ROBIN: "next in turn of its level",
    "ready": "{count} ready",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """Everything an explanation needs."""

    entry: Entry
    rule: QueueRule
    ask: Ask | None
    """None: meant for this very agent."""
    agent: Agent
    workload: Workload
    ready: int
    now: datetime


def explain(choice: Choice) -> tuple[Reason, ...]:
    return tuple(_reasons(choice))


def in_words(why: tuple[Reason, ...]) -> str:
    return "; ".join(WORDS[reason.code].format(**reason.values) for reason in why)[:LONGEST_TEXT]


def _reasons(choice: Choice) -> Iterator[Reason]:
    entry, rule = choice.entry, choice.rule
    waited = entry.waited(choice.now)
    weighted = choice.now.timestamp() - entry.rank(rule)
    place = {"queue": rule.name, "waited": f"{waited:.1f}", "points": str(entry.points), "weighted": f"{weighted:.1f}"}
    yield Reason(code="first_in_queue", values=place)
    if choice.ask is None:
        yield _personal(entry, choice.agent)
        return
    if choice.ask.queue != rule.name:
        yield Reason(code="overflow", values={"to": choice.ask.queue})
    if entry.center and choice.ask.root == ALL_CENTERS and len(rule.circles) > 1:
        yield Reason(code="all_centers")
    elif choice.ask.root != ALL_CENTERS:
        yield Reason(code="center", values={"center": choice.ask.root})
    yield from _skills(choice, choice.ask, waited)
    yield _strategy(choice, choice.ask.strategy)
    yield Reason(code="ready", values={"count": str(choice.ready)})


def _personal(entry: Entry, agent: Agent) -> Reason:
    if entry.pinned is not None:
        return Reason(code="redirected", values={"by": entry.pinned_by})
    return Reason(code="manager" if entry.manager == agent.agent_id else "last_agent")


def _skills(choice: Choice, ask: Ask, waited: float) -> Iterator[Reason]:
    for skill in ask.wishes:
        yield Reason(code="skill", values={"skill": skill, "level": str(skill_level(choice.agent, skill))})
    if ask.queue == choice.rule.name:
        now_needed = dict(ask.needs)
        for skill, level in needs_after(choice.rule, -1):
            if (will_do := now_needed.get(skill, 0)) != level:
                yield Reason(code="relaxed", values={"skill": skill, "from": str(level), "to": str(will_do)})


def _strategy(choice: Choice, strategy: Strategy) -> Reason:
    match strategy:
        case Strategy.LONGEST_IDLE:
            idle = choice.now - (choice.agent.idle_since or choice.agent.since)
            return Reason(code=strategy, values={"seconds": f"{max(0.0, idle.total_seconds()):.1f}"})
        case Strategy.LEAST_OCCUPIED:
            return Reason(code=strategy, values={"percent": f"{100 * choice.workload.occupancy(choice.now):.0f}"})
        case Strategy.ROUND_ROBIN:
            return Reason(code=strategy)
