"""The present: last retained snapshot of every agent, queue and process, in memory."""

from acd.contracts.snapshots import AgentSnapshot, ProcessSnapshot, QueueSnapshot


class Board:
    def __init__(self) -> None:
        self.agents: dict[str, AgentSnapshot] = {}
        self.queues: dict[str, QueueSnapshot] = {}
        self.processes: dict[str, ProcessSnapshot] = {}

    @property
    def acd_up(self) -> bool:
        acd = self.processes.get("acd")
        return acd is not None and acd.up
