"""Waiting entries in order of service per queue. Whom they wait for is the engine's business."""

from bisect import bisect_left, insort

from acd.contracts.ids import CallId, QueueName
from acd.core.routing.entry import Entry
from acd.core.routing.pools import Place, discard
from acd.core.routing.rules import Rules


class WaitingRoom:
    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._order: dict[QueueName, list[Place]] = {}
        self._entries: dict[CallId, tuple[Entry, QueueName, Place]] = {}

    def __contains__(self, entry_id: CallId) -> bool:
        return entry_id in self._entries

    def __len__(self) -> int:
        return len(self._entries)

    def entry(self, entry_id: CallId) -> Entry:
        return self._entries[entry_id][0]

    def entries(self) -> list[Entry]:
        return [entry for entry, _, _ in self._entries.values()]

    def place(self, entry_id: CallId) -> Place:
        return self._entries[entry_id][2]

    def add(self, entry: Entry) -> None:
        rule = self._rules.queue(entry.queue)
        place = (entry.rank(rule), entry.entry_id)
        self._entries[entry.entry_id] = (entry, rule.name, place)
        insort(self._order.setdefault(rule.name, []), place)

    def renew(self, entry: Entry) -> None:
        """The same place, with something else known of the entry."""
        _, queue, place = self._entries[entry.entry_id]
        self._entries[entry.entry_id] = (entry, queue, place)

    def remove(self, entry_id: CallId) -> Entry | None:
        known = self._entries.pop(entry_id, None)
        if known is None:
            return None
        entry, queue, place = known
        discard(self._order[queue], place)
        return entry

    def head(self, queue: QueueName) -> Place | None:
        order = self._order.get(queue)
        return order[0] if order else None

    def length(self, queue: QueueName) -> int:
        return len(self._order.get(queue, ()))

    def position(self, entry: Entry) -> int:
        """The place the entry would have, counted from 1."""
        rule = self._rules.queue(entry.queue)
        return bisect_left(self._order.get(rule.name, []), (entry.rank(rule), entry.entry_id)) + 1

    def ahead_of(self, entry_id: CallId) -> int:
        """How many of the same queue are served before this one."""
        _, queue, place = self._entries[entry_id]
        return bisect_left(self._order[queue], place)

    def order(self, queue: QueueName) -> list[CallId]:
        return [entry_id for _, entry_id in self._order.get(queue, ())]
