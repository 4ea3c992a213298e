"""What any leg does: open, ring, hang up, go; and a transfer by the telephone itself."""

from dataclasses import dataclass

from acd.contracts.ids import AgentId, CallId, ChannelName
from acd.core.facts.base import Fact


@dataclass(frozen=True, slots=True)
class LegFact(Fact):
    """`agent_id` when it is a leg of an agent's phone; `call_id` may be empty (not known yet, or no call of ours)."""

    channel: ChannelName
    unique_id: str
    call_id: CallId
    agent_id: AgentId | None


@dataclass(frozen=True, slots=True)
class LegOpened(LegFact):
    pass


@dataclass(frozen=True, slots=True)
class LegAlerted(LegFact):
    """The far end rings."""


@dataclass(frozen=True, slots=True)
class HangupAsked(LegFact):
    """The far side of this leg hung up; the first one of a call tells who ended it."""


@dataclass(frozen=True, slots=True)
class LegGone(LegFact):
    cause: int


@dataclass(frozen=True, slots=True)
class BlindTransferred(Fact):
    call_id: CallId
    by_channel: ChannelName
    to: str
