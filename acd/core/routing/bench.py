"""Agents who can take a call now, and the pools in which they meet those who wait for what they can do."""

from bisect import insort
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from acd.contracts.ids import AgentId, CenterId, QueueName
from acd.contracts.routing import Strategy
from acd.core.agents.agent import Agent
from acd.core.routing.needs import Ask, able, fitness, serves
from acd.core.routing.pools import Pool, Seat, discard
from acd.core.routing.rules import Rules


@dataclass(slots=True)
class Place:
    """A queue's ready agents at or under one centre, and the pools that draw on them."""

    agents: dict[AgentId, None] = field(default_factory=dict)
    pools: list[Pool] = field(default_factory=list)


class Bench:
    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._agents: dict[AgentId, tuple[Agent, Mapping[Strategy, float]]] = {}
        self._seats: dict[AgentId, list[tuple[Pool, Seat]]] = {}
        self._serving: dict[AgentId, tuple[QueueName, ...]] = {}
        self._counts: Counter[QueueName] = Counter()
        self._pools: dict[Ask, Pool] = {}
        self._places: dict[tuple[QueueName, CenterId], Place] = {}
        self.hot: dict[Pool, None] = {}
        """Pools with somebody on both sides."""

    def __contains__(self, agent_id: AgentId) -> bool:
        return agent_id in self._agents

    def __len__(self) -> int:
        return len(self._agents)

    def agent(self, agent_id: AgentId) -> Agent:
        return self._agents[agent_id][0]

    def count(self, queue: QueueName) -> int:
        """Ready agents whom the queue counts among its own."""
        return self._counts[queue]

    def serving(self, agent_id: AgentId) -> tuple[QueueName, ...]:
        return self._serving[agent_id]

    def add(self, agent: Agent, keys: Mapping[Strategy, float]) -> None:
        self.remove(agent.agent_id)
        self._agents[agent.agent_id] = (agent, keys)
        queues = self._rules.queues
        serving = tuple(name for name in agent.queues if name in queues and serves(agent, queues[name]))
        self._serving[agent.agent_id] = serving
        self._counts.update(serving)
        self._seats[agent.agent_id] = []
        for place in self._places_of(agent):
            place.agents[agent.agent_id] = None
            for pool in place.pools:
                self._sit(pool, agent, keys)

    def remove(self, agent_id: AgentId) -> None:
        known = self._agents.pop(agent_id, None)
        if known is None:
            return
        for place in self._places_of(known[0]):
            del place.agents[agent_id]
        self._counts.subtract(self._serving.pop(agent_id))
        for pool, seat in self._seats.pop(agent_id):
            discard(pool.seats, seat)
            if not pool.seats:
                self.hot.pop(pool, None)

    def pool(self, ask: Ask) -> Pool:
        """The pool of this ask, with everybody in it who can do it."""
        pool = self._pools.get(ask)
        if pool is None:
            pool = self._pools[ask] = Pool(ask)
            place = self._place(ask.queue, ask.root)
            place.pools.append(pool)
            for agent_id in place.agents:
                self._sit(pool, *self._agents[agent_id])
        return pool

    def warm(self, pool: Pool) -> None:
        """Somebody stood in a line of the pool, or left it."""
        if pool.hot():
            self.hot[pool] = None
        else:
            self.hot.pop(pool, None)

    def _place(self, queue: QueueName, root: CenterId) -> Place:
        place = self._places.get((queue, root))
        if place is None:
            place = self._places[queue, root] = Place()
        return place

    def _places_of(self, agent: Agent) -> Iterator[Place]:
        for queue in agent.queues:
            for root in self._rules.chain(CenterId(agent.center_id)):
                yield self._place(queue, root)

    def _sit(self, pool: Pool, agent: Agent, keys: Mapping[Strategy, float]) -> None:
        if not able(agent, pool.ask, self._rules):
            return
        seat = (-fitness(agent, pool.ask), keys[pool.ask.strategy], agent.agent_id)
        insort(pool.seats, seat)
        self._seats[agent.agent_id].append((pool, seat))
        if pool.lines:
            self.hot[pool] = None
