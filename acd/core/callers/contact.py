"""What is remembered of one telephone number's latest contact: no more than routing needs."""

from dataclasses import dataclass
from datetime import datetime

from acd.contracts.ids import AgentId, CallId


@dataclass(frozen=True, slots=True)
class Contact:
    """The latest contact of one telephone number."""

    number: str
    call_id: CallId
    at: datetime
    """When an agent was last asked for."""
    agent_id: AgentId | None = None
    promise_over_at: datetime | None = None
    """When a promise to call this number back came to its end: kept, or given up."""
