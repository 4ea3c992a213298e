"""What a call record (CEL) says, as the facts the manager interface would have brought. Pure; reads no file.

The records are written by Asterisk itself, whoever listens or not: they tell what happened while nobody watched.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from acd.contracts.ids import CallId, ChannelName, NodeName
from acd.core import facts
from acd.core.errors import BadMessage
from acd.core.facts import Fact
from acd.core.messages.headers import LOCAL, agent_of, epoch
from acd.core.messages.translate import translate

USER_EVENT = "UserEvent"
APPLICATION = ("APP_START", "APP_END")


@dataclass(frozen=True, slots=True)
class Record:
    """One line of cel.csv; columns as in dialplans/cel_custom.conf."""

    event: str
    at: str
    """Epoch seconds with a fraction."""
    linked_id: str
    unique_id: str
    channel: str
    app: str = ""
    app_data: str = ""
    extra: str = ""
    """JSON; a HANGUP has `hangupcause` and `hangupsource`."""


def ended_calls(records: Iterable[Record], node: NodeName, since: datetime) -> dict[CallId, tuple[Fact, ...]]:
    """The calls that ended after `since`, in order of their end, each with all its facts among the records."""
    told: defaultdict[str, list[Fact]] = defaultdict(list)
    ended: dict[CallId, tuple[Fact, ...]] = {}
    for record in _said_once(records):
        try:
            told[record.linked_id].extend(facts_of(record, node))
            at = epoch(record.at)
        except BadMessage:
            continue
        if record.event == "LINKEDID_END" and at > since:
            ended[CallId(record.linked_id)] = tuple(told.pop(record.linked_id))
    return ended


def _said_once(records: Iterable[Record]) -> Iterator[Record]:
    """Without the second telling of a user event: of two applications of one name in a row Asterisk records the start
    of the first and the end of the second, of one alone its start and, some time later, its end."""
    last: dict[str, str] = {}
    for record in records:
        if record.app == USER_EVENT and record.event in APPLICATION:
            if last.get(record.unique_id) == record.app_data:
                continue
            last[record.unique_id] = record.app_data
        yield record


def facts_of(record: Record, node: NodeName) -> tuple[Fact, ...]:
    """Raises BadMessage as `translate` does. Local channels are app_queue's inner plumbing."""
    if record.channel.startswith(LOCAL):
        return ()
    if record.app == USER_EVENT and record.event in APPLICATION:
        fact = translate(_user_event(record), node)
        return (fact,) if fact else ()
    agent_id, channel, call_id = agent_of(record.channel), ChannelName(record.channel), CallId(record.linked_id)
    at = epoch(record.at)
    match record.event:
        case "CHAN_START" if agent_id:
            return (facts.PhoneDialled(at, node, agent_id, channel, call_id),)
        case "ANSWER" if agent_id:
            return (facts.PhoneAnswered(at, node, agent_id, channel, call_id),)
        case "HANGUP":
            head = (at, node, channel, record.unique_id, call_id, agent_id)
            cause, source = _hangup(record.extra)
            gone = facts.LegGone(*head, cause)
            return (facts.HangupAsked(*head), gone) if source == record.channel else (gone,)
        case _:
            return ()


def _user_event(record: Record) -> dict[str, str | list[str]]:
    """The message the same application sent to the manager interface."""
    name, *pairs = record.app_data.split(",")
    fields = {key.strip(): value.strip() for key, colon, value in (pair.partition(":") for pair in pairs) if colon}
    return {**fields, "Event": "UserEvent", "UserEvent": name, "Timestamp": record.at, "Channel": record.channel}


def _hangup(extra: str) -> tuple[int, str]:
    try:
        told = json.loads(extra)
        return int(told["hangupcause"]), str(told["hangupsource"])
    except (ValueError, KeyError, TypeError):
        return 0, ""
