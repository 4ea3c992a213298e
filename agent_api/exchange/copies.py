"""A ticket's copy between the tables and the pure rules of replica.py. Never commits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.exchange import repository
from agent_api.exchange.form import details_of
from agent_api.exchange.models import SharedTicket, TicketLink
from agent_api.exchange.replica import Replica
from agent_api.exchange.wire import Entry, TicketForm
from agent_api.tickets import replicas
from agent_api.tickets.models import TicketEvent, TicketRow


@dataclass(slots=True)
class Held:
    """A ticket that is here, with what the exchange knows of it."""

    row: TicketRow
    timeline: list[TicketEvent]
    shared: SharedTicket | None
    links: dict[str, TicketLink]
    replica: Replica


async def held(session: AsyncSession, ticket_no: str) -> Held | None:
    found = await replicas.find(session, ticket_no)
    if found is None:
        return None
    row, timeline = found
    shared = await session.get(SharedTicket, ticket_no)
    links = await repository.links(session, ticket_no)
    entries = tuple(entry_of(each) for each in timeline)
    copy = Replica(
        first=replicas.first_of(row),
        upstream=shared.upstream if shared else "",
        entries=entries,
        confirmed=shared.confirmed if shared else len(entries),
        told={peer: each.told for peer, each in links.items() if each.told is not None},
    )
    return Held(row, timeline, shared, links, copy)


async def save(session: AsyncSession, ticket: Held, after: Replica, now: datetime) -> None:
    """What `after` says of the timeline, the confirmed part and what was told."""
    before = ticket.replica.entries
    if ticket.shared is None:
        ticket.shared = SharedTicket(
            ticket_no=ticket.row.ticket_no,
            upstream=after.upstream,
            confirmed=after.confirmed,
            followed=len(before),
            files=[],
        )
        session.add(ticket.shared)
    ticket.shared.confirmed = after.confirmed
    if after.entries != before:
        kept = _common(before, after.entries)
        more = [event_of(entry) for entry in after.entries[kept:]]
        ticket.timeline = await replicas.rewrite(session, ticket.row, ticket.timeline, kept, more, now)
    for peer, told in after.told.items():
        link = ticket.links.get(peer) or await repository.link(session, ticket.row.ticket_no, peer)
        ticket.links[peer] = link
        link.told = told
    ticket.replica = after
    await _follow(session, ticket, ticket.shared)


async def _follow(session: AsyncSession, ticket: Held, shared: SharedTicket) -> None:
    """Each act that has found its final place, once. Of a ticket that is new here only the last act is news."""
    first, last = shared.followed, shared.confirmed
    if last <= first:
        return
    shared.followed = last
    await replicas.follow(session, ticket.row, ticket.timeline, range(first or last - 1, last))


async def open_copy(session: AsyncSession, form: TicketForm, upstream: str, now: datetime) -> Held:
    """A ticket that was accepted elsewhere, still without its timeline."""
    row = TicketRow(
        ticket_no=form.ticket_no,
        type=form.type,
        state="",
        title=form.title,
        description=form.content,
        category=form.category,
        level=form.level,
        vip=form.vip,
        tier=form.tier,
        customer_id=None,
        call_id=form.contact_id,
        contact_number=form.caller_no,
        repeat_of=form.repeat_of,
        created_by="",  # whoever accepted it works elsewhere; here the same number may be somebody else
        center_id=form.home_center,
        target=form.home_center,
        limit_hours=form.limit_hours,
        own_limits=replicas.limits_of(form.own_limits),
        source=None,
        flow=form.flow,
        first_level=form.first_level,
        legal_rule=form.legal_rule,
        channel=form.channel,
        details=details_of(form),
        reason_code=form.reason_code,
        external_id=form.external_id,
        external_system=form.external_system,
        round=1,
        urge_count=0,
        return_count=0,
        created_at=form.accept_time,
        updated_at=now,
    )
    first = replicas.first_of(row)
    row.state = first.state.value
    session.add(row)
    await session.flush()
    shared = SharedTicket(ticket_no=row.ticket_no, upstream=upstream, confirmed=0, followed=0, files=[])
    session.add(shared)
    await session.flush()
    return Held(row, [], shared, {}, Replica(first=first, upstream=upstream))


def entry_of(event: TicketEvent) -> Entry:
    names = ("act", "at", "actor", "role", "center_id", "comment", "data", "from_state", "to_state")
    return Entry.model_validate({name: getattr(event, name) for name in names})


def event_of(entry: Entry) -> TicketEvent:
    return TicketEvent(**entry.model_dump() | {"act": entry.act.value})


def _common(before: Sequence[Entry], after: Sequence[Entry]) -> int:
    pairs = zip(before, after, strict=False)
    return next((place for place, (old, new) in enumerate(pairs) if old != new), min(len(before), len(after)))
