"""A contact-centre floor with a clock of its own: the core driven by facts, timers fired by hand."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import uuid4

from acd.contracts.commands import (
    Command,
    LoginAgent,
    LogoutAgent,
    PauseAgent,
    ReadyAgent,
)
from acd.contracts.events import CommandDone, Event
from acd.contracts.ids import AgentId, CallId, ChannelName, NodeName, QueueName
from acd.contracts.routing import QueueRule, RoutingTable, SkillNeed
from acd.contracts.vocabulary import AgentState, IvrOutcome, PauseReason
from acd.core import configuration, effects, facts
from acd.core.agents.agent import Agent
from acd.core.callbacks import after_gap
from acd.core.callbacks.promise import Promise
from acd.core.callers.contact import Contact
from acd.core.calls.call import Call
from acd.core.effects import Effect, Kind
from acd.core.facts import AnyFact, LiveLeg, TimerKey
from acd.core.outbound.attempt import Attempt
from acd.core.world import World, handle

NODE = NodeName("n1")
MONDAY_TEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Ten in the morning in Shanghai."""

TABLE = RoutingTable(
    queues=tuple(
        QueueRule(name=QueueName(name), title=title, skills=(SkillNeed(skill=skill),), base_priority=base_priority)
        for name, title, skill, base_priority in (
            ("general", "综合服务", "general", 0),
            ("bill", "话费业务", "bill", 0),
            ("vip", "贵宾专席", "vip", 30),
            ("dunning", "催缴外呼", "dunning", 0),
        )
    )
)
QUEUES = {rule.name: rule for rule in TABLE.queues}
EventT = TypeVar("EventT")


def caller_channel(call_id: str) -> ChannelName:
    return ChannelName(f"PJSIP/trunk-{call_id}")


def phone_channel(agent_id: str) -> ChannelName:
    return ChannelName(f"PJSIP/{agent_id}w-0000002a")


class Floor:
    def __init__(self, nodes: Iterable[str] = ("n1",), table: RoutingTable = TABLE) -> None:
        self.shipped = table
        self._begin(nodes, MONDAY_TEN)
        self.tell(facts.Started())
        for node in nodes:
            self.resync(node=node)
        self.forget()

    def _begin(self, nodes: Iterable[str], now: datetime) -> None:
        self.now = now
        self.world = World(self.shipped, tuple(NodeName(node) for node in nodes), now)
        self.timers: dict[TimerKey, datetime] = {}
        self.effects: list[Effect] = []
        self.records: dict[tuple[Kind, str], object] = {}

    def killed(self, *, away_seconds: float = 2) -> "Floor":
        """A new process that knows what the journal of this one holds; not yet in step with any node."""
        after = Floor.__new__(Floor)
        after.shipped = self.shipped
        after._begin(self.world.nodes, self.now + timedelta(seconds=away_seconds))
        after.records = dict(self.records)
        for record in self.records.values():
            if isinstance(record, Call):
                after.world.restore_call(record)
            elif isinstance(record, Contact):
                after.world.contacts[record.number] = record
            elif isinstance(record, RoutingTable):
                configuration.restore(after.world, [record], ())
            elif isinstance(record, Attempt):
                after.world.attempts[record.attempt_id] = record
            elif isinstance(record, Promise):
                after_gap.restored(after.world, record)
            elif isinstance(record, Agent):
                after.world.restore_agent(record)
        for node in after.world.nodes.values():
            node.blind_since = self.now
        after.tell(facts.Started())
        after.forget()
        return after

    # ---- driving ------------------------------------------

    def tell(self, fact: AnyFact) -> list[Effect]:
        asked = handle(self.world, fact, self.now)
        for effect in asked:
            match effect:
                case effects.SetTimer():
                    self.timers[effect.key] = effect.at
                case effects.CancelTimer():
                    self.timers.pop(effect.key, None)
                case effects.Save(record=None):
                    self.records.pop((effect.kind, effect.key), None)
                case effects.Save():
                    assert effect.record is not None
                    self.records[effect.kind, effect.key] = effect.record
                case _:
                    pass
        self.effects.extend(asked)
        return asked

    def pass_time(self, seconds: float) -> None:
        """Let the clock run; timers fire in their order."""
        until = self.now + timedelta(seconds=seconds)
        while due := min(
            ((at, key) for key, at in self.timers.items() if at <= until), default=None, key=lambda d: d[0]
        ):
            self.now = max(self.now, due[0])
            del self.timers[due[1]]
            self.tell(facts.TimerDue(due[1]))
        self.now = until

    def forget(self) -> None:
        self.effects.clear()

    # ---- looking ------------------------------------------

    @property
    def events(self) -> list[Event]:
        return [effect.event for effect in self.effects if isinstance(effect, effects.Publish)]

    def call_events(self, call_id: str) -> list[str]:
        return [
            event.type for event in self.events if getattr(event, "call_id", None) == call_id and "call." in event.type
        ]

    def last(self, kind: type[EventT]) -> EventT:
        return next(event for event in reversed(self.events) if isinstance(event, kind))

    def all_of(self, kind: type[EventT]) -> list[EventT]:
        return [event for event in self.events if isinstance(event, kind)]

    def actions(self, kind: type[EventT]) -> list[EventT]:
        return [effect for effect in self.effects if isinstance(effect, kind)]

    def state_of(self, agent_id: str) -> AgentState:
        return self.world.agents[AgentId(agent_id)].state

    # ---- agents -------------------------------------------

    def command(self, command: Command) -> CommandDone:
        self.tell(facts.CommandArrived(command))
        return self.last(CommandDone)

    def command_head(self, valid_seconds: float = 5) -> dict[str, object]:
        return {"command_id": uuid4(), "not_after": self.now + timedelta(seconds=valid_seconds)}

    def login(
        self,
        agent_id: str = "8001",
        *,
        queues: tuple[str, ...] = ("general",),
        ready: bool = True,
        center: str = "",
        **skills: int,
    ) -> CommandDone:
        return self.command(
            LoginAgent(
                **self.command_head(),  # type: ignore[arg-type]
                agent_id=AgentId(agent_id),
                center_id=center,
                queues=tuple(QueueName(queue) for queue in queues),
                skills=skills,
                ready=ready,
            )
        )

    def logout(self, agent_id: str = "8001") -> CommandDone:
        return self.command(LogoutAgent(**self.command_head(), agent_id=AgentId(agent_id)))  # type: ignore[arg-type]

    def ready(self, agent_id: str = "8001") -> CommandDone:
        return self.command(ReadyAgent(**self.command_head(), agent_id=AgentId(agent_id)))  # type: ignore[arg-type]

    def pause(self, agent_id: str = "8001", reason: PauseReason = PauseReason.BREAK) -> CommandDone:
        return self.command(PauseAgent(**self.command_head(), agent_id=AgentId(agent_id), reason=reason))  # type: ignore[arg-type]

    # ---- callers ------------------------------------------

    def head(self, call_id: str, node: str = "n1") -> tuple[datetime, NodeName, CallId, ChannelName]:
        return self.now, NodeName(node), CallId(call_id), caller_channel(call_id)

    def arrives(self, call_id: str, node: str = "n1") -> None:
        self.tell(facts.CallArrived(*self.head(call_id, node), did="10010", caller="13900000001"))

    def in_menu(self, call_id: str) -> None:
        self.arrives(call_id)
        self.tell(facts.MenuAnswered(*self.head(call_id)))

    def wants_agent(self, call_id: str, queue: str = "general") -> None:
        self.tell(facts.AgentWanted(*self.head(call_id), queue=QueueName(queue), reason="key_0"))

    def leaves_menu(self, call_id: str, outcome: IvrOutcome) -> None:
        self.tell(facts.MenuLeft(*self.head(call_id), outcome=outcome))

    def waits(self, call_id: str, queue: str = "general", priority: int = 0, node: str = "n1") -> None:
        """In the waiting room, with everything before it if the call is new."""
        if CallId(call_id) not in self.world.calls:
            self.arrives(call_id, node)
        self.tell(facts.CallerWaiting(*self.head(call_id, node), QueueName(queue), priority))

    def in_fallback(self, call_id: str, queue: str = "general") -> None:
        self.tell(facts.CallerInFallback(*self.head(call_id), QueueName(queue), 0))

    def surveyed(self, call_id: str, satisfaction: int) -> None:
        self.tell(facts.CallerSurveyed(*self.head(call_id), satisfaction=satisfaction, reason=""))

    def caller_hangs_up(self, call_id: str, cause: int = 16, node: str = "n1") -> None:
        leg = (self.now, NodeName(node), caller_channel(call_id), f"n1-{call_id}", CallId(call_id), None)
        self.tell(facts.HangupAsked(*leg))
        self.tell(facts.LegGone(*leg, cause))

    def caller_leg_ends(self, call_id: str, cause: int = 16) -> None:
        """Ended by the dialplan."""
        self.tell(facts.LegGone(self.now, NODE, caller_channel(call_id), f"n1-{call_id}", CallId(call_id), None, cause))

    # ---- phones -------------------------------------------

    def _phone(self, agent_id: str, call_id: str) -> tuple[datetime, NodeName, AgentId, ChannelName, CallId]:
        return self.now, NODE, AgentId(agent_id), phone_channel(agent_id), CallId(call_id)

    def _leg(self, agent_id: str, call_id: str) -> tuple[datetime, NodeName, ChannelName, str, CallId, AgentId]:
        return self.now, NODE, phone_channel(agent_id), f"n1-{agent_id}", CallId(call_id), AgentId(agent_id)

    def opens_phone(self, agent_id: str, call_id: str = "") -> None:
        self.tell(facts.LegOpened(*self._leg(agent_id, call_id)))

    def rings(self, agent_id: str, call_id: str, *, alerted: bool = True) -> None:
        self.opens_phone(agent_id)
        self.tell(facts.PhoneDialled(*self._phone(agent_id, call_id)))
        if alerted:
            self.tell(facts.PhoneAlerted(*self._phone(agent_id, call_id)))

    def answers(self, agent_id: str, call_id: str) -> None:
        self.tell(facts.PhoneAnswered(*self._phone(agent_id, call_id)))

    def fails(self, agent_id: str, call_id: str, status: str) -> None:
        self.tell(facts.PhoneFailed(*self._phone(agent_id, call_id), status))

    def phone_closes(self, agent_id: str, call_id: str = "") -> None:
        self.tell(facts.LegGone(*self._leg(agent_id, call_id), 16))

    def holds(self, agent_id: str, call_id: str) -> None:
        self.tell(facts.PhoneHeld(*self._phone(agent_id, call_id)))

    def resumes(self, agent_id: str, call_id: str) -> None:
        self.tell(facts.PhoneResumed(*self._phone(agent_id, call_id)))

    def agent_hangs_up(self, agent_id: str, call_id: str) -> None:
        self.tell(facts.HangupAsked(*self._leg(agent_id, call_id)))
        self.tell(facts.LegGone(*self._leg(agent_id, call_id), 16))

    def talks(self, agent_id: str, call_id: str) -> None:
        """Connected, from wherever the call is."""
        self.waits(call_id)
        self.rings(agent_id, call_id)
        self.answers(agent_id, call_id)

    # ---- the link -----------------------------------------

    def link_lost(self, node: str = "n1") -> None:
        self.tell(facts.LinkDown(self.now, NodeName(node), "gone"))

    def resync(self, *legs: LiveLeg, node: str = "n1") -> None:
        self.tell(facts.LinkUp(self.now, NodeName(node)))
        self.tell(facts.Resynced(self.now, NodeName(node), legs))
