"""The next pair: of all lines that meet somebody able, the entry whose turn is first. Looks at heads only."""

from collections.abc import Mapping
from dataclasses import dataclass

from acd.contracts.ids import AgentId, CallId, QueueName
from acd.core.routing.bench import Bench
from acd.core.routing.personal import PersonalLists
from acd.core.routing.pools import Place, Pool
from acd.core.routing.room import WaitingRoom
from acd.core.routing.rules import Rules


@dataclass(frozen=True, slots=True)
class Pair:
    place: Place
    agent_id: AgentId
    pool: Pool | None
    """Where they met; None: the entry waited for this very agent."""

    @property
    def entry_id(self) -> CallId:
        return self.place[1]


def next_pair(
    room: WaitingRoom, bench: Bench, personal: PersonalLists, rules: Rules, engaged: Mapping[QueueName, int]
) -> Pair | None:
    best: Pair | None = None
    for pool in bench.hot:
        for line, place in pool.heads():
            if (best is not None and place >= best.place) or capped(rules, line.home, engaged):
                continue
            agent_id = free_for(bench, rules, pool, line.points)
            if agent_id is not None:
                best = Pair(place, agent_id, pool)
    for agent_id, places in personal.meetings():
        for place in places:
            if best is not None and place >= best.place:
                break
            entry = room.entry(place[1])
            pinned = entry.pinned is not None
            if not capped(rules, entry.queue, engaged) and (pinned or not kept(bench, rules, agent_id, entry.points)):
                best = Pair(place, agent_id, None)
                break
    return best


def capped(rules: Rules, queue: QueueName, engaged: Mapping[QueueName, int]) -> bool:
    rule = rules.queue(queue)
    return rule.most_talking is not None and engaged.get(rule.name, 0) >= rule.most_talking


def kept(bench: Bench, rules: Rules, agent_id: AgentId, points: int) -> bool:
    """Whether the agent is among the last ones whom a queue keeps for more urgent calls."""
    return any(
        points < rule.reserve_below_priority
        and bench.count(rule.name) <= rule.reserve
        and rule.name in bench.serving(agent_id)
        for rule in rules.reserving
    )


def free_for(bench: Bench, rules: Rules, pool: Pool, points: int) -> AgentId | None:
    """The best of the pool who is not kept for others; no more are kept than all reserves together."""
    if not rules.reserving:
        return pool.seats[0][2]
    return next((seat[2] for seat in pool.seats if not kept(bench, rules, seat[2], points)), None)
