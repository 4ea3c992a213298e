"""Reading one AMI message: required headers are named when missing, nothing reads as ''. No meaning in here."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from acd.contracts.dialplan import Variable
from acd.contracts.ids import AgentId, CallId, ChannelName
from acd.core.errors import BadMessage

Message = Mapping[str, str | list[str]]
"""Header name as Asterisk sends it; a repeated header is a list."""

AGENT_ENDPOINT = re.compile(r"([0-9]{4,6})(w?)")
AGENT_CHANNEL = re.compile(r"PJSIP/([0-9]{4,6})w?-[0-9a-f]+")
IDENTIFIER = re.compile(r"[A-Za-z0-9._-]{1,80}")
LOCAL = "Local/"
UNSET = "(null)"


def required(message: Message, name: str) -> str:
    value = message.get(name)
    if not isinstance(value, str) or not value:
        event = message.get("UserEvent") or message.get("Event")
        raise BadMessage(f"{event}: {name} missing")
    return value


def optional(message: Message, name: str) -> str:
    value = message.get(name, "")
    return value if isinstance(value, str) else ""


def moment(message: Message) -> datetime:
    """Asterisk's own time of the event (manager.conf: timestampevents=yes)."""
    return epoch(required(message, "Timestamp"))


def epoch(text: str) -> datetime:
    try:
        return datetime.fromtimestamp(float(text), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise BadMessage("a time is no number") from error


def integer(message: Message, name: str, default: int = 0) -> int:
    text = optional(message, name)
    try:
        return int(text) if text else default
    except ValueError as error:
        raise BadMessage(f"{name} is no number") from error


def identifier(text: str) -> str:
    if not IDENTIFIER.fullmatch(text):
        raise BadMessage("an id holds characters it must not")
    return text


def call_of(message: Message, prefix: str = "") -> CallId:
    """The call a channel belongs to, from `channelvars` in manager.conf; empty when it has none (yet)."""
    value = variables(message, f"{prefix}ChanVariable").get(Variable.CALL_ID, "")
    return CallId(identifier(value)) if value else CallId("")


def variables(message: Message, header: str) -> dict[str, str]:
    value = message.get(header, [])
    pairs = (line.partition("=") for line in ([value] if isinstance(value, str) else value))
    return {name: "" if text == UNSET else text for name, _, text in pairs}


def channel(message: Message, name: str = "Channel") -> ChannelName:
    return ChannelName(required(message, name))


def agent_of(channel_name: str) -> AgentId | None:
    """Whose telephone or browser this is a leg of."""
    found = AGENT_CHANNEL.fullmatch(channel_name)
    return AgentId(found[1]) if found else None
