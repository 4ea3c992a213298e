"""Whom of several agents an entry gets: strategies among the equally able, own agents first, a table exchanged."""

from dataclasses import replace
from datetime import timedelta

import pytest

from acd.contracts.ids import AgentId, CallId, QueueName
from acd.contracts.routing import SkillNeed, Strategy
from acd.contracts.vocabulary import AgentState
from acd.core.routing import Engine, Entry
from tests.support.engine import Calm, chosen, later, queue, ready, table, told_engine, waiting
from tests.support.floor import MONDAY_TEN as NOW

pytestmark = pytest.mark.unit


# ---- strategies --------------------------------------


def worked(engine: Engine, number: int, *, busy_seconds: float, chosen_at: float, idle: float) -> None:
    """An agent who signed in an hour ago, had one call, and is ready since `idle` seconds."""
    agent = ready(number, ("general",), idle=3600)
    engine.know(agent, free=True)
    at = NOW - timedelta(seconds=chosen_at)
    engine.know(replace(agent, state=AgentState.RESERVED, since=at, call_id=CallId("x")), free=False)
    over = at + timedelta(seconds=busy_seconds)
    back = NOW - timedelta(seconds=idle)
    engine.know(replace(agent, state=AgentState.PAUSED, since=over), free=False)
    engine.know(replace(agent, state=AgentState.READY, since=back, idle_since=back), free=True)


@pytest.mark.parametrize(
    ("strategy", "agent"),
    [(Strategy.LONGEST_IDLE, "8001"), (Strategy.LEAST_OCCUPIED, "8002"), (Strategy.ROUND_ROBIN, "8003")],
)
def test_among_the_equally_able(strategy: Strategy, agent: str) -> None:
    engine = told_engine(table(queue(strategy=strategy)), [waiting(1, "general")], [])
    worked(engine, 1, busy_seconds=500, chosen_at=1000, idle=300)
    worked(engine, 2, busy_seconds=50, chosen_at=900, idle=100)
    worked(engine, 3, busy_seconds=600, chosen_at=1200, idle=100)
    decision = engine.choose(NOW)
    assert decision is not None
    assert decision.agent_id == agent
    assert strategy in [reason.code for reason in decision.why]


# ---- own agents --------------------------------------


def own_agents(entry: Entry) -> Engine:
    """8001 is talking, 8002 is free, and the entry comes in."""
    rule = queue(last_agent_seconds=20)
    engine = told_engine(table(rule), [], [ready(2, ("general",), idle=9)])
    engine.know(replace(ready(1, ("general",)), state=AgentState.TALKING), free=False)
    engine.enter(entry)
    engine.settle(Calm(), NOW)
    return engine


KNOWN = waiting(1, "general", last_agent=AgentId("8001"))


@pytest.mark.parametrize(
    ("entry", "code"), [(KNOWN, "last_agent"), (waiting(1, "general", manager=AgentId("8001")), "manager")]
)
def test_the_own_agent_comes_first_for_a_while(entry: Entry, code: str) -> None:
    engine = own_agents(entry)
    assert chosen(engine) is None
    engine.know(ready(1, ("general",)), free=True)
    decision = engine.choose(NOW)
    assert decision is not None
    assert (decision.agent_id, decision.why[-1].code) == ("8001", code)


def test_after_the_while_anybody_will_do() -> None:
    engine = own_agents(KNOWN)
    later(engine, waiting(1, "general"), 20)
    assert chosen(engine) == ("c1", "8002")


def test_nobody_waits_for_an_agent_who_has_gone() -> None:
    engine = own_agents(KNOWN)
    engine.know(replace(ready(1, ("general",)), state=AgentState.PAUSED), free=False)
    assert engine.unrest()
    engine.settle(Calm(), NOW)
    assert chosen(engine) == ("c1", "8002")


def test_nobody_waits_for_an_agent_of_other_queues() -> None:
    engine = told_engine(
        table(queue(last_agent_seconds=20), queue("other")),
        [waiting(1, "general", last_agent=AgentId("8001"))],
        [ready(1, ("other",)), ready(2, ("general",))],
    )
    assert chosen(engine) == ("c1", "8002")


def test_a_caller_sent_to_one_agent_waits_without_limit() -> None:
    entry = waiting(1, "general", pinned=AgentId("8001"), pinned_by="8101")
    engine = told_engine(table(queue(), queue("other")), [], [ready(2, ("general",))])
    engine.know(replace(ready(1, ("other",)), state=AgentState.PAUSED), free=False)
    engine.enter(entry)
    engine.settle(Calm(), NOW)
    later(engine, entry, 3000)
    assert chosen(engine, 3000) is None
    engine.know(ready(1, ("other",)), free=True)
    decision = engine.choose(NOW)
    assert decision is not None
    assert (decision.agent_id, decision.reason.endswith("sent to this agent by 8101")) == ("8001", True)


def test_who_was_meant_for_an_agent_who_signs_out_waits_for_all() -> None:
    entry = waiting(1, "general", pinned=AgentId("8001"))
    engine = told_engine(table(queue()), [entry], [ready(2, ("general",))])
    assert chosen(engine) == ("c1", "8002")  # 8001 was not even there


# ---- another table -----------------------------------


def test_another_table_keeps_everybodys_place() -> None:
    entries = [waiting(n, "general", waited=100 - n) for n in range(5)]
    engine = told_engine(table(queue(), queue("other")), entries, [ready(1, ("general",), skills={"new": 1})])
    engine.configure(table(queue("first"), queue(skills=(SkillNeed(skill="new"),))))
    engine.settle(Calm(), NOW)
    assert engine.room.order(QueueName("general")) == [f"c{n}" for n in range(5)]
    assert chosen(engine) == ("c0", "8001")
    engine.configure(table(queue("first")))
    engine.settle(Calm(), NOW)
    assert engine.room.order(QueueName("first")) == [f"c{n}" for n in range(5)]
