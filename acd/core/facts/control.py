"""Call control as Asterisk reports it: consultations, transfers by the telephone itself, supervisors listening."""

from dataclasses import dataclass

from acd.contracts.ids import CallId, ChannelName
from acd.core.facts.base import Fact
from acd.core.facts.caller import CallFact


@dataclass(frozen=True, slots=True)
class AgentRejoined(CallFact):
    """The agent's leg is going back to the customer: after holding, or after asking somebody."""


@dataclass(frozen=True, slots=True)
class OutsideFact(Fact):
    """A leg to somebody outside, dialled on behalf of a call."""

    call_id: CallId
    channel: ChannelName


@dataclass(frozen=True, slots=True)
class OutsideDialled(OutsideFact):
    pass


@dataclass(frozen=True, slots=True)
class OutsideAnswered(OutsideFact):
    pass


@dataclass(frozen=True, slots=True)
class AttendedTransferred(Fact):
    """A telephone joined two calls of its own (SIP REFER): the customer and `target` talk."""

    call_id: CallId
    by_channel: ChannelName
    target: ChannelName


@dataclass(frozen=True, slots=True)
class SpyFact(Fact):
    """`leg`: the unique id we gave the supervisor's leg; it ends with the call's id."""

    leg: str


@dataclass(frozen=True, slots=True)
class SpyStarted(SpyFact):
    channel: ChannelName


@dataclass(frozen=True, slots=True)
class SpyNotReached(SpyFact):
    pass
