"""Who else is in a call beside customer and agent: who is asked, who confers, who listens. Records only."""

from dataclasses import dataclass
from datetime import datetime

from acd.contracts.ids import AgentId, ChannelName
from acd.contracts.vocabulary import SpyMode, TargetKind


@dataclass(frozen=True, slots=True)
class Consult:
    """`to`: agent number or number outside. `channels`: the telephones that ring, or the one that answered."""

    to_kind: TargetKind
    to: str
    since: datetime
    channels: tuple[ChannelName, ...] = ()
    channel: ChannelName | None = None
    """The one that answered."""
    by_phone: bool = False
    """Begun with the keys of the agent's telephone: Asterisk leads it, not we."""
    hands_over: bool = False
    """The agent has let go while it still rang: the customer follows when the ringing is over."""


@dataclass(frozen=True, slots=True)
class Party:
    """One more voice in a conference: an agent number, or `external`."""

    name: str
    channel: ChannelName
    agent_id: AgentId | None


@dataclass(frozen=True, slots=True)
class Spy:
    """A supervisor's telephones (`legs`: our unique ids), all rung until one answers and listens."""

    supervisor: AgentId
    legs: tuple[str, ...]
    mode: SpyMode
    hears: AgentId | None = None
    """Whose talk with the customer; None while nobody has the customer."""
    channel: ChannelName | None = None
    """The leg that listens."""
    takes_over: bool = False
    stays: bool = False
    """The agent's telephone has sent the call on: the end of its leg does not end the listening."""
