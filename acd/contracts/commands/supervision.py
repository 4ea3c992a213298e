"""What a supervisor does to calls. `agent_id` is the supervisor, whose telephone rings to listen."""

from typing import Literal

from pydantic import Field

from acd.contracts.commands.base import AGENT_NUMBER, AgentCommand, CommandBase
from acd.contracts.commands.calls import Target
from acd.contracts.ids import CallId
from acd.contracts.vocabulary import SpyMode


class SpyOnCall(AgentCommand):
    """Listen, whisper or barge; said again with another mode it changes the mode without ringing anew."""

    type: Literal["supervision.spy"] = "supervision.spy"
    call_id: CallId
    mode: SpyMode


class StopSpying(AgentCommand):
    type: Literal["supervision.stop"] = "supervision.stop"
    call_id: CallId


class TakeOverCall(AgentCommand):
    """The supervisor has the customer, the agent is out (wrap-up)."""

    type: Literal["supervision.take_over"] = "supervision.take_over"
    call_id: CallId


class RedirectWaiting(CommandBase):
    """A waiting caller to another queue or to one agent; seniority is kept."""

    type: Literal["supervision.redirect"] = "supervision.redirect"
    call_id: CallId
    to: Target
    by: str = Field(pattern=AGENT_NUMBER)
