"""Who gets the next call: properties of the choice, whatever the floor looks like."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acd.contracts.ids import AgentId, CallId, QueueName
from acd.contracts.vocabulary import AgentState, Direction
from acd.core.agent import Agent
from acd.core.call import Call
from acd.core.routing import Bench, WaitingRoom, choose, level, rank
from tests.support.floor import MONDAY_TEN, NODE, QUEUES, caller_channel

pytestmark = pytest.mark.unit

NOW = MONDAY_TEN
NAMES = tuple(QUEUES)


def waiting(number: int, queue: str, *, priority: int = 0, waited: float = 0) -> Call:
    call_id = CallId(f"c{number}")
    joined = NOW - timedelta(seconds=waited)
    return Call(
        call_id,
        NODE,
        caller_channel(call_id),
        Direction.INBOUND,
        joined,
        queue=QueueName(queue),
        priority=priority,
        queued_at=joined,
    )


def ready(number: int, queues: tuple[str, ...], *, skills: dict[str, int] | None = None, idle: float = 0) -> Agent:
    since = NOW - timedelta(seconds=idle)
    named = tuple(QueueName(queue) for queue in queues)
    return Agent(
        AgentId(f"80{number:02}"), since, queues=named, skills=skills or {}, state=AgentState.READY, idle_since=since
    )


def floor(callers: list[Call], agents: list[Agent]) -> tuple[WaitingRoom, Bench]:
    room, bench = WaitingRoom(), Bench(QUEUES)
    for call in callers:
        room.add(call, QUEUES[call.queue])
    for agent in agents:
        bench.add(agent)
    return room, bench


callers_strategy = st.lists(
    st.builds(
        waiting,
        st.integers(0, 10_000),
        st.sampled_from(NAMES),
        priority=st.integers(0, 5),
        waited=st.floats(0, 3600),
    ),
    max_size=20,
    unique_by=lambda call: call.call_id,
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


@given(callers_strategy, agents_strategy)
def test_the_choice_is_the_first_caller_who_can_be_served_and_the_best_agent(
    callers: list[Call], agents: list[Agent]
) -> None:
    decision = choose(*floor(callers, agents), QUEUES, NOW)
    servable = [c for c in callers if any(level(a, QUEUES[c.queue]) > 0 for a in agents)]
    if decision is None:
        assert not servable
        return
    by_id = {call.call_id: call for call in callers}
    call = by_id[decision.call_id]
    queue = QUEUES[call.queue]
    first = min(rank(other, QUEUES[other.queue]) for other in servable)
    assert rank(call, queue) == first
    chosen = next(agent for agent in agents if agent.agent_id == decision.agent_id)
    able = [agent for agent in agents if level(agent, queue) > 0]
    assert level(chosen, queue) == max(level(agent, queue) for agent in able)
    equals = [agent for agent in able if level(agent, queue) == level(chosen, queue)]
    assert chosen.idle_since == min(agent.idle_since or NOW for agent in equals)
    assert decision.reason


@given(callers_strategy, agents_strategy)
def test_matching_until_nothing_is_left_serves_each_once(callers: list[Call], agents: list[Agent]) -> None:
    room, bench = floor(callers, agents)
    served, busy = [], []
    while (decision := choose(room, bench, QUEUES, NOW)) is not None:
        room.remove(decision.call_id)
        bench.remove(decision.agent_id)
        served.append(decision.call_id)
        busy.append(decision.agent_id)
    assert len(set(served)) == len(served)
    assert len(set(busy)) == len(busy)
    left = [call for call in callers if call.call_id not in served]
    free = [agent for agent in agents if agent.agent_id not in busy]
    assert not [(c, a) for c in left for a in free if level(a, QUEUES[c.queue]) > 0]


@given(callers_strategy)
def test_room_is_in_order_of_service_and_forgets_who_leaves(callers: list[Call]) -> None:
    room, _ = floor(callers, [])
    for name in NAMES:
        mine = sorted((rank(call, QUEUES[call.queue]), call.call_id) for call in callers if call.queue == name)
        assert room.order(name) == [call_id for _, call_id in mine]
        assert [room.ahead_of(call_id) for _, call_id in mine] == list(range(len(mine)))
    for call in callers:
        room.remove(call.call_id)
        room.remove(call.call_id)
        assert call.call_id not in room
    assert not any(room.length(name) for name in NAMES)


@given(st.floats(0, 7200), st.floats(0, 7200), st.integers(0, 9))
def test_of_one_queue_and_priority_who_came_first_is_served_first(one: float, other: float, priority: int) -> None:
    callers = [
        waiting(1, "general", priority=priority, waited=one),
        waiting(2, "general", priority=priority, waited=other),
    ]
    decision = choose(*floor(callers, [ready(1, ("general",))]), QUEUES, NOW)
    assert decision is not None
    first = min(callers, key=lambda call: (call.queued_at, call.call_id))
    assert decision.call_id == first.call_id


def test_vip_comes_first_but_nobody_starves() -> None:
    agent = ready(1, ("general", "vip"))
    fresh_vip, patient = waiting(1, "vip"), waiting(2, "general", waited=299)
    decision = choose(*floor([fresh_vip, patient], [agent]), QUEUES, NOW)
    assert decision is not None
    assert decision.queue == "vip"
    decision = choose(*floor([fresh_vip, waiting(2, "general", waited=301)], [agent]), QUEUES, NOW)
    assert decision is not None
    assert decision.queue == "general"


def test_the_higher_level_outweighs_the_longer_idle_time() -> None:
    expert = ready(1, ("bill",), skills={"bill": 9}, idle=1)
    beginner = ready(2, ("bill",), skills={"bill": 1}, idle=600)
    decision = choose(*floor([waiting(1, "bill")], [beginner, expert]), QUEUES, NOW)
    assert decision is not None
    assert decision.agent_id == expert.agent_id
    assert "bill level 9" in decision.reason


@pytest.mark.parametrize(
    ("queues", "skills", "expected"),
    [
        (("bill",), {"bill": 4}, 4),
        (("bill",), {}, 1),  # signed in without skills: what the supervisor assigned counts
        (("bill",), {"vip": 9}, 0),  # assigned, but not trained
        (("vip",), {"bill": 9}, 0),  # trained, but not assigned
        ((), {"bill": 9}, 0),
    ],
)
def test_level(queues: tuple[str, ...], skills: dict[str, int], expected: int) -> None:
    assert level(ready(1, queues, skills=skills), QUEUES[QueueName("bill")]) == expected


def test_a_seat_taken_twice_is_one_seat() -> None:
    bench = Bench(QUEUES)
    bench.add(ready(1, ("general",), idle=10))
    bench.add(ready(1, ("general", "bill"), idle=5))
    assert (bench.count(QueueName("general")), bench.count(QueueName("bill"))) == (1, 1)
    bench.remove(AgentId("8001"))
    assert bench.first(QueueName("general")) is None
