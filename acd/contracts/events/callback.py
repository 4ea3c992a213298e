"""Promised calls (call-back that keeps the place in the queue)."""

from typing import Literal

from pydantic import AwareDatetime, Field

from acd.contracts.events.base import Envelope
from acd.contracts.ids import AgentId, CallbackId, CallId, QueueName
from acd.contracts.vocabulary import CallbackEnd


class CallbackEventBase(Envelope):
    callback_id: CallbackId
    queue: QueueName


class CallbackBooked(CallbackEventBase):
    type: Literal["callback.booked"] = "callback.booked"
    number: str = Field(max_length=32)
    call_id: CallId | None = None
    """The call whose place was kept."""
    place_at: AwareDatetime
    """Seniority: when that call joined the queue."""
    expires_at: AwareDatetime


class CallbackDialled(CallbackEventBase):
    """An agent is reserved and the customer (or first the agent) is being called; the talk is the call `call_id`."""

    type: Literal["callback.dialled"] = "callback.dialled"
    attempt: int = Field(ge=1)
    agent_id: AgentId


class CallbackMissed(CallbackEventBase):
    """This attempt came to nothing; another follows at `next_at`."""

    type: Literal["callback.missed"] = "callback.missed"
    attempt: int = Field(ge=1)
    cause: str = Field(max_length=40)
    next_at: AwareDatetime | None = None


class CallbackClosed(CallbackEventBase):
    type: Literal["callback.closed"] = "callback.closed"
    end: CallbackEnd
    call_id: CallId | None = None
    """The conversation, when there was one."""
