"""The table of queues, compiled for the engine: queues by name, centres by their way up. Changes nothing."""

from collections.abc import Iterable
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from acd.contracts.ids import CenterId, QueueName
from acd.contracts.routing import QueueRule, RoutingTable

ALL_CENTERS = CenterId("")


def checked(table: RoutingTable) -> RoutingTable:
    """The table, or ValueError: what can only be known with the time zones of this machine at hand."""
    try:
        ZoneInfo(table.timezone)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(f"no such time zone: {table.timezone}") from error
    return table


class Mark(StrEnum):
    """What gives a caller points (RoutingTable.priorities)."""

    VIP = "vip"
    EMERGENCY = "emergency"
    COMPLAINT = "complaint"
    REPEATED = "repeated"
    AFTER_CALLBACK = "after_callback"


class Rules:
    def __init__(self, table: RoutingTable) -> None:
        self.table = table
        self.queues = MappingProxyType({rule.name: rule for rule in table.queues})
        self.reserving = tuple(rule for rule in table.queues if rule.reserve > 0)
        self._first = table.queues[0]
        self._chains: dict[CenterId, tuple[CenterId, ...]] = {}

    def queue(self, name: QueueName) -> QueueRule:
        """The queue of that name; callers of one nobody configured wait in the first."""
        return self.queues.get(name) or self._first

    def knows_center(self, center: CenterId) -> bool:
        return center in self.table.parents or center in self.table.parents.values()

    def chain(self, center: CenterId) -> tuple[CenterId, ...]:
        """The centre and those above it, and at last all centres together."""
        known = self._chains.get(center)
        if known is None:
            known = self._chains[center] = self._climb(center)
        return known

    def _climb(self, center: CenterId) -> tuple[CenterId, ...]:
        climbed: list[CenterId] = []
        while center and center not in climbed:  # a table that runs in a circle ends where it began
            climbed.append(center)
            center = self.table.parents.get(center, ALL_CENTERS)
        return (*climbed, ALL_CENTERS)

    def root(self, center: CenterId, reach: int) -> CenterId:
        """Under which centre the agents are whom a caller of `center` reaches: 0 the own, 1 above it, 2 all."""
        chain = self.chain(center)
        return ALL_CENTERS if reach >= 2 else chain[min(reach, len(chain) - 1)]

    def points(self, queue: QueueRule, asked: int, marks: Iterable[str]) -> int:
        """All the points of a call: the highest of queue and caller, then the menu's, repeated, after a call back."""
        priorities, marked = self.table.priorities, set(marks)
        kinds = {Mark.VIP: priorities.vip, Mark.EMERGENCY: priorities.emergency, Mark.COMPLAINT: priorities.complaint}
        kind = max((points for mark, points in kinds.items() if mark in marked), default=0)
        more = {Mark.REPEATED: priorities.repeated_within_24h, Mark.AFTER_CALLBACK: priorities.after_callback}
        return max(queue.base_priority, kind) + asked + sum(points for mark, points in more.items() if mark in marked)
