"""Who gets the next call: properties of the choice, whatever the floor looks like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acd.contracts.ids import AgentId, QueueName
from acd.core.agents.agent import Agent
from acd.core.routing import Decision, Engine, Entry, serves, skill_level
from tests.support.engine import ready, told_engine, waiting
from tests.support.floor import MONDAY_TEN, QUEUES, TABLE

pytestmark = pytest.mark.unit

NOW = MONDAY_TEN
NAMES = tuple(QUEUES)


def fit(agent: Agent, queue: QueueName) -> int:
    return sum(skill_level(agent, need.skill) for need in QUEUES[queue].skills)


def first_decision(entries: list[Entry], agents: list[Agent]) -> Decision:
    decision = told_engine(TABLE, entries, agents).choose(NOW)
    assert decision is not None
    return decision


entries_strategy = st.lists(
    st.builds(
        waiting,
        st.integers(0, 10_000),
        st.sampled_from(NAMES),
        points=st.integers(0, 5),
        waited=st.floats(0, 3600),
    ),
    max_size=20,
    unique_by=lambda entry: entry.entry_id,
)
agents_strategy = st.lists(
    st.builds(
        ready,
        st.integers(0, 99),
        st.lists(st.sampled_from(NAMES), unique=True, max_size=4).map(tuple),
        skills=st.dictionaries(st.sampled_from(NAMES), st.integers(0, 9), max_size=4),
        idle=st.floats(0, 3600),
    ),
    max_size=20,
    unique_by=lambda agent: agent.agent_id,
)


@given(entries_strategy, agents_strategy)
def test_the_choice_is_the_first_who_can_be_served_and_the_best_agent(
    entries: list[Entry], agents: list[Agent]
) -> None:
    decision = told_engine(TABLE, entries, agents).choose(NOW)
    servable = [entry for entry in entries if any(serves(agent, QUEUES[entry.queue]) for agent in agents)]
    if decision is None:
        assert not servable
        return
    entry = next(entry for entry in entries if entry.entry_id == decision.call_id)
    assert entry.rank(QUEUES[entry.queue]) == min(other.rank(QUEUES[other.queue]) for other in servable)
    chosen = next(agent for agent in agents if agent.agent_id == decision.agent_id)
    able = [agent for agent in agents if serves(agent, QUEUES[entry.queue])]
    assert chosen in able
    assert fit(chosen, entry.queue) == max(fit(agent, entry.queue) for agent in able)
    equals = [agent for agent in able if fit(agent, entry.queue) == fit(chosen, entry.queue)]
    assert chosen.idle_since == min(agent.idle_since or NOW for agent in equals)
    assert decision.reason
    assert decision.why


@given(entries_strategy, agents_strategy)
def test_matching_until_nothing_is_left_serves_each_once(entries: list[Entry], agents: list[Agent]) -> None:
    engine = told_engine(TABLE, entries, agents, NOW)
    served, busy = [], []
    while (decision := engine.choose(NOW)) is not None:
        engine.leave(decision.call_id)
        engine.bench.remove(decision.agent_id)
        served.append(decision.call_id)
        busy.append(decision.agent_id)
    assert len(set(served)) == len(served)
    assert len(set(busy)) == len(busy)
    left = [entry for entry in entries if entry.entry_id not in served]
    free = [agent for agent in agents if agent.agent_id not in busy]
    assert not [(e, a) for e in left for a in free if serves(a, QUEUES[e.queue])]


@given(entries_strategy)
def test_room_is_in_order_of_service_and_forgets_who_leaves(entries: list[Entry]) -> None:
    engine = told_engine(TABLE, entries, [], NOW)
    room = engine.room
    for name in NAMES:
        mine = sorted((entry.rank(QUEUES[name]), entry.entry_id) for entry in entries if entry.queue == name)
        assert room.order(name) == [entry_id for _, entry_id in mine]
        assert [room.ahead_of(entry_id) for _, entry_id in mine] == list(range(len(mine)))
    for entry in entries:
        engine.leave(entry.entry_id)
        engine.leave(entry.entry_id)
        assert entry.entry_id not in room
    assert not any(room.length(name) for name in NAMES)


def test_vip_comes_first_but_nobody_starves() -> None:
    agent = ready(1, ("general", "vip"))
    fresh_vip = waiting(1, "vip", points=30)
    decision = first_decision([fresh_vip, waiting(2, "general", waited=299)], [agent])
    assert decision.queue == "vip"
    decision = first_decision([fresh_vip, waiting(2, "general", waited=301)], [agent])
    assert decision.queue == "general"


def test_the_higher_level_outweighs_the_longer_idle_time() -> None:
    expert = ready(1, ("bill",), skills={"bill": 9}, idle=1)
    beginner = ready(2, ("bill",), skills={"bill": 1}, idle=600)
    decision = first_decision([waiting(1, "bill")], [beginner, expert])
    assert decision.agent_id == expert.agent_id
    assert "bill level 9" in decision.reason


@pytest.mark.parametrize(
    ("queues", "skills", "expected"),
    [
        (("bill",), {"bill": 4}, True),
        (("bill",), {}, True),  # signed in without skills: what the supervisor assigned counts
        (("bill",), {"vip": 9}, False),  # assigned, but not trained
        (("vip",), {"bill": 9}, False),  # trained, but not assigned
        ((), {"bill": 9}, False),
    ],
)
def test_whom_a_queue_counts_among_its_own(queues: tuple[str, ...], skills: dict[str, int], expected: bool) -> None:
    assert serves(ready(1, queues, skills=skills), QUEUES[NAMES[1]]) is expected


def test_a_seat_taken_twice_is_one_seat() -> None:
    engine = Engine(TABLE)
    engine.know(ready(1, ("general",), idle=10), free=True)
    engine.know(ready(1, ("general", "bill"), idle=5), free=True)
    assert (engine.bench.count(NAMES[0]), engine.bench.count(NAMES[1])) == (1, 1)
    engine.bench.remove(AgentId("8001"))
    assert engine.bench.count(NAMES[0]) == 0
    assert engine.choose(NOW) is None
