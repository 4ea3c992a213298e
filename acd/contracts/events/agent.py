"""Agents' states."""

from datetime import datetime
from typing import Literal

from acd.contracts.events.base import Envelope
from acd.contracts.ids import AgentId, CallId
from acd.contracts.vocabulary import AgentState, PauseReason


class AgentPauseOverdue(Envelope):
    """The pause lasts longer than its reason allows."""

    type: Literal["agent.pause_overdue"] = "agent.pause_overdue"
    agent_id: AgentId
    reason: PauseReason
    since: datetime
    due: datetime


class AgentStateChanged(Envelope):
    type: Literal["agent.state_changed"] = "agent.state_changed"
    agent_id: AgentId
    state: AgentState
    reason: PauseReason | None = None
    since: datetime
    call_id: CallId | None = None
    previous_state: AgentState
    previous_since: datetime
    by: str = ""
    """The supervisor who forced it; empty when the agent, a call or a timer did."""
