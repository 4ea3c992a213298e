"""What the waiting room's questions and the calls back do on the floor of tests.support.floor."""

from datetime import datetime
from uuid import uuid4

from acd.contracts.commands import BookCallback, CancelCallback
from acd.contracts.dialplan import Variable
from acd.contracts.events import CallbackClosed, CommandDone
from acd.contracts.ids import CallbackId, CallId, ChannelName, NodeName, QueueName
from acd.contracts.routing import CallbackRule, QueueRule, RoutingTable, Way
from acd.contracts.vocabulary import CallbackEnd, QueueExit
from acd.core import facts
from acd.core.effects import DialPromised, Redirect, SetVariables
from acd.core.facts import LegState, LiveLeg
from tests.support.floor import NODE, Floor, caller_channel

FIRST = "n1-callback-c1-1"
"""The customer's leg of the first call to c1."""


def table(**rules: object) -> RoutingTable:
    """A queue `general` with these rules, and `bill` with none."""
    general = QueueRule.model_validate({"name": "general", "title": "综合服务", **rules})
    return RoutingTable(queues=(general, QueueRule(name=QueueName("bill"), title="话费业务")))


def promising(**rules: object) -> Floor:
    """A floor whose queue `general` makes promises."""
    callback = CallbackRule.model_validate({"gap_seconds": 60, **rules})
    return Floor(table=table(callback=callback, announce_every_seconds=0))


def closing(kind: str, queue: str = "") -> Way:
    return Way.model_validate({"kind": kind, "queue": queue})


def comes(floor: Floor, call_id: str, number: str = "13800000002", queue: str = "general") -> None:
    """Somebody else than the floor's usual caller, into the waiting room."""
    floor.tell(facts.CallArrived(*floor.head(call_id), did="10010", caller=number))
    floor.waits(call_id, queue=queue)


def asks(floor: Floor, call_id: str, what: str = "callback") -> None:
    floor.tell(facts.CallerAsked(*floor.head(call_id), what=what))


def wants(floor: Floor, call_id: str, number: str = "13900000001") -> str:
    """The caller confirms the number; returns the ACD's word."""
    floor.forget()
    floor.tell(facts.CallbackWanted(*floor.head(call_id), number=number))
    told = [dict(told.values) for told in floor.actions(SetVariables) if told.channel == caller_channel(call_id)]
    return next((values[Variable.PROMISE] for values in told if Variable.PROMISE in values), "")


def books(floor: Floor, call_id: str = "c1", number: str = "13900000001") -> None:
    """From the call to the promise; the caller has hung up."""
    floor.waits(call_id)
    asks(floor, call_id)
    assert wants(floor, call_id, number) == "booked"
    floor.caller_leg_ends(call_id)


def leaves(floor: Floor, call_id: str, how: QueueExit) -> None:
    floor.tell(facts.QueueLeft(*floor.head(call_id), how=how))


def book(floor: Floor, callback_id: str, number: str, queue: str = "general") -> CommandDone:
    return floor.command(
        BookCallback(
            command_id=uuid4(),
            not_after=floor.now,
            callback_id=CallbackId(callback_id),
            queue=QueueName(queue),
            number=number,
        )
    )


def cancel(floor: Floor, callback_id: str) -> CommandDone:
    return floor.command(CancelCallback(command_id=uuid4(), not_after=floor.now, callback_id=CallbackId(callback_id)))


def dials(floor: Floor) -> list[tuple[str, str]]:
    """Unique id and number of every call made for a promise since the last look."""
    return [(dial.unique_id, dial.number) for dial in floor.actions(DialPromised)]


def leg(floor: Floor, unique_id: str) -> tuple[datetime, NodeName, ChannelName, str, CallId, None]:
    return floor.now, NODE, ChannelName(f"PJSIP/trunk-{unique_id}"), unique_id, CallId(""), None


def opens(floor: Floor, unique_id: str) -> None:
    floor.tell(facts.LegOpened(*leg(floor, unique_id)))


def ends(floor: Floor, unique_id: str, cause: int) -> None:
    """The customer's telephone, before the answer."""
    floor.tell(facts.LegGone(*leg(floor, unique_id), cause))


def customer_answers(floor: Floor, unique_id: str) -> None:
    callback_id = CallbackId(unique_id.removeprefix("n1-callback-").rpartition("-")[0])
    floor.tell(facts.CallbackAnswered(*floor.head(unique_id), callback_id=callback_id))


def customer_waits(floor: Floor, unique_id: str) -> None:
    """The greeting is over."""
    floor.tell(facts.CallerWaiting(*floor.head(unique_id), QueueName("general"), 0))


def delivered(floor: Floor) -> list[tuple[str, str]]:
    return [(redirect.channel, redirect.exten) for redirect in floor.actions(Redirect)]


def live_leg(unique_id: str, context: str, state: LegState = LegState.UP) -> LiveLeg:
    return LiveLeg(
        channel=caller_channel(unique_id),
        unique_id=unique_id,
        call_id=CallId(unique_id if state is LegState.UP else ""),
        state=state,
        context=context,
        age_seconds=3,
        agent_id=None,
        queue=QueueName("general"),
        priority=0,
        did="10010",
        caller="13900000001",
        attempt_id=None,
        queued_at=None,
        served_by=None,
    )


def closed(floor: Floor) -> list[tuple[str, CallbackEnd]]:
    return [(event.callback_id, event.end) for event in floor.all_of(CallbackClosed)]


def called(floor: Floor, unique_id: str = FIRST) -> None:
    """A promise of c1 whose customer's telephone rings while 8001 is kept."""
    books(floor)
    floor.login("8001")
    floor.pass_time(1)
    opens(floor, unique_id)
    floor.forget()
