"""Facts the ACD publishes, past tense. Readers ignore fields they do not know.

Times are aware UTC datetimes taken from AMI's own time stamps, never the reader's clock. Durations carry their unit in
the name. Caller-controlled text is limited in length and never part of a topic.
"""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from acd.contracts.ids import AgentId, AttemptId, CallId, NodeName, QueueName
from acd.contracts.vocabulary import (
    AbandonStage,
    AgentState,
    AttemptCode,
    BlockRule,
    Direction,
    HangupSide,
    IvrOutcome,
    PasswordResult,
    PauseReason,
)


class Envelope(BaseModel):
    """What every event carries. `seq` runs 1, 2, 3 … within one `stream` (one start of the publisher)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    event_id: UUID
    stream: UUID
    seq: int = Field(ge=1)
    at: AwareDatetime
    node: NodeName = NodeName("")


class CallEventBase(Envelope):
    call_id: CallId


class CallOffered(CallEventBase):
    """A call reached the hotline, or an outbound attempt was answered and became a call."""

    type: Literal["call.offered"] = "call.offered"
    direction: Direction
    did: str = Field(max_length=32)
    caller_number: str = Field(default="", max_length=32)
    """The customer's number: the caller of an inbound call, the called party of an outbound one. Empty if withheld."""


class CallIvrAnswered(CallEventBase):
    """The system picked up: the first prompt starts (t_ivr_answer)."""

    type: Literal["call.ivr_answered"] = "call.ivr_answered"


class CallIvrVisited(CallEventBase):
    """The caller passed one menu node. `key` is never a password digit."""

    type: Literal["call.ivr_visited"] = "call.ivr_visited"
    menu_node: str = Field(max_length=40)
    key: str = Field(default="", max_length=16)
    outcome: str = Field(default="", max_length=40)


class CallIdentified(CallEventBase):
    """Who is calling, and how sure we are (levels of requirements.md 4.4.1)."""

    type: Literal["call.identified"] = "call.identified"
    customer_id: str = Field(max_length=40)
    auth_level: int = Field(ge=0, le=3)


class CallPasswordChecked(CallEventBase):
    """The caller was in the password menu; nobody learns what was keyed."""

    type: Literal["call.password_checked"] = "call.password_checked"
    result: PasswordResult


class CallAgentRequested(CallEventBase):
    """The caller asked for a human in the menu (is_ivr_agent_intent)."""

    type: Literal["call.agent_requested"] = "call.agent_requested"
    queue: QueueName
    reason: str = Field(default="", max_length=40)


class CallIvrLeft(CallEventBase):
    type: Literal["call.ivr_left"] = "call.ivr_left"
    outcome: IvrOutcome


class CallQueued(CallEventBase):
    """The caller entered the waiting room (is_agent_req, t_req). Once per stay: a missed ring does not repeat it."""

    type: Literal["call.queued"] = "call.queued"
    queue: QueueName
    priority: int
    position: int = Field(ge=1)
    fallback: bool = False
    """True when app_queue, not the ACD, holds the caller (the ACD's lease had run out)."""


class CallAgentRinging(CallEventBase):
    type: Literal["call.agent_ringing"] = "call.agent_ringing"
    queue: QueueName
    agent_id: AgentId
    decision: str = Field(max_length=400)
    """Why this agent, in words."""


class CallAgentMissed(CallEventBase):
    type: Literal["call.agent_missed"] = "call.agent_missed"
    queue: QueueName
    agent_id: AgentId
    ring_ms: int = Field(ge=0)
    cause: str = Field(max_length=40)


class CallConnected(CallEventBase):
    """An agent answered; `at` is the start of the agent-number announcement (t_answer)."""

    type: Literal["call.connected"] = "call.connected"
    queue: QueueName
    agent_id: AgentId
    wait_ms: int = Field(ge=0)
    ring_ms: int = Field(ge=0)


class CallHeld(CallEventBase):
    type: Literal["call.held"] = "call.held"
    agent_id: AgentId


class CallResumed(CallEventBase):
    type: Literal["call.resumed"] = "call.resumed"
    agent_id: AgentId
    hold_ms: int = Field(ge=0)


class CallTransferred(CallEventBase):
    type: Literal["call.transferred"] = "call.transferred"
    kind: Literal["blind", "attended", "blonde"]
    by: AgentId
    to: str = Field(max_length=64)


class CallAbandoned(CallEventBase):
    type: Literal["call.abandoned"] = "call.abandoned"
    stage: AbandonStage
    queue: QueueName | None = None
    wait_ms: int = Field(ge=0)


class CallSurveyed(CallEventBase):
    """1 满意, 2 一般, 3 不满意."""

    type: Literal["call.surveyed"] = "call.surveyed"
    agent_id: AgentId | None = None
    satisfaction: int = Field(ge=1, le=3)
    dissatisfaction_reason: str = Field(default="", max_length=40)


class CallEnded(CallEventBase):
    """The call is over. Totals are of this call's agent legs."""

    type: Literal["call.ended"] = "call.ended"
    hangup_side: HangupSide
    hangup_cause: int
    """ITU-T Q.850 cause."""
    talk_ms: int = Field(default=0, ge=0)
    hold_ms: int = Field(default=0, ge=0)
    agent_id: AgentId | None = None
    dropped: bool = False
    incomplete: bool = False
    """True when the end (or part of the life) was not seen and had to be inferred."""


class AgentStateChanged(Envelope):
    type: Literal["agent.state_changed"] = "agent.state_changed"
    agent_id: AgentId
    state: AgentState
    reason: PauseReason | None = None
    since: datetime
    call_id: CallId | None = None
    previous_state: AgentState
    previous_since: datetime


class AttemptStarted(Envelope):
    type: Literal["attempt.started"] = "attempt.started"
    attempt_id: AttemptId


class AttemptAnswered(Envelope):
    type: Literal["attempt.answered"] = "attempt.answered"
    attempt_id: AttemptId
    call_id: CallId


class AttemptFinished(Envelope):
    type: Literal["attempt.finished"] = "attempt.finished"
    attempt_id: AttemptId
    code: AttemptCode
    rule: BlockRule | None = None
    hangup_cause: int = 0
    talk_ms: int = Field(default=0, ge=0)
    call_id: CallId | None = None


class FaxFinished(Envelope):
    """A fax was sent, or not: to a number (SendFax) or to the caller's own machine (fax_id is then the call's)."""

    type: Literal["fax.finished"] = "fax.finished"
    fax_id: str = Field(max_length=64)
    ok: bool
    pages: int = Field(default=0, ge=0)
    reason: str = Field(default="", max_length=80)


class CommandDone(Envelope):
    """Answer to a command: done, or refused with a stable code ("agent.not_logged_in")."""

    type: Literal["command.done"] = "command.done"
    command_id: UUID
    ok: bool
    code: str = Field(default="", max_length=80)


class AcdStarted(Envelope):
    type: Literal["acd.started"] = "acd.started"


class AcdLinkUp(Envelope):
    type: Literal["acd.link_up"] = "acd.link_up"


class AcdLinkDown(Envelope):
    type: Literal["acd.link_down"] = "acd.link_down"
    reason: str = Field(default="", max_length=200)


CallEvent = (
    CallOffered
    | CallIvrAnswered
    | CallIvrVisited
    | CallIdentified
    | CallPasswordChecked
    | CallAgentRequested
    | CallIvrLeft
    | CallQueued
    | CallAgentRinging
    | CallAgentMissed
    | CallConnected
    | CallHeld
    | CallResumed
    | CallTransferred
    | CallAbandoned
    | CallSurveyed
    | CallEnded
)
AttemptEvent = AttemptStarted | AttemptAnswered | AttemptFinished
SystemEvent = AcdStarted | AcdLinkUp | AcdLinkDown
Event = Annotated[
    CallEvent | AgentStateChanged | AttemptEvent | FaxFinished | CommandDone | SystemEvent, Field(discriminator="type")
]
EVENT: TypeAdapter[Event] = TypeAdapter(Event)
