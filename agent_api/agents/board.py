"""The present, in memory: last retained snapshot of every agent, queue and process, calls on the floor, notices."""

from dataclasses import dataclass
from typing import Any

from acd.contracts.snapshots import AgentSnapshot, ProcessSnapshot, QueueSnapshot

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class BoardNotice:
    """Something a supervisor told the desks of these centres."""

    centers: frozenset[str]
    queue: str | None
    content: Json


class Board:
    def __init__(self) -> None:
        self.agents: dict[str, AgentSnapshot] = {}
        self.queues: dict[str, QueueSnapshot] = {}
        self.processes: dict[str, ProcessSnapshot] = {}
        self.calls: dict[str, Json] = {}
        """Calls that wait, ring or talk, as the floor shows them."""
        self.notices: dict[str, BoardNotice] = {}

    @property
    def acd_up(self) -> bool:
        acd = self.processes.get("acd")
        return acd is not None and acd.up
