"""What the core may ask for. Actions go to Asterisk at once; the rest follows behind them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from acd.contracts.dialplan import Context, Variable
from acd.contracts.events import Event
from acd.contracts.ids import AgentId, AttemptId, CallbackId, ChannelName, NodeName, QueueName
from acd.contracts.vocabulary import SpyMode
from acd.core.facts import TimerKey

# ---- actions on a node ------------------------------------------


@dataclass(frozen=True, slots=True)
class OnNode:
    node: NodeName


@dataclass(frozen=True, slots=True)
class Redirect(OnNode):
    channel: ChannelName
    context: Context
    exten: str


@dataclass(frozen=True, slots=True)
class Hangup(OnNode):
    channel: ChannelName


@dataclass(frozen=True, slots=True)
class SetVariables(OnNode):
    """On a channel, in this order; each value is checked for control characters by the adapter."""

    channel: ChannelName
    values: tuple[tuple[Variable, str], ...]


@dataclass(frozen=True, slots=True)
class SetGlobal(OnNode):
    name: Variable
    value: str
    of: str = ""
    """The agent whose own it is; the variable's name ends with it."""


@dataclass(frozen=True, slots=True)
class Originate(OnNode):
    """Call a debtor. The channel's unique id is ours, so that its hang-up cause finds the attempt."""

    attempt_id: AttemptId
    unique_id: str
    number: str
    language: str
    ring_seconds: int


@dataclass(frozen=True, slots=True)
class DialPromised(OnNode):
    """Call a customer back. `unique_id` becomes the id of the call."""

    callback_id: CallbackId
    unique_id: str
    number: str
    ring_seconds: int
    queue: QueueName
    priority: int
    place_at: datetime
    language: str
    agent_channel: ChannelName | None
    """Agent first: the leg that waits."""


@dataclass(frozen=True, slots=True)
class RingForPromise(OnNode):
    """Agent first: ring the agent's phones; `unique_id` is the customer's leg to come."""

    callback_id: CallbackId
    unique_id: str
    agent_id: AgentId
    language: str


@dataclass(frozen=True, slots=True)
class RedirectPair(OnNode):
    """Two bridged channels to two places at once, so that neither is hung up for the other's leaving."""

    channel: ChannelName
    context: Context
    other: ChannelName
    other_context: Context
    other_exten: str = "s"


@dataclass(frozen=True, slots=True)
class OriginateSpy(OnNode):
    """Ring one telephone of a supervisor, to listen to `spied`. `leg` is its channel's unique id."""

    leg: str
    phone: str
    customer: ChannelName
    spied: ChannelName
    mode: SpyMode
    shown: str


@dataclass(frozen=True, slots=True)
class ListenTo(OnNode):
    """A supervisor's telephone hears this leg from now on; one that still rings when it is answered."""

    leg: str
    spied: ChannelName
    mode: SpyMode
    answered: bool


@dataclass(frozen=True, slots=True)
class PressKey(OnNode):
    """As if the person at this leg had pressed it."""

    channel: ChannelName
    key: str


@dataclass(frozen=True, slots=True)
class MuteRecorder(OnNode):
    """The recorder of this customer's channel writes silence, or what it hears again."""

    channel: ChannelName
    muted: bool


@dataclass(frozen=True, slots=True)
class DialFax(OnNode):
    fax_id: str
    number: str
    file: str


@dataclass(frozen=True, slots=True)
class DialNotice(OnNode):
    notice_id: str
    number: str
    language: str
    prompts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddMember(OnNode):
    queue: QueueName
    agent_id: AgentId
    paused: bool


@dataclass(frozen=True, slots=True)
class RemoveMember(OnNode):
    queue: QueueName
    agent_id: AgentId


@dataclass(frozen=True, slots=True)
class PauseMember(OnNode):
    agent_id: AgentId
    paused: bool


@dataclass(frozen=True, slots=True)
class AskLegs(OnNode):
    """List everything alive: answered by the fact Resynced, and before it by CallsMissed with what ended `since`."""

    since: datetime


Action = (
    Redirect
    | RedirectPair
    | Hangup
    | OriginateSpy
    | ListenTo
    | PressKey
    | SetVariables
    | SetGlobal
    | Originate
    | DialPromised
    | RingForPromise
    | MuteRecorder
    | DialFax
    | DialNotice
    | AddMember
    | RemoveMember
    | PauseMember
    | AskLegs
)

# ---- the rest ------------------------------------------


@dataclass(frozen=True, slots=True)
class Publish:
    event: Event


@dataclass(frozen=True, slots=True)
class Show:
    """Retained state: only the latest per topic matters. None takes it back."""

    topic: str
    snapshot: BaseModel | None


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Replaces a running timer of the same key."""

    key: TimerKey
    at: datetime


@dataclass(frozen=True, slots=True)
class CancelTimer:
    key: TimerKey


@dataclass(frozen=True, slots=True)
class Replay:
    """Publish again, from the journal, what came after `after_seq` of `stream`."""

    command_id: UUID
    stream: UUID
    after_seq: int


AGENT_LEG = "-agent"
"""Ends the ActionID of a ring for a promise."""


class Kind(StrEnum):
    CALL = "call"
    AGENT = "agent"
    ATTEMPT = "attempt"
    PROMISE = "promise"  # to call back
    CONTACT = "contact"  # of a telephone number: who wanted an agent, and who served them
    TABLE = "table"  # of queues, the one in force
    CLOSED = "closed"  # queues closed by a supervisor


@dataclass(frozen=True, slots=True)
class Save:
    """Remember across a restart; None forgets."""

    kind: Kind
    key: str
    record: object | None


Effect = Action | Publish | Show | SetTimer | CancelTimer | Replay | Save

_NIL = UUID(int=0)


def unnumbered(at: datetime, node: NodeName = NodeName("")) -> dict[str, Any]:
    """The envelope of an event until the pump numbers it."""
    return {"event_id": _NIL, "stream": _NIL, "seq": 1, "at": at, "node": node}
