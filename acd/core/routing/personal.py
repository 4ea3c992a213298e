"""Who waits for one agent alone (or one of a few), in order of service, and which of these agents are free."""

from bisect import insort
from collections.abc import Iterator

from acd.contracts.ids import AgentId, CallId
from acd.core.routing.pools import Place, discard


class PersonalLists:
    def __init__(self) -> None:
        self._lists: dict[AgentId, list[Place]] = {}
        self._agents: dict[CallId, tuple[AgentId, ...]] = {}
        self._free: set[AgentId] = set()
        self._met: dict[AgentId, None] = {}

    def stand(self, place: Place, agents: tuple[AgentId, ...]) -> None:
        self._agents[place[1]] = agents
        for agent_id in agents:
            insort(self._lists.setdefault(agent_id, []), place)
            self._warm(agent_id)

    def step_out(self, place: Place) -> None:
        for agent_id in self._agents.pop(place[1], ()):
            discard(self._lists[agent_id], place)
            if not self._lists[agent_id]:
                del self._lists[agent_id]
            self._warm(agent_id)

    def seat(self, agent_id: AgentId) -> None:
        self._free.add(agent_id)
        self._warm(agent_id)

    def unseat(self, agent_id: AgentId) -> None:
        self._free.discard(agent_id)
        self._warm(agent_id)

    def waiting_for(self, agent_id: AgentId) -> list[CallId]:
        return [entry_id for _, entry_id in self._lists.get(agent_id, ())]

    def meetings(self) -> Iterator[tuple[AgentId, list[Place]]]:
        """Free agents with those who wait for them."""
        for agent_id in self._met:
            yield agent_id, self._lists[agent_id]

    def _warm(self, agent_id: AgentId) -> None:
        if agent_id in self._free and agent_id in self._lists:
            self._met[agent_id] = None
        else:
            self._met.pop(agent_id, None)
