"""One installation's copy of a ticket, and how copies stay the same. Pure.

The side of the accepting centre gives every act its place in the timeline. Others act on their copy at once and
propose the act to that side; what comes back is the order that holds. So a copy is what the accepting side confirmed,
followed by own acts still on their way; news that comes between goes before them, and what no longer fits is left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from agent_api.exchange.home_rule import CUSTOMER_ACTS
from agent_api.exchange.wire import Entry, Payload
from agent_api.exchange.words import Kind
from agent_api.tickets import workflow
from agent_api.tickets.words import Happening, Refusal, Ticket


class Refused(Exception):
    """A message that can never be taken; `code` goes back to its sender."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Send:
    peer: str
    payload: Payload
    asked_by: str = ""
    """Peer whose proposal is passed on."""


@dataclass(frozen=True, slots=True)
class Replica:
    first: Ticket
    upstream: str = ""
    """Peer on the way to the accepting centre; empty: it is here."""
    entries: tuple[Entry, ...] = ()
    confirmed: int = 0
    """How many of the entries have their final place."""
    told: Mapping[str, int] = field(default_factory=dict)
    """Peers on the ways to other units, and how many confirmed entries each was sent."""

    @property
    def is_home(self) -> bool:
        return not self.upstream

    @property
    def pending(self) -> tuple[Entry, ...]:
        return self.entries[self.confirmed :]


def acted(replica: Replica, count: int) -> tuple[Replica, list[Send]]:
    """The last `count` entries are acts of our own desks that nobody else knows."""
    if replica.is_home:
        return replace(replica, confirmed=len(replica.entries)), []
    place = len(replica.entries) - count
    return replica, [Send(replica.upstream, proposal(entry)) for entry in replica.entries[place:]]


def proposed(replica: Replica, peer: str, entry: Entry) -> tuple[Replica, list[Send]]:
    """A peer's act: judged where the accepting centre is, passed on elsewhere."""
    placed = _try(state_of(replica.first, replica.entries), entry)
    if replica.is_home:
        if entry.act in CUSTOMER_ACTS:
            raise Refused("ticket.owned_elsewhere")
        if isinstance(placed, str):
            raise Refused(placed)
        entries = (*replica.entries, placed)
        return replace(replica, entries=entries, confirmed=len(entries)), []
    on = [Send(replica.upstream, proposal(entry), asked_by=peer)]
    if isinstance(placed, str):
        return replica, on
    return replace(replica, entries=(*replica.entries, placed)), on


def heard(replica: Replica, base: int, news: Sequence[Entry]) -> Replica:
    """The accepting side's next entries. What is known already changes nothing."""
    known = replica.confirmed
    overlap = [each.act_id for each in replica.entries[base:known]]
    if base > known or [each.act_id for each in news[: known - base]] != overlap[: len(news)]:
        raise Refused("exchange.history_differs")
    return _settled(replica, (*replica.entries[:known], *news[known - base :]), known)


def replaced(replica: Replica, all_entries: Sequence[Entry]) -> Replica:
    """The accepting side's whole timeline instead of ours."""
    return _settled(replica, tuple(all_entries), 0)


def withdrawn(replica: Replica, act_id: str) -> Replica:
    """Without an own act that was refused."""
    pending = list(replica.pending)
    place = next((index for index, each in enumerate(pending) if each.act_id == act_id), None)
    if place is None:
        return replica
    del pending[place]
    return _with_pending(replica, replica.entries[: replica.confirmed], pending)


def tell(replica: Replica, units: Iterable[str]) -> tuple[Replica, list[Send]]:
    """What the peers on the ways to these units, and to earlier ones, do not know yet."""
    told, sends = dict(replica.told), []
    for peer in sorted({*told, *units} - {replica.upstream, ""}):
        if peer not in told:
            sends.append(Send(peer, whole(replica)))
        else:
            sends += [Send(peer, _news(replica, place)) for place in range(told[peer], replica.confirmed)]
        told[peer] = replica.confirmed
    return replace(replica, told=told), sends


def whole(replica: Replica) -> Payload:
    return Payload(kind=Kind.COPY, entries=replica.entries[: replica.confirmed])


def proposal(entry: Entry) -> Payload:
    return Payload(kind=Kind.PROPOSAL, entries=(entry,), act_id=entry.act_id)


def _news(replica: Replica, place: int) -> Payload:
    return Payload(kind=Kind.NEWS, base=place, entries=(replica.entries[place],))


def _settled(replica: Replica, confirmed: tuple[Entry, ...], known: int) -> Replica:
    pending = list(replica.pending)
    for entry in confirmed[known:]:
        own = next((each for each in pending if each.act_id == entry.act_id), None)
        if own is not None:
            pending.remove(own)
    return _with_pending(replica, confirmed, pending)


def _with_pending(replica: Replica, confirmed: tuple[Entry, ...], pending: Iterable[Entry]) -> Replica:
    ticket = state_of(replica.first, confirmed)
    kept: list[Entry] = []
    for entry in pending:
        placed = _try(ticket, entry)
        if not isinstance(placed, str):
            kept.append(placed)
            ticket = workflow.step(ticket, happening(entry))
    return replace(replica, entries=(*confirmed, *kept), confirmed=len(confirmed))


def state_of(first: Ticket, entries: Iterable[Entry]) -> Ticket:
    """Both sides must read the same history alike; a side with another version of the flows says so."""
    ticket = first
    for entry in entries:
        try:
            ticket = workflow.step(ticket, happening(entry))
        except Refusal as refusal:
            raise Refused("exchange.history_unreadable") from refusal
        if ticket.state.value != entry.to_state:
            raise Refused("exchange.history_unreadable")
    return ticket


def _try(ticket: Ticket, entry: Entry) -> Entry | str:
    """The entry as it stands behind this state, or the code of the refusal."""
    try:
        after = workflow.step(ticket, happening(entry))
    except Refusal as refusal:
        return refusal.code
    return entry.model_copy(update={"from_state": ticket.state.value, "to_state": after.state.value})


def happening(entry: Entry) -> Happening:
    return Happening(entry.act, entry.at, entry.comment, entry.data, entry.actor)
