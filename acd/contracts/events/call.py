"""Waiting, ringing, talking, and the end of a call."""

from typing import Literal

from pydantic import Field

from acd.contracts.events.base import CallEventBase
from acd.contracts.ids import AgentId, QueueName
from acd.contracts.routing import Reason
from acd.contracts.vocabulary import AbandonStage, HangupSide, QueueExit, TargetKind


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
    why: tuple[Reason, ...] = ()
    """The same as codes and values, for the call's page."""


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


class CallOverflowed(CallEventBase):
    """Agents of another queue (or of a wider circle of centres) may take the caller from now on."""

    type: Literal["call.overflowed"] = "call.overflowed"
    from_queue: QueueName
    to_queue: QueueName
    reason: Reason


class CallQueueLeft(CallEventBase):
    """The caller left the waiting room for something else than an agent, still on the line."""

    type: Literal["call.queue_left"] = "call.queue_left"
    queue: QueueName
    how: QueueExit
    wait_ms: int = Field(ge=0)


class CallRedirected(CallEventBase):
    """A supervisor sent the waiting caller elsewhere, seniority kept."""

    type: Literal["call.redirected"] = "call.redirected"
    queue: QueueName
    """Where the caller waited."""
    to_kind: TargetKind
    to: str = Field(max_length=64)
    by: AgentId


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
