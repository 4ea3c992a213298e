"""Whatever comes, in whatever order, under whatever table: what the engine must never get wrong."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from acd.contracts.ids import AgentId, CallId, CenterId, QueueName
from acd.contracts.routing import Circle, Overflow, QueueRule, Relax, RoutingTable, SkillNeed, Strategy, When
from acd.contracts.vocabulary import AgentState
from acd.core.agents.agent import Agent
from acd.core.routing import ALL_CENTERS, Decision, Engine, Entry, serves, skill_level
from acd.core.routing.choice import capped
from acd.core.routing.why import LONGEST_TEXT
from tests.support.floor import MONDAY_TEN

pytestmark = pytest.mark.unit

NAMES = tuple(QueueName(name) for name in ("a", "b", "c"))
SKILLS = ("s", "t")
CENTERS = (ALL_CENTERS, CenterId("cn"), CenterId("p"), CenterId("q"), CenterId("p1"))
PARENTS = {CenterId("p"): CenterId("cn"), CenterId("q"): CenterId("cn"), CenterId("p1"): CenterId("p")}
AGENTS = st.sampled_from([AgentId(f"800{number}") for number in range(5)])
CALLS = st.sampled_from([CallId(f"c{number}") for number in range(12)])

relaxes = st.lists(st.builds(Relax, after_seconds=st.integers(1, 60), level=st.integers(0, 5)), max_size=2).map(tuple)
needs = st.lists(
    st.builds(SkillNeed, skill=st.sampled_from(SKILLS), level=st.integers(1, 5), required=st.booleans(), relax=relaxes),
    max_size=2,
    unique_by=lambda need: need.skill,
).map(tuple)
circles = st.just((Circle(after_seconds=0, reach=2),)) | st.lists(
    st.builds(Circle, after_seconds=st.integers(0, 60), reach=st.integers(0, 2)), min_size=1, max_size=3
).map(tuple)
overflows = st.lists(
    st.builds(
        Overflow,
        to_queue=st.sampled_from(NAMES),
        after_seconds=st.integers(0, 60),
        when=st.sampled_from(When),
        threshold=st.integers(0, 3),
    ),
    max_size=2,
).map(tuple)


def rules_of(name: QueueName) -> st.SearchStrategy[QueueRule]:
    return st.builds(
        QueueRule,
        name=st.just(name),
        title=st.just("x"),
        skills=needs,
        strategy=st.sampled_from(Strategy),
        base_priority=st.sampled_from([0, 10, 30]),
        seconds_per_priority=st.sampled_from([1, 10]),
        last_agent_seconds=st.sampled_from([0, 20]),
        circles=circles,
        overflows=overflows,
        most_talking=st.none() | st.integers(1, 2),
        reserve=st.sampled_from([0, 0, 1, 2]),
        reserve_below_priority=st.sampled_from([5, 10]),
    )


tables = st.tuples(*(rules_of(name) for name in NAMES)).map(lambda rules: RoutingTable(queues=rules, parents=PARENTS))


class Floor(RuleBasedStateMachine):
    """The engine driven as the world drives it, with books kept beside it."""

    @initialize(table=tables)
    def open(self, table: RoutingTable) -> None:
        self.now = MONDAY_TEN
        self.engine = Engine(table)
        self.agents: dict[AgentId, Agent] = {}
        self.serving: dict[AgentId, Entry] = {}
        self.timers: dict[CallId, datetime] = {}
        self.offered, self.answered, self.abandoned = 0, 0, 0

    # ---- figures ------------------------------------------

    def signed_in(self, queue: QueueName) -> int:
        return sum(queue in agent.queues and agent.state is not AgentState.LOGGED_OUT for agent in self.agents.values())

    def ready(self, queue: QueueName) -> int:
        return self.engine.bench.count(queue)

    def waiting(self, queue: QueueName) -> int:
        return self.engine.room.length(queue)

    def expected_wait_seconds(self, queue: QueueName, ahead: int) -> float | None:
        signed_in = self.signed_in(queue)
        return (ahead + 1) / signed_in if signed_in else None

    # ---- what may happen ----------------------------------

    @rule(agent_id=AGENTS, data=st.data())
    def works(self, agent_id: AgentId, data: st.DataObject) -> None:
        """Signs in, out, pauses, or gets other queues and skills: whenever not in a call."""
        if agent_id in self.serving:
            return
        state = data.draw(
            st.sampled_from([AgentState.READY, AgentState.READY, AgentState.PAUSED, AgentState.LOGGED_OUT])
        )
        self._put(
            Agent(
                agent_id,
                self.now,
                center_id=data.draw(st.sampled_from(CENTERS)),
                queues=tuple(data.draw(st.lists(st.sampled_from(NAMES), unique=True))),
                skills=data.draw(st.dictionaries(st.sampled_from(SKILLS), st.integers(0, 9), max_size=2)),
                state=state,
                idle_since=self.now,
            )
        )

    def _put(self, agent: Agent) -> None:
        self.agents[agent.agent_id] = agent
        self.engine.know(agent, free=agent.state is AgentState.READY)
        for name in NAMES:
            self.engine.stir(name)
        self._match()

    @rule(call_id=CALLS, data=st.data())
    def comes(self, call_id: CallId, data: st.DataObject) -> None:
        if call_id in self.engine.room or any(entry.entry_id == call_id for entry in self.serving.values()):
            return
        self.offered += 1
        agent = st.none() | AGENTS
        queue, points = data.draw(st.sampled_from(NAMES)), data.draw(st.sampled_from([0, 0, 5, 10, 40]))
        entry = Entry(
            call_id,
            queue,
            self.now,
            points,
            data.draw(st.sampled_from(CENTERS)),
            manager=data.draw(agent),
            last_agent=data.draw(agent),
            pinned=data.draw(st.none() | st.none() | AGENTS),
        )
        self.engine.enter(entry)
        self.engine.stir(queue)
        self._match()

    @rule(call_id=CALLS)
    def gives_up(self, call_id: CallId) -> None:
        if call_id in self.engine.room:
            self.abandoned += 1
            self.engine.stir(self.engine.room.entry(call_id).queue)
            self.engine.leave(call_id)
            self.timers.pop(call_id, None)
            self._match()

    @rule(agent_id=AGENTS)
    def hangs_up(self, agent_id: AgentId) -> None:
        entry = self.serving.pop(agent_id, None)
        if entry is not None:
            self.engine.engage(entry.queue, -1)
            self._put(replace(self.agents[agent_id], state=AgentState.READY, since=self.now, idle_since=self.now))

    @rule(seconds=st.integers(1, 30))
    def time_passes(self, seconds: int) -> None:
        until = self.now + timedelta(seconds=seconds)
        while self.timers and min(self.timers.values()) <= until:
            self.now = min(self.timers.values())
            for call_id in [call_id for call_id, at in self.timers.items() if at == self.now]:
                del self.timers[call_id]
                self.engine.reconsider(call_id)
            self._match()
        self.now = until

    @rule(table=tables)
    def is_configured(self, table: RoutingTable) -> None:
        order = {name: self.engine.room.order(name) for name in NAMES}
        self.engine.configure(table)
        assert {name: sorted(self.engine.room.order(name)) for name in NAMES} == {
            name: sorted(ids) for name, ids in order.items()
        }
        self._match()

    # ---- as the world does --------------------------------

    def _match(self) -> None:
        while True:
            for settled in self.engine.settle(self, self.now):
                self.timers.pop(settled.entry.entry_id, None)
                if settled.next_at is not None:
                    assert settled.next_at > self.now
                    self.timers[settled.entry.entry_id] = settled.next_at
            decision = self.engine.choose(self.now)
            if decision is None:
                return
            self._serve(decision)

    def _serve(self, decision: Decision) -> None:
        entry, agent = self.engine.room.entry(decision.call_id), self.agents[decision.agent_id]
        self._check(decision, entry, agent)
        self.engine.leave(entry.entry_id)
        self.timers.pop(entry.entry_id, None)
        self.engine.engage(entry.queue, 1)
        self.engine.stir(entry.queue)
        self.serving[agent.agent_id] = entry
        self.answered += 1
        self.agents[agent.agent_id] = replace(agent, state=AgentState.RESERVED, since=self.now)
        self.engine.know(self.agents[agent.agent_id], free=False)

    def _check(self, decision: Decision, entry: Entry, agent: Agent) -> None:
        """At the moment of the decision: free, able, not kept for others, within the cap, in turn, and explained."""
        assert agent.state is AgentState.READY
        assert agent.agent_id not in self.serving
        own = self.engine.rules.queue(entry.queue)
        assert own.most_talking is None or self.engine.engaged[entry.queue] < own.most_talking
        assert decision.why[0].code == "first_in_queue"
        assert 0 < len(decision.reason) <= LONGEST_TEXT
        if entry.pinned is not None:
            assert agent.agent_id == entry.pinned
            return
        for kept in self.engine.rules.table.queues:
            if serves(agent, kept) and entry.points < kept.reserve_below_priority:
                assert self.engine.bench.count(kept.name) > kept.reserve
        assert any(self._able(entry, agent, name) for name in (entry.queue, *entry.opened))

    def _able(self, entry: Entry, agent: Agent, name: QueueName) -> bool:
        """As the table reads, told without the engine's own functions."""
        waited, queue = (self.now - entry.joined).total_seconds(), self.engine.rules.queues[name]
        if name not in agent.queues:
            return False
        for need in queue.skills:
            level = min([need.level, *(each.level for each in need.relax if each.after_seconds <= waited)])
            if need.required and skill_level(agent, need.skill) < level:
                return False
        return True

    # ---- what must hold -----------------------------------

    @invariant()
    def every_caller_is_somewhere(self) -> None:
        """Offered = answered + abandoned + waiting, at every instant."""
        assert self.offered == self.answered + self.abandoned + len(self.engine.room)

    @invariant()
    def nobody_is_in_two_calls(self) -> None:
        calls = [entry.entry_id for entry in self.serving.values()]
        assert len(set(calls)) == len(calls)
        assert not [call_id for call_id in calls if call_id in self.engine.room]

    @invariant()
    def caps_count_right(self) -> None:
        for name in NAMES:
            assert self.engine.engaged[name] == sum(entry.queue == name for entry in self.serving.values())

    @invariant()
    def who_could_be_served_is_served(self) -> None:
        """No entry of a queue without cap waits while an agent of its own queue is free, unless meant for somebody."""
        engine = self.engine
        if engine.rules.reserving:
            return
        for entry in engine.room.entries():
            own = engine.rules.queue(entry.queue)
            whole = own.circles[0].reach == 2 and own.circles[0].after_seconds == 0
            personal = entry.pinned or ((entry.manager or entry.last_agent) and own.last_agent_seconds)
            if whole and not personal and not capped(engine.rules, entry.queue, engine.engaged):
                free = [agent for agent in self.agents.values() if agent.agent_id in engine.bench]
                assert not [agent for agent in free if serves(agent, own)]


TestFloor = Floor.TestCase
TestFloor.settings = settings(max_examples=60, stateful_step_count=40, suppress_health_check=list(HealthCheck))
