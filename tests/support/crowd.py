"""A crowded floor for the routing engine: thousands of agents and callers of many centres, queues and skills."""

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from acd.contracts.ids import AgentId, CallId, CenterId, QueueName
from acd.contracts.routing import Circle, Overflow, QueueRule, Relax, RoutingTable, SkillNeed
from acd.contracts.vocabulary import AgentState
from acd.core.agents.agent import Agent
from acd.core.routing import Decision, Engine, Entry
from tests.support.engine import Calm
from tests.support.floor import MONDAY_TEN

QUEUES = tuple(QueueName(f"queue{number}") for number in range(10))
PROVINCES = tuple(CenterId(f"p{number}") for number in range(31))
CITIES = tuple(CenterId(f"p{number % 31}-c{number}") for number in range(310))
POINTS = (0, 0, 0, 5, 10, 30)
HARD = 6
"""Level asked for by the first half of the queues; nobody has it, so that their callers wait on."""


def national_table() -> RoutingTable:
    circles = tuple(Circle(after_seconds=15 * reach, reach=reach) for reach in range(3))
    rules = []
    for number, name in enumerate(QUEUES):
        level = HARD if number < 5 else 3
        relax = (Relax(after_seconds=60, level=level - 1),) if number >= 5 else ()
        other = QUEUES[(number + 1) % 5 + (0 if number < 5 else 5)]
        rules.append(
            QueueRule(
                name=name,
                title=name,
                skills=(SkillNeed(skill=name, level=level, relax=relax), SkillNeed(skill="tongue", required=False)),
                circles=circles,
                overflows=(Overflow(to_queue=other, after_seconds=30),),
                reserve=2,
                last_agent_seconds=10,
            )
        )
    parents = {city: CenterId(city.split("-")[0]) for city in CITIES} | {each: CenterId("cn") for each in PROVINCES}
    return RoutingTable(queues=tuple(rules), parents=parents)


class CrowdedFloor:
    """`agents` signed in, half of them ready though nobody who waits is theirs; `callers` waiting."""

    def __init__(self, agents: int, callers: int, seed: int = 1) -> None:
        self.random = Random(seed)
        self.now = MONDAY_TEN
        self.table = national_table()
        self.engine = Engine(self.table)
        self.ready: dict[AgentId, Agent] = {}
        self.waiting: dict[CallId, Entry] = {}
        self._calls = 0
        for number in range(agents):
            self.seat(self._agent(number), free=number % 2 == 0)
        for _ in range(callers):
            self.come(self.random.choice(QUEUES[:5]), waited=self.random.uniform(0, 600))
        self.engine.settle(Calm(), self.now)

    def _agent(self, number: int) -> Agent:
        queues = tuple(self.random.sample(QUEUES, 3))
        skills = {name: self.random.randint(2, 5) for name in queues} | {"tongue": self.random.randint(0, 3)}
        idle_since = self.now - timedelta(seconds=self.random.uniform(0, 300))
        return Agent(
            AgentId(str(10_000 + number)),
            idle_since,
            center_id=self.random.choice(CITIES),
            queues=queues,
            skills=skills,
            state=AgentState.READY,
            idle_since=idle_since,
        )

    def seat(self, agent: Agent, *, free: bool) -> None:
        if free:
            self.ready[agent.agent_id] = agent
        else:
            self.ready.pop(agent.agent_id, None)
            agent = replace(agent, state=AgentState.TALKING)
        self.engine.know(agent, free=free)

    def come(self, queue: QueueName, waited: float = 0.0) -> Entry:
        self._calls += 1
        entry = Entry(
            CallId(f"c{self._calls}"),
            queue,
            self.now - timedelta(seconds=waited),
            self.random.choice(POINTS),
            center=self.random.choice(CITIES),
        )
        self.waiting[entry.entry_id] = entry
        self.engine.enter(entry)
        return entry

    def decide(self) -> Decision | None:
        """One decision as the ACD takes it, with what follows from it for the engine."""
        self.engine.settle(Calm(), self.now)
        decision = self.engine.choose(self.now)
        if decision is not None:
            assert decision.reason
            self.engine.leave(decision.call_id)
            del self.waiting[decision.call_id]
            self.seat(self.ready[decision.agent_id], free=False)
        return decision

    def tick(self, at: datetime | None = None) -> None:
        self.now = at or self.now + timedelta(milliseconds=50)
