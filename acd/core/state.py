"""Everything the ACD knows: calls, agents, attempts, nodes, and the effects asked for while one fact is handled.

Decides nothing: `put_*` keep the indices (waiting room, bench, counts) and the outside in step with each change.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from acd.contracts import events, topics
from acd.contracts.events import Event
from acd.contracts.ids import AgentId, AttemptId, CallbackId, CallId, ChannelName, NodeName, QueueName
from acd.contracts.routing import QueueRule, RoutingTable
from acd.contracts.snapshots import AgentSnapshot
from acd.contracts.vocabulary import AgentState
from acd.core.agents import pauses
from acd.core.agents.agent import BUSY, Agent
from acd.core.agents.members import device_changes, member_changes
from acd.core.callbacks.promise import Promise
from acd.core.callers.contact import Contact
from acd.core.calls.call import NOT_ENGAGED, Call
from acd.core.calls.call_entry import entry_of
from acd.core.effects import CancelTimer, Effect, Kind, Publish, Save, SetTimer, Show, unnumbered
from acd.core.facts import Timer, TimerKey
from acd.core.nodes.node import Node
from acd.core.outbound.attempt import Attempt
from acd.core.routing import Bench, Engine, Entry, WaitingRoom
from acd.core.waiting.expected_wait import NO_EXPERIENCE, Experience

OUTSIDE_NUMBERS = re.compile(r"1[3-9][0-9]{9}|0[0-9]{9,11}|1[0-9]{2,5}")
"""Where callers may be sent and agents may ask: mobile, fixed with area code, short service numbers; nothing abroad."""
QUEUE_PUBLISH_EVERY = timedelta(milliseconds=250)


class World:
    """Mutable container of immutable records; `handle` in acd.core.world is its only driver."""

    def __init__(self, table: RoutingTable, nodes: tuple[NodeName, ...], now: datetime) -> None:
        self.engine = Engine(table)
        self.nodes = {name: Node(name) for name in nodes}
        self.now = now
        self.calls: dict[CallId, Call] = {}
        self.agents: dict[AgentId, Agent] = {}
        self.attempts: dict[AttemptId, Attempt] = {}
        self.promises: dict[CallbackId, Promise] = {}
        self.closed_queues: set[QueueName] = set()
        """Closed for new callers by a supervisor."""
        self.fallback_queues = tuple(self.queues)
        """The queues app_queue has, from its own file; in the first wait the callers of all others."""
        self.contacts: dict[str, Contact] = {}
        self.phones: dict[AgentId, set[tuple[NodeName, ChannelName]]] = {}
        """Live channels of each agent's telephones: who is on the phone gets no call, whatever the state says."""
        self.reachable_at: dict[AgentId, datetime] = {}
        """When a telephone of the agent last registered, as far as we heard."""
        self.presence: dict[QueueName, Counter[AgentState]] = {name: Counter() for name in self.queues}
        self.experience: dict[QueueName, Experience] = {}
        self.changed_queues: set[QueueName] = set()
        self.outside_numbers = OUTSIDE_NUMBERS
        self.seen_commands: dict[str, None] = {}
        self.skipped: Counter[str] = Counter()
        """Facts that met an unknown call or a state they do not fit: duplicates, latecomers."""
        self.rematch = False
        self.settling_until: datetime | None = None
        """Before that moment calls and agents are matched only when every node has been heard of."""
        self._effects: list[Effect] = []

    # ---- effects ------------------------------------------

    def ask(self, *effects: Effect) -> None:
        self._effects.extend(effects)

    def publish(self, *published: Event) -> None:
        self._effects.extend(Publish(event) for event in published)

    def take_effects(self) -> list[Effect]:
        taken, self._effects = self._effects, []
        return taken

    def set_timer(self, timer: Timer, of: str, delay: timedelta) -> None:
        self.ask(SetTimer(TimerKey(timer, of), self.now + delay))

    def cancel_timer(self, timer: Timer, of: str) -> None:
        self.ask(CancelTimer(TimerKey(timer, of)))

    # ---- queues -------------------------------------------

    @property
    def table(self) -> RoutingTable:
        return self.engine.rules.table

    @property
    def queues(self) -> Mapping[QueueName, QueueRule]:
        return self.engine.rules.queues

    @property
    def room(self) -> WaitingRoom:
        return self.engine.room

    @property
    def bench(self) -> Bench:
        return self.engine.bench

    def queue(self, name: QueueName) -> QueueRule:
        """The queue of that name; callers of one nobody configured wait in the first."""
        return self.engine.rules.queue(name)

    def learnt(self, name: QueueName) -> Experience:
        return self.experience.get(name, NO_EXPERIENCE)

    def touch_queue(self, name: QueueName) -> None:
        """Have the queue's snapshot published soon, together with other changes of the next moments."""
        if name not in self.queues:
            return
        self.engine.stir(name)
        if not self.changed_queues:
            self.set_timer(Timer.QUEUES, "", QUEUE_PUBLISH_EVERY)
        self.changed_queues.add(name)

    # ---- calls --------------------------------------------

    def put_call(self, call: Call) -> None:
        self._engage(self.calls.get(call.call_id), call)
        self.calls[call.call_id] = call
        self.ask(Save(Kind.CALL, call.call_id, call))

    def restore_call(self, call: Call) -> None:
        """As the journal remembers: nothing has changed, so nothing is saved."""
        self._engage(None, call)
        self.calls[call.call_id] = call

    def drop_call(self, call: Call) -> None:
        self._engage(self.calls.pop(call.call_id, None), None)
        self.leave_room(call)
        self.ask(Save(Kind.CALL, call.call_id, None))

    def _engage(self, before: Call | None, after: Call | None) -> None:
        for call, change in ((before, -1), (after, 1)):
            if call is not None and call.state not in NOT_ENGAGED:
                self.engine.engage(call.queue, change)
                self.rematch = True

    def enter_room(self, call: Call) -> None:
        self.enter(self.entry_of(call))

    def leave_room(self, call: Call) -> None:
        if call.call_id in self.room:
            self.cancel_timer(Timer.ANNOUNCE, call.call_id)
            self.cancel_timer(Timer.PATIENCE, call.call_id)
            self.cancel_timer(Timer.MANAGER, call.call_id)
            self.leave(call.call_id)

    def entry_of(self, call: Call) -> Entry:
        """The call as routing sees it, wherever it is."""
        return entry_of(call, self.engine.rules)

    # ---- whoever waits: a call, or somebody to be called back ----

    def enter(self, entry: Entry) -> None:
        self.engine.enter(entry)
        self.touch_queue(entry.queue)
        self.rematch = True

    def leave(self, entry_id: CallId) -> None:
        if entry_id in self.room:
            self.touch_queue(self.room.entry(entry_id).queue)
            self.engine.leave(entry_id)
            self.cancel_timer(Timer.WIDEN, entry_id)

    # ---- agents -------------------------------------------

    def put_agent(self, agent: Agent) -> None:
        before = self.agents.get(agent.agent_id)
        agent = replace(agent, pause_until=pauses.pause_until(self.table.pause_limits, agent))
        if agent == before:
            return
        self.agents[agent.agent_id] = agent
        self._count(before, agent)
        self.seat(agent)
        self._tell(before, agent)
        for node in self.synced_nodes():
            self.ask(*member_changes(node, self.fallback_queues, before, agent))
            self.ask(*device_changes(node, before, agent))
        self.ask(Save(Kind.AGENT, agent.agent_id, None if agent.state is AgentState.LOGGED_OUT else agent))

    def restore_agent(self, agent: Agent) -> None:
        """As the journal remembers: nothing has changed, so nothing is told."""
        self.agents[agent.agent_id] = agent
        self._count(None, agent)
        self.seat(agent)

    def seat(self, agent: Agent) -> None:
        """On the bench if the agent can take a call now, else off it."""
        free = agent.state is AgentState.READY and not self.phones.get(agent.agent_id)
        self.engine.know(agent, free=free)
        self.rematch = self.rematch or free

    def _count(self, before: Agent | None, after: Agent) -> None:
        for agent, change in ((before, -1), (after, 1)):
            for name in agent.queues if agent else ():
                if name in self.presence:
                    self.presence[name][agent.state if agent else after.state] += change
                    self.touch_queue(name)

    def _tell(self, before: Agent | None, after: Agent) -> None:
        was = before or Agent(after.agent_id, after.since)
        if (was.state, was.reason) != (after.state, after.reason):
            self.publish(
                events.AgentStateChanged(
                    **unnumbered(after.since),
                    agent_id=after.agent_id,
                    state=after.state,
                    reason=after.reason,
                    since=after.since,
                    call_id=after.call_id,
                    previous_state=was.state,
                    previous_since=was.since,
                    by=after.by,
                )
            )
        self.set_clocks(before, after)
        self.show_agent(after)

    def set_clocks(self, before: Agent | None, after: Agent) -> None:
        """The ends of a wrap-up and of a limited pause."""
        for timer, was, ends in (
            (Timer.WRAP_UP, before and before.wrap_up_until, after.wrap_up_until),
            (Timer.PAUSE, before and before.pause_until, after.pause_until),
        ):
            if ends != was:
                key = TimerKey(timer, after.agent_id)
                self.ask(SetTimer(key, ends) if ends else CancelTimer(key))

    def show_agent(self, agent: Agent) -> None:
        snapshot = AgentSnapshot(
            at=self.now,
            agent_id=agent.agent_id,
            name=agent.name,
            center_id=agent.center_id,
            state=agent.state,
            reason=agent.reason,
            since=agent.since,
            call_id=agent.call_id,
            queues=agent.queues,
            skills=dict(agent.skills),
            devices=agent.devices,
            wrap_up_until=agent.wrap_up_until,
            pause_until=agent.pause_until,
            by=agent.by,
            session=agent.session,
            desk_lost_at=agent.desk_lost_at,
        )
        self.ask(Show(topics.agent_state_topic(agent.agent_id), snapshot))

    def busy_agents(self, queue: QueueName) -> int:
        counts = self.presence[queue]
        return sum(counts[state] for state in (*BUSY, AgentState.WRAP_UP))

    # ---- attempts and nodes -------------------------------

    def put_attempt(self, attempt: Attempt) -> None:
        self.attempts[attempt.attempt_id] = attempt
        self.ask(Save(Kind.ATTEMPT, attempt.attempt_id, attempt))

    def drop_attempt(self, attempt: Attempt) -> None:
        self.attempts.pop(attempt.attempt_id, None)
        self.cancel_timer(Timer.ATTEMPT, attempt.attempt_id)
        self.ask(Save(Kind.ATTEMPT, attempt.attempt_id, None))

    def synced_nodes(self) -> list[NodeName]:
        return [node.name for node in self.nodes.values() if node.synced]

    def is_settling(self) -> bool:
        """An agent may be on the phone on a node that has not answered yet since our start."""
        if self.settling_until is None or self.now >= self.settling_until:
            return False
        return not all(node.heard for node in self.nodes.values())

    def is_synced(self, name: NodeName) -> bool:
        node = self.nodes.get(name)
        return node is not None and node.synced
