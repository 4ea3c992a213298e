"""The routing engine: who waits, who is free, and who gets whom next. Pure: no wire, no clock, no chance.

Told of every change; `settle` says for whom the candidates widened and when to ask again, `choose` names the next pair.
"""

from collections import Counter
from dataclasses import replace
from datetime import datetime

from acd.contracts.ids import AgentId, CallId, QueueName
from acd.contracts.routing import Overflow, Reason, RoutingTable
from acd.contracts.vocabulary import AgentState
from acd.core.agents.agent import Agent
from acd.core.routing.bench import Bench
from acd.core.routing.choice import Pair, next_pair
from acd.core.routing.conditions import Conditions
from acd.core.routing.entry import Entry
from acd.core.routing.needs import able, ask_of
from acd.core.routing.outcome import Decision, Settled, Widened
from acd.core.routing.personal import PersonalLists
from acd.core.routing.pools import Place, Pool
from acd.core.routing.room import WaitingRoom
from acd.core.routing.rules import ALL_CENTERS, Rules
from acd.core.routing.stages import Figures, due_overflows, holds, reach_after, stage
from acd.core.routing.why import Choice
from acd.core.routing.workload import Workload, after_change, strategy_keys


class Engine:
    def __init__(self, table: RoutingTable) -> None:
        self.engaged: Counter[QueueName] = Counter()
        """Calls of each queue that an agent has: reserved, ringing, talking."""
        self._agents: dict[AgentId, Agent] = {}
        self._workloads: dict[AgentId, Workload] = {}
        self._lay_out(Rules(table))

    def _lay_out(self, rules: Rules) -> None:
        self.rules = rules
        self.room = WaitingRoom(rules)
        self.bench = Bench(rules)
        self._personal = PersonalLists()
        self._conditions = Conditions()
        self._standing: dict[CallId, tuple[Pool, ...]] = {}
        self._unsettled: dict[CallId, None] = {}

    def configure(self, table: RoutingTable) -> None:
        """Another table from now on; everybody keeps seniority, and is settled anew."""
        entries, seated = self.room.entries(), [agent_id for agent_id in self._agents if agent_id in self.bench]
        self._lay_out(Rules(table))
        for agent_id in seated:
            self._seat(self._agents[agent_id])
        for entry in entries:
            self.enter(entry)

    # ---- who waits ----------------------------------------

    def enter(self, entry: Entry) -> None:
        self.leave(entry.entry_id)
        self.room.add(entry)
        self._unsettled[entry.entry_id] = None

    def leave(self, entry_id: CallId) -> None:
        if entry_id in self.room:
            self._step_out(entry_id)
            self._unsettled.pop(entry_id, None)
            self.room.remove(entry_id)

    def reconsider(self, entry_id: CallId) -> None:
        """Time has gone on for this entry."""
        if entry_id in self.room:
            self._unsettled[entry_id] = None

    def stir(self, queue: QueueName) -> None:
        """The queue's figures changed: conditions of overflows may hold now."""
        self._conditions.stir(queue)

    def unrest(self) -> bool:
        return bool(self._unsettled) or self._conditions.stirred()

    # ---- who serves ---------------------------------------

    def know(self, agent: Agent, *, free: bool) -> None:
        """An agent's record as it is now, and whether a call can be given."""
        before = self._agents.get(agent.agent_id)
        if before != agent:
            self._agents[agent.agent_id] = agent
            self._workloads[agent.agent_id] = after_change(self._workloads.get(agent.agent_id), before, agent)
            if _turned(before, agent):
                self._unsettled |= dict.fromkeys(self._personal.waiting_for(agent.agent_id))
        if free:
            self._seat(agent)
        else:
            self.bench.remove(agent.agent_id)
            self._personal.unseat(agent.agent_id)

    def _seat(self, agent: Agent) -> None:
        self.bench.add(agent, strategy_keys(agent, self._workloads[agent.agent_id]))
        self._personal.seat(agent.agent_id)

    def engage(self, queue: QueueName, change: int) -> None:
        self.engaged[queue] += change

    # ---- what they wait for -------------------------------

    def settle(self, figures: Figures, now: datetime) -> list[Settled]:
        """Put everybody into the right lines whose needs or conditions changed since the last time."""
        if not self.unrest():
            return []
        self._unsettled |= dict.fromkeys(self._conditions.met(self.room, self.rules, figures))
        unsettled, self._unsettled = self._unsettled, {}
        return [self._settle_one(entry_id, figures, now) for entry_id in unsettled]

    def _settle_one(self, entry_id: CallId, figures: Figures, now: datetime) -> Settled:
        entry = self.room.entry(entry_id)
        self._step_out(entry_id)
        if entry.pinned is not None and not self._signed_in(entry.pinned):
            entry = replace(entry, pinned=None)
        entry, widened = self._widen(entry, figures, now)
        self.room.renew(entry)
        settled = stage(entry, self.rules, self._worth_waiting_for(entry, now), now)
        place = self.room.place(entry_id)
        if settled.only:
            self._personal.stand(place, settled.only)
        else:
            self._stand(entry, place, tuple(self.bench.pool(ask) for ask in settled.asks))
        return Settled(entry, settled.next_at, widened)

    def _widen(self, entry: Entry, figures: Figures, now: datetime) -> tuple[Entry, tuple[Widened, ...]]:
        rule, place, widened = self.rules.queue(entry.queue), self.room.place(entry.entry_id), []
        ahead = self.room.ahead_of(entry.entry_id)
        for overflow in due_overflows(entry, rule, now):
            if holds(overflow, rule.name, ahead, figures):
                entry = replace(entry, opened=(*entry.opened, overflow.to_queue))
                widened.append(Widened(overflow.to_queue, Reason(code=overflow.when, values=_threshold(overflow))))
            else:
                self._conditions.hold(rule.name, place)
        reach = reach_after(rule, entry.waited(now))
        if entry.center and reach > max(entry.reach, reach_after(rule, 0)):
            root = self.rules.root(entry.center, reach)
            widened.append(Widened(rule.name, Reason(code="circle", values={"center": root})))
            entry = replace(entry, reach=reach)
        return entry, tuple(widened)

    def _worth_waiting_for(self, entry: Entry, now: datetime) -> tuple[AgentId, ...]:
        """The manager and the agent of the last contact, as far as they work now and may take the entry."""
        rule = self.rules.queue(entry.queue)
        ask = ask_of(rule, entry.waited(now), ALL_CENTERS, rule.strategy)
        found = []
        for agent_id in (entry.manager, entry.last_agent):
            agent = self._agents.get(agent_id) if agent_id else None
            if agent is not None and _works(agent) and able(agent, ask, self.rules):
                found.append(agent.agent_id)
        return tuple(dict.fromkeys(found))

    def _signed_in(self, agent_id: AgentId) -> bool:
        agent = self._agents.get(agent_id)
        return agent is not None and agent.state is not AgentState.LOGGED_OUT

    def _stand(self, entry: Entry, place: Place, pools: tuple[Pool, ...]) -> None:
        for pool in pools:
            pool.stand(self.rules.queue(entry.queue).name, entry.points, place)
            self.bench.warm(pool)
        self._standing[entry.entry_id] = pools

    def _step_out(self, entry_id: CallId) -> None:
        entry, place = self.room.entry(entry_id), self.room.place(entry_id)
        queue = self.rules.queue(entry.queue).name
        for pool in self._standing.pop(entry_id, ()):
            pool.step_out(queue, entry.points, place)
            self.bench.warm(pool)
        self._personal.step_out(place)
        self._conditions.drop(queue, place)

    # ---- who gets whom ------------------------------------

    def choose(self, now: datetime) -> Decision | None:
        """The next entry that somebody can serve, and the agent; None when no such pair is left."""
        pair = next_pair(self.room, self.bench, self._personal, self.rules, self.engaged)
        return self._decision(pair, now) if pair else None

    def _decision(self, pair: Pair, now: datetime) -> Decision:
        entry = self.room.entry(pair.entry_id)
        rule, ask = self.rules.queue(entry.queue), pair.pool.ask if pair.pool else None
        ready = len(pair.pool.seats) if pair.pool else 1
        agent = self.bench.agent(pair.agent_id)
        choice = Choice(entry, rule, ask, agent, self._workloads[agent.agent_id], ready, now)
        return Decision(entry.entry_id, agent.agent_id, rule.name, choice)


def _works(agent: Agent) -> bool:
    """Signed in, and neither in a pause nor on the way out."""
    return agent.state not in (AgentState.LOGGED_OUT, AgentState.PAUSED) and agent.next_state is None


def _turned(before: Agent | None, after: Agent) -> bool:
    """What those who wait for this agent alone have to know."""
    was = (before.queues, before.skills, _works(before)) if before else ((), {}, False)
    return was != (after.queues, after.skills, _works(after))


def _threshold(overflow: Overflow) -> dict[str, str]:
    return {"to": overflow.to_queue, "threshold": str(overflow.threshold)}
