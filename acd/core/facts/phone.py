"""What the agents' telephones do."""

from dataclasses import dataclass

from acd.contracts.ids import AgentId, CallId, ChannelName
from acd.contracts.vocabulary import Device
from acd.core.facts.base import Fact


@dataclass(frozen=True, slots=True)
class PhoneFact(Fact):
    agent_id: AgentId
    channel: ChannelName
    call_id: CallId


@dataclass(frozen=True, slots=True)
class PhoneDialled(PhoneFact):
    pass


@dataclass(frozen=True, slots=True)
class PhoneAlerted(PhoneFact):
    """The phone said that it rings (180), which tells a missed ring from a phone that is not there."""


@dataclass(frozen=True, slots=True)
class PhoneAnswered(PhoneFact):
    """The agent picked up: the agent-number announcement starts now (t_answer); DialEnd comes only after it."""


@dataclass(frozen=True, slots=True)
class PhoneFailed(PhoneFact):
    status: str


@dataclass(frozen=True, slots=True)
class PhoneHeld(PhoneFact):
    pass


@dataclass(frozen=True, slots=True)
class PhoneResumed(PhoneFact):
    pass


@dataclass(frozen=True, slots=True)
class PhoneJoined(PhoneFact):
    """Hears somebody from now on: the customer, who is asked, a conference."""


@dataclass(frozen=True, slots=True)
class PhoneReachable(Fact):
    """A telephone of this agent registered, or is heard of again."""

    agent_id: AgentId
    device: Device
