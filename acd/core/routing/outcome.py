"""What the engine answers."""

from dataclasses import dataclass
from datetime import datetime

from acd.contracts.ids import AgentId, CallId, QueueName
from acd.contracts.routing import Reason
from acd.core.routing.entry import Entry
from acd.core.routing.why import Choice, explain, in_words


@dataclass(frozen=True, slots=True)
class Decision:
    call_id: CallId
    """Of the entry: a call, or a promised one."""
    agent_id: AgentId
    queue: QueueName
    """The entry's own queue, whoever's agents serve it."""
    choice: Choice

    @property
    def why(self) -> tuple[Reason, ...]:
        return explain(self.choice)

    @property
    def reason(self) -> str:
        return in_words(self.why)


@dataclass(frozen=True, slots=True)
class Widened:
    """From now on agents of `to_queue` (or of more centres: then the same queue) may take the entry."""

    to_queue: QueueName
    reason: Reason


@dataclass(frozen=True, slots=True)
class Settled:
    entry: Entry
    next_at: datetime | None
    """When to call `reconsider` for this entry."""
    widened: tuple[Widened, ...]
