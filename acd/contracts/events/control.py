"""What agents and supervisors did with a call: transfer, consultation, conference, help, listening, recording."""

from typing import Literal

from pydantic import Field

from acd.contracts.events.base import CallEventBase
from acd.contracts.ids import AgentId
from acd.contracts.vocabulary import ConsultEnd, RecordingState, SpyMode, TargetKind


class CallTransferred(CallEventBase):
    type: Literal["call.transferred"] = "call.transferred"
    kind: Literal["blind", "attended", "blonde"]
    by: AgentId
    to: str = Field(max_length=64)
    to_kind: TargetKind | None = None
    note: str = Field(default="", max_length=200)


class CallConsulting(CallEventBase):
    """The customer hears music, the agent asks somebody."""

    type: Literal["call.consulting"] = "call.consulting"
    agent_id: AgentId
    to_kind: TargetKind
    to: str = Field(max_length=64)


class CallConsultOver(CallEventBase):
    type: Literal["call.consult_over"] = "call.consult_over"
    agent_id: AgentId
    end: ConsultEnd
    consult_ms: int = Field(ge=0)


class CallConferenceChanged(CallEventBase):
    """Who hears each other now beside the customer: agent numbers, or `external`. Empty: it is over."""

    type: Literal["call.conference_changed"] = "call.conference_changed"
    parties: tuple[str, ...]


class CallHelpWanted(CallEventBase):
    """求助: the agent asks the supervisors for help."""

    type: Literal["call.help_wanted"] = "call.help_wanted"
    agent_id: AgentId
    note: str = Field(default="", max_length=200)


class CallAgentLost(CallEventBase):
    """The agent's phone vanished without hanging up: the caller hears music and is kept for the agent."""

    type: Literal["call.agent_lost"] = "call.agent_lost"
    agent_id: AgentId


class CallAgentBack(CallEventBase):
    type: Literal["call.agent_back"] = "call.agent_back"
    agent_id: AgentId
    away_ms: int = Field(ge=0)


class CallSpied(CallEventBase):
    """A supervisor listens, whispers, barges in, or (mode null) is gone again."""

    type: Literal["call.spied"] = "call.spied"
    supervisor: AgentId
    mode: SpyMode | None
    hears: AgentId | None = None
    """Whose talk: listening follows the call. None: nobody has the customer now, or it is over."""


class CallTakenOver(CallEventBase):
    type: Literal["call.taken_over"] = "call.taken_over"
    supervisor: AgentId
    agent_id: AgentId


class CallRecordingChanged(CallEventBase):
    """`file`: name within the node's recordings folder; one file a call, the customer left, agents right.

    `reason` of a pause and of its end: `secret` (silence is written), `away` (nobody with the customer, nothing is).
    """

    type: Literal["call.recording_changed"] = "call.recording_changed"
    state: RecordingState
    file: str = Field(max_length=120)
    reason: str = Field(default="", max_length=40)
