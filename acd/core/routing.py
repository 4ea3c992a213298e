"""Who gets the next call. Pure: indices of waiting callers and ready agents, and the choice with its reason."""

from bisect import bisect_left, insort
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from acd.contracts.ids import AgentId, CallId, QueueName
from acd.core.agent import Agent
from acd.core.call import Call


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue of acd/queues.toml. `skill` is what an agent must have."""

    name: QueueName
    title: str
    skill: str
    base_priority: int = 0
    ring_seconds: int = 15
    wrap_up_seconds: int = 60
    announce_every_seconds: int = 30
    service_level_seconds: int = 15


Queues = Mapping[QueueName, Queue]

SECONDS_PER_PRIORITY = 10
"""Ageing: ten seconds of waiting weigh as much as one point of priority, so nobody starves behind the important."""


def rank(call: Call, queue: Queue) -> float:
    """Place in the order of service; smaller is sooner. Independent of now, as all callers age alike.

    Seniority is the time of joining, kept through a missed ring and a stay in app_queue.
    """
    head_start = SECONDS_PER_PRIORITY * (queue.base_priority + call.priority)
    return (call.queued_at or call.offered_at).timestamp() - head_start


class WaitingRoom:
    """Waiting callers, in order of service per queue."""

    def __init__(self) -> None:
        self._ranks: dict[QueueName, list[tuple[float, CallId]]] = {}
        self._places: dict[CallId, tuple[QueueName, float]] = {}

    def __contains__(self, call_id: CallId) -> bool:
        return call_id in self._places

    def add(self, call: Call, queue: Queue) -> None:
        self.remove(call.call_id)
        place = rank(call, queue)
        self._places[call.call_id] = (queue.name, place)
        insort(self._ranks.setdefault(queue.name, []), (place, call.call_id))

    def remove(self, call_id: CallId) -> None:
        place = self._places.pop(call_id, None)
        if place is not None:
            ranks = self._ranks[place[0]]
            del ranks[bisect_left(ranks, (place[1], call_id))]

    def head(self, queue: QueueName) -> tuple[float, CallId] | None:
        ranks = self._ranks.get(queue)
        return ranks[0] if ranks else None

    def length(self, queue: QueueName) -> int:
        return len(self._ranks.get(queue, ()))

    def position(self, call: Call, queue: Queue) -> int:
        """The place the call would have, counted from 1."""
        return bisect_left(self._ranks.get(queue.name, []), (rank(call, queue), call.call_id)) + 1

    def ahead_of(self, call_id: CallId) -> int:
        """How many callers of the same queue are served before this one."""
        queue, place = self._places[call_id]
        return bisect_left(self._ranks[queue], (place, call_id))

    def order(self, queue: QueueName) -> list[CallId]:
        return [call_id for _, call_id in self._ranks.get(queue, ())]


def level(agent: Agent, queue: Queue) -> int:
    """The agent's level for the queue, 0 when it is not the agent's.

    An agent signed in without any skills has level 1 in the queues given.
    """
    if queue.name not in agent.queues:
        return 0
    return agent.skills.get(queue.skill, 0) if agent.skills else 1


class Bench:
    """Agents who can take a call now, per queue: highest level first, among equals the one idle longest."""

    def __init__(self, queues: Queues) -> None:
        self._queues = queues
        self._seats: dict[QueueName, list[tuple[int, float, AgentId]]] = {name: [] for name in queues}
        self._taken: dict[AgentId, list[tuple[QueueName, tuple[int, float, AgentId]]]] = {}

    def __contains__(self, agent_id: AgentId) -> bool:
        return agent_id in self._taken

    def add(self, agent: Agent) -> None:
        self.remove(agent.agent_id)
        idle_since = (agent.idle_since or agent.since).timestamp()
        taken = []
        for name in agent.queues:
            queue = self._queues.get(name)
            skill_level = level(agent, queue) if queue else 0
            if skill_level > 0:
                seat = (-skill_level, idle_since, agent.agent_id)
                insort(self._seats[name], seat)
                taken.append((name, seat))
        self._taken[agent.agent_id] = taken

    def remove(self, agent_id: AgentId) -> None:
        for name, seat in self._taken.pop(agent_id, ()):
            seats = self._seats[name]
            del seats[bisect_left(seats, seat)]

    def first(self, queue: QueueName) -> tuple[int, float, AgentId] | None:
        seats = self._seats.get(queue)
        return seats[0] if seats else None

    def count(self, queue: QueueName) -> int:
        return len(self._seats.get(queue, ()))


@dataclass(frozen=True, slots=True)
class Decision:
    call_id: CallId
    agent_id: AgentId
    queue: QueueName
    reason: str


def choose(room: WaitingRoom, bench: Bench, queues: Queues, now: datetime) -> Decision | None:
    """The next caller for whom an agent is ready, and the agent; None when no such pair is left."""
    pairs = []
    for queue in queues.values():
        head, seat = room.head(queue.name), bench.first(queue.name)
        if head is not None and seat is not None:
            pairs.append((head, seat, queue))
    if not pairs:
        return None
    (place, call_id), seat, queue = min(pairs, key=lambda pair: pair[0])
    return Decision(call_id, seat[2], queue.name, _reason(queue, place, seat, bench, now))


def _reason(queue: Queue, place: float, seat: tuple[int, float, AgentId], bench: Bench, now: datetime) -> str:
    weighted_wait, idle = now.timestamp() - place, now.timestamp() - seat[1]
    return (
        f"first in {queue.name} (weighted wait {weighted_wait:.1f} s); {queue.skill} level {-seat[0]}, "
        f"idle longest of its level ({max(0.0, idle):.1f} s), {bench.count(queue.name)} ready"
    )
