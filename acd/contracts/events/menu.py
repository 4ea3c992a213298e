"""The caller before the waiting room: arrival, menu, identity."""

from typing import Literal

from pydantic import Field

from acd.contracts.events.base import CallEventBase
from acd.contracts.ids import QueueName
from acd.contracts.vocabulary import Direction, IvrOutcome, PasswordResult


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
