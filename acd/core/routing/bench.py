"""Agents who can take a call now, and the pools in which they meet those who wait for what they can do."""

from bisect import insort
from collections import Counter
from collections.abc import Iterator, Mapping

from acd.contracts.ids import AgentId, CenterId, QueueName
from acd.contracts.routing import Strategy
from acd.core.agent import Agent
from acd.core.routing.needs import Ask, able, fitness, serves
from acd.core.routing.pools import Pool, Seat, discard
from acd.core.routing.rules import Rules


class Bench:
    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._agents: dict[AgentId, tuple[Agent, Mapping[Strategy, float]]] = {}
        self._seats: dict[AgentId, list[tuple[Pool, Seat]]] = {}
        self._serving: dict[AgentId, tuple[QueueName, ...]] = {}
        self._counts: Counter[QueueName] = Counter()
        self._pools: dict[Ask, Pool] = {}
        self._by_place: dict[tuple[QueueName, CenterId], list[Pool]] = {}
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
        for pool in self._reachable(agent):
            self._sit(pool, agent, keys)

    def remove(self, agent_id: AgentId) -> None:
        if self._agents.pop(agent_id, None) is None:
            return
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
            self._by_place.setdefault((ask.queue, ask.root), []).append(pool)
            for agent, keys in self._agents.values():
                self._sit(pool, agent, keys)
        return pool

    def warm(self, pool: Pool) -> None:
        """Somebody stood in a line of the pool, or left it."""
        if pool.hot():
            self.hot[pool] = None
        else:
            self.hot.pop(pool, None)

    def _reachable(self, agent: Agent) -> Iterator[Pool]:
        for queue in agent.queues:
            for root in self._rules.chain(CenterId(agent.center_id)):
                yield from self._by_place.get((queue, root), ())

    def _sit(self, pool: Pool, agent: Agent, keys: Mapping[Strategy, float]) -> None:
        if not able(agent, pool.ask, self._rules):
            return
        seat = (-fitness(agent, pool.ask), keys[pool.ask.strategy], agent.agent_id)
        insort(pool.seats, seat)
        self._seats[agent.agent_id].append((pool, seat))
        if pool.lines:
            self.hot[pool] = None
