"""The dialplan's user events to facts. Names are in `acd.contracts.dialplan`."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from acd.contracts.dialplan import VISIT_SEPARATOR, UserEvent
from acd.contracts.ids import AgentId, AttemptId, CallbackId, CallId, CenterId, ChannelName, NodeName, QueueName
from acd.contracts.vocabulary import AttemptCode, IvrOutcome, PasswordResult, QueueExit
from acd.core import facts
from acd.core.errors import BadMessage
from acd.core.facts import Fact
from acd.core.messages.headers import IDENTIFIER, Message, channel, identifier, integer, moment, optional, required
from acd.core.routing import Mark


def user_event(message: Message, node: NodeName) -> Fact | None:
    name = optional(message, "UserEvent")
    if name == UserEvent.FAX_OVER:
        return _fax_over(message, node)
    if name == UserEvent.NOTICE_OVER:
        return _notice_over(message, node)
    reader = _USER_EVENTS.get(name)
    if reader is None:
        return None
    call_id = CallId(identifier(required(message, "CallId")))
    return reader(message, (moment(message), node, call_id, channel(message)))


EnumT = TypeVar("EnumT", bound=StrEnum)
Head = tuple[datetime, NodeName, CallId, ChannelName]


def _offered(message: Message, head: Head) -> Fact:
    return facts.CallArrived(*head, did=optional(message, "Did")[:32], caller=optional(message, "Caller")[:32])


def _visited(message: Message, head: Head) -> Fact:
    parts = [name.split(VISIT_SEPARATOR) for name in (required(message, "Node"), optional(message, "Key"))]
    parts.append(optional(message, "Outcome").split(VISIT_SEPARATOR))
    if len({len(part) for part in parts}) != 1:
        raise BadMessage("IvrVisited: as many keys and outcomes as nodes are wanted")
    return facts.MenuVisited(*head, tuple(facts.Visit(*visit) for visit in zip(*parts, strict=True)))


def _identified(message: Message, head: Head) -> Fact:
    return facts.CallerIdentified(*head, required(message, "Customer"), integer(message, "AuthLevel"))


def _agent_requested(message: Message, head: Head) -> Fact:
    return facts.AgentWanted(*head, QueueName(identifier(required(message, "Queue"))), optional(message, "Reason"))


def _left_menu(message: Message, head: Head) -> Fact:
    return facts.MenuLeft(*head, _member(IvrOutcome, required(message, "Outcome")))


def _waiting(message: Message, head: Head) -> Fact:
    center = CenterId(_identifier_or_nothing(message, "Center"))
    marks = tuple(mark for mark in optional(message, "Marks").split("-") if mark in set(Mark))
    manager = AgentId(_identifier_or_nothing(message, "Manager")) or None
    has_phone = optional(message, "ManagerPhone") == "yes"
    return facts.CallerWaiting(
        *head, *_place(message), center=center, marks=marks, manager=manager, manager_has_phone=has_phone
    )


def _identifier_or_nothing(message: Message, name: str) -> str:
    """What is only good to know loses no caller when it is odd."""
    text = optional(message, name)
    return text if IDENTIFIER.fullmatch(text) else ""


def _in_fallback(message: Message, head: Head) -> Fact:
    return facts.CallerInFallback(*head, *_place(message))


def _place(message: Message) -> tuple[QueueName, int]:
    # The channel's own Priority (its place in the dialplan) stands first under the same name; the caller's is the last.
    priority = message.get("Priority", "")
    own = {"Priority": priority[-1] if isinstance(priority, list) else priority}
    return QueueName(identifier(required(message, "Queue"))), integer(own, "Priority")


def _surveyed(message: Message, head: Head) -> Fact:
    satisfaction = integer(message, "Satisfaction")
    if satisfaction not in (1, 2, 3):
        raise BadMessage("SurveyAnswered: Satisfaction is none of 1, 2, 3")
    return facts.CallerSurveyed(*head, satisfaction, optional(message, "Reason"))


def _password_checked(message: Message, head: Head) -> Fact:
    return facts.PasswordChecked(*head, _member(PasswordResult, required(message, "Result")))


def _fax_over(message: Message, node: NodeName) -> Fact:
    ok = optional(message, "Status") == "SUCCESS"
    pages, reason = integer(message, "Pages"), "" if ok else optional(message, "Reason")
    return facts.FaxOver(moment(message), node, identifier(required(message, "FaxId")), ok, pages, reason)


def _notice_over(message: Message, node: NodeName) -> Fact:
    ok, notice_id = integer(message, "Heard") > 0, identifier(required(message, "NoticeId"))
    return facts.NoticeOver(moment(message), node, notice_id, ok, "" if ok else "hung up")


def _attempt_answered(message: Message, head: Head) -> Fact:
    return facts.AttemptPickedUp(*head, AttemptId(identifier(required(message, "AttemptId"))))


def _attempt_result(message: Message, head: Head) -> Fact:
    attempt_id = AttemptId(identifier(required(message, "AttemptId")))
    return facts.AttemptJudged(*head, attempt_id, _member(AttemptCode, required(message, "Code")))


def _callback_wanted(message: Message, head: Head) -> Fact:
    language = "en" if optional(message, "Language") == "en" else "zh"
    return facts.CallbackWanted(*head, optional(message, "Number")[:20], language)


def _promise(message: Message) -> CallbackId:
    return CallbackId(identifier(required(message, "CallbackId")))


def _member(kind: type[EnumT], text: str) -> EnumT:
    try:
        return kind(text)
    except ValueError as error:
        raise BadMessage(f"unknown {kind.__name__}") from error


_USER_EVENTS: dict[str, Callable[[Message, Head], Fact]] = {
    UserEvent.CALL_OFFERED: _offered,
    UserEvent.IVR_ANSWERED: lambda _, head: facts.MenuAnswered(*head),
    UserEvent.IVR_VISITED: _visited,
    UserEvent.IDENTIFIED: _identified,
    UserEvent.AGENT_REQUESTED: _agent_requested,
    UserEvent.IVR_LEFT: _left_menu,
    UserEvent.CALL_WAITING: _waiting,
    UserEvent.CALLER_ASKED: lambda message, head: facts.CallerAsked(*head, optional(message, "What")[:20]),
    UserEvent.QUEUE_LEFT: lambda message, head: facts.QueueLeft(*head, _member(QueueExit, required(message, "How"))),
    UserEvent.CALLBACK_WANTED: _callback_wanted,
    UserEvent.CALLBACK_ANSWERED: lambda message, head: facts.CallbackAnswered(*head, _promise(message)),
    UserEvent.CALLBACK_AGENT_READY: lambda message, head: facts.CallbackAgentReady(*head, _promise(message)),
    UserEvent.FALLBACK_WAITING: _in_fallback,
    UserEvent.AGENT_LOST: lambda _, head: facts.AgentLost(*head),
    UserEvent.SURVEY_ANSWERED: _surveyed,
    UserEvent.AGENT_REJOINED: lambda _, head: facts.AgentRejoined(*head),
    UserEvent.PASSWORD_CHECKED: _password_checked,
    UserEvent.ATTEMPT_ANSWERED: _attempt_answered,
    UserEvent.ATTEMPT_RESULT: _attempt_result,
}
