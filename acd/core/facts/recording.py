"""What the recorder on a customer's channel does, and whether the channel is joined with anybody."""

from dataclasses import dataclass

from acd.core.facts.caller import CallFact


@dataclass(frozen=True, slots=True)
class RecorderFact(CallFact):
    pass


@dataclass(frozen=True, slots=True)
class RecorderArmed(RecorderFact):
    """It writes from now on, while the channel is joined with another."""


@dataclass(frozen=True, slots=True)
class RecorderRested(RecorderFact):
    pass


@dataclass(frozen=True, slots=True)
class RecorderMuted(RecorderFact):
    muted: bool


@dataclass(frozen=True, slots=True)
class ChannelJoined(RecorderFact):
    """In a bridge, with one other or in a conference."""


@dataclass(frozen=True, slots=True)
class ChannelParted(RecorderFact):
    pass
