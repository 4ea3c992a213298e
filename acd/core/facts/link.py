"""The manager link of a node: up, down, in step again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from acd.contracts.ids import AgentId, AttemptId, CallId, ChannelName, QueueName
from acd.core.facts.base import Fact


class LegState(StrEnum):
    RINGING = "ringing"
    UP = "up"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class LiveLeg:
    """One channel as Asterisk lists it at resync."""

    channel: ChannelName
    unique_id: str
    call_id: CallId
    state: LegState
    context: str
    age_seconds: int
    agent_id: AgentId | None
    queue: QueueName
    priority: int
    did: str
    caller: str
    attempt_id: AttemptId | None
    queued_at: datetime | None
    served_by: AgentId | None
    """Who was last delivered this caller, by us or by app_queue."""
    recorded: bool = False
    """A recorder is on the channel."""
    joined: bool = False
    """With another channel, or in a conference."""


@dataclass(frozen=True, slots=True)
class LiveMember:
    """One of app_queue's members, as the node has it."""

    queue: QueueName
    agent_id: AgentId
    paused: bool


@dataclass(frozen=True, slots=True)
class LinkUp(Fact):
    pass


@dataclass(frozen=True, slots=True)
class LinkDown(Fact):
    reason: str


@dataclass(frozen=True, slots=True)
class NodeDied(Fact):
    """The machine answers that nobody listens there: Asterisk is gone, and its calls with it."""


@dataclass(frozen=True, slots=True)
class Resynced(Fact):
    """Everything alive on the node, complete, as answered to our question at LinkUp."""

    legs: tuple[LiveLeg, ...]
    members: tuple[LiveMember, ...] = ()


@dataclass(frozen=True, slots=True)
class CallsMissed(Fact):
    """Calls that ended after `since`, unwatched, as Asterisk's own records tell; comes before Resynced."""

    since: datetime
    calls: Mapping[CallId, tuple[Fact, ...]]


@dataclass(frozen=True, slots=True)
class RedirectRefused(Fact):
    """Asterisk would not move the caller (gone, or already elsewhere)."""

    channel: ChannelName
