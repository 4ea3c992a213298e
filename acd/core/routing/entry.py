"""Who waits: a caller on the line, or somebody to be called back who has no line yet. No channel, no state."""

from dataclasses import dataclass
from datetime import datetime

from acd.contracts.ids import AgentId, CallId, CenterId, QueueName
from acd.contracts.routing import QueueRule

NO_CENTER = CenterId("")
"""Not known."""


@dataclass(frozen=True, slots=True)
class Wants:
    """What routing knows of a call beside queue, priority and seniority; kept with the call across a restart."""

    center: CenterId = NO_CENTER
    marks: tuple[str, ...] = ()
    manager: AgentId | None = None
    manager_has_phone: bool = False
    """The dialplan knows the manager's telephone outside, and has not rung it yet."""
    last_agent: AgentId | None = None
    pinned: AgentId | None = None
    pinned_by: str = ""
    opened: tuple[QueueName, ...] = ()
    reach: int = 0


NO_WANTS = Wants()


@dataclass(frozen=True, slots=True)
class Entry:
    """`entry_id` is the call's id, or for a promised call any id of the same kind."""

    entry_id: CallId
    queue: QueueName
    joined: datetime
    """Seniority: kept through a missed ring, a stay in app_queue or in a menu, and a call back."""
    points: int = 0
    """All of them together, see Rules.points."""
    center: CenterId = NO_CENTER
    """Empty: not known, every centre may serve."""
    manager: AgentId | None = None
    last_agent: AgentId | None = None
    pinned: AgentId | None = None
    """Only this agent, with no limit: a supervisor said so."""
    pinned_by: str = ""
    opened: tuple[QueueName, ...] = ()
    """Queues whose agents may take the entry as well, once opened for good."""
    reach: int = 0
    """The widest circle opened so far."""

    def rank(self, rule: QueueRule) -> float:
        """Place in the order of service; smaller is sooner. Independent of now, as all age alike: so nobody starves."""
        return self.joined.timestamp() - rule.seconds_per_priority * self.points

    def waited(self, now: datetime) -> float:
        return max(0.0, (now - self.joined).total_seconds())
