"""Nobody waits for ever: who waits gains on the important, whatever their number."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from acd.contracts.ids import AgentId, CallId, QueueName
from acd.contracts.routing import QueueRule, RoutingTable
from acd.contracts.vocabulary import AgentState
from acd.core.agents.agent import Agent
from acd.core.routing import Engine, Entry
from tests.support.engine import Calm
from tests.support.floor import MONDAY_TEN

pytestmark = pytest.mark.unit

QUEUE = QueueName("a")


class Starving(RuleBasedStateMachine):
    """One agent who is always busy again, one patient caller, and the important coming in at any rate."""

    POINTS = 50
    PER_POINT = 10

    def __init__(self) -> None:
        super().__init__()
        rule_of = QueueRule(name=QUEUE, title="x", seconds_per_priority=self.PER_POINT)
        self.engine = Engine(RoutingTable(queues=(rule_of,)))
        self.now = MONDAY_TEN
        self.patient = Entry(CallId("patient"), QUEUE, self.now)
        self.engine.enter(self.patient)
        self.came_sooner, self.number, self.served = 0, 0, False

    @rule(seconds=st.integers(0, 120), count=st.integers(1, 4))
    def the_important_come(self, seconds: int, count: int) -> None:
        self.now += timedelta(seconds=seconds)
        for _ in range(count):
            self.number += 1
            self.engine.enter(Entry(CallId(f"c{self.number}"), QUEUE, self.now, self.POINTS))
            in_time = self.now <= self.patient.joined + timedelta(seconds=self.POINTS * self.PER_POINT)
            self.came_sooner += in_time and not self.served

    @rule(seconds=st.integers(0, 120))
    def the_agent_is_free(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)
        agent = Agent(AgentId("8001"), self.now, queues=(QUEUE,), state=AgentState.READY, idle_since=self.now)
        self.engine.know(agent, free=True)
        self.engine.settle(Calm(), self.now)
        decision = self.engine.choose(self.now)
        if decision is not None:
            self.engine.leave(decision.call_id)
            self.came_sooner -= decision.call_id != "patient" and not self.served
            self.served = self.served or decision.call_id == "patient"
            self.engine.know(replace(agent, state=AgentState.RESERVED), free=False)

    @invariant()
    def overtaken_by_a_known_few_at_most(self) -> None:
        """Only who came before the points were made good by waiting can be served before the patient one."""
        assert self.served or self.engine.room.ahead_of(self.patient.entry_id) <= self.came_sooner


TestStarving = Starving.TestCase
TestStarving.settings = settings(max_examples=60, stateful_step_count=40)
