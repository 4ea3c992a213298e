"""Keeps events as received and says what is missing. The only door to the inbox for other features."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.events import EVENT, Event
from agent_api.db import lock_until_commit
from agent_api.eventlog import repository
from agent_api.eventlog.order import Place, Reading, Skipped

_INTAKE = 0x1A7A4E
_PAGE = 500


def subject_of(event: Event) -> str:
    for name in ("call_id", "callback_id", "agent_id", "attempt_id", "command_id"):
        # these name themselves first, though they may carry a call id
        if name == "call_id" and event.type.startswith(("agent.", "attempt.", "callback.")):
            continue
        if value := getattr(event, name, None):
            return str(value)
    return ""


def store(connection: Connection, events: Sequence[Event]) -> set[str]:
    """Add to the inbox; ids of those that were not there. Other replicas' intake waits until the commit."""
    lock_until_commit(connection, _INTAKE)
    rows = {
        str(event.event_id): {
            "event_id": str(event.event_id),
            "stream": str(event.stream),
            "seq": event.seq,
            "at": event.at,
            "kind": event.type.split(".", 1)[0],
            "type": event.type,
            "subject": subject_of(event),
            "payload": event.model_dump_json(),
        }
        for event in events
    }
    new = rows.keys() - repository.known(connection, rows.keys())
    if new:
        repository.insert(connection, [row for event_id, row in rows.items() if event_id in new])
    return set(new)


def events_of(
    connection: Connection, kind: str, subjects: Collection[str], but: Collection[str] = ()
) -> dict[str, list[Event]]:
    """What is stored of each subject, in one query; without the events whose ids are in `but`."""
    found: dict[str, list[Event]] = {subject: [] for subject in subjects}
    for subject, event_id, payload in repository.payloads(connection, kind, subjects) if subjects else ():
        if event_id not in but:
            found[subject].append(EVENT.validate_json(payload))
    return found


def subjects(connection: Connection, kind: str) -> Sequence[str]:
    return repository.subjects(connection, kind)


def all_events(connection: Connection, kind: str) -> Iterator[Event]:
    """Every stored event of a kind, in order of time."""
    after: tuple[datetime, str] | None = None
    while page := repository.payloads_after(connection, kind, after, _PAGE):
        for at, event_id, payload in page:
            yield EVENT.validate_json(payload)
            after = (at, event_id)


async def reading_of(session: AsyncSession, consumer: str) -> Reading:
    """How far this replica has read, streams in the order they were last read."""
    found = await repository.positions(session, consumer)
    return Reading({row.stream: Place(row.last_seq, row.last_at) for row in found})


def save_reading(connection: Connection, consumer: str, reading: Reading, streams: set[str], now: datetime) -> None:
    rows = [
        {"consumer": consumer, "stream": stream, "last_seq": place.seq, "last_at": place.at, "touched_at": now}
        for stream in streams
        if (place := reading.places.get(stream)) is not None
    ]
    repository.save_positions(connection, rows)


async def note_gaps(session: AsyncSession, gaps: Sequence[Skipped]) -> None:
    for gap in gaps:
        await repository.add_gap(session, gap.stream, gap.first, gap.last, gap.from_at, gap.to_at)


async def close_filled_gaps(session: AsyncSession) -> list[Skipped]:
    """Mark gaps whose every number has arrived, also after they were given up; what is still open."""
    still_open = []
    for gap in await repository.gaps(session, "open", "lost"):
        if await repository.count_between(session, gap.stream, gap.first_seq, gap.last_seq) == (
            gap.last_seq - gap.first_seq + 1
        ):
            gap.state = "filled"
        elif gap.state == "open":
            still_open.append(Skipped(gap.stream, gap.first_seq, gap.last_seq, gap.from_at, gap.to_at))
    return still_open


async def give_up(session: AsyncSession, gaps: Sequence[Skipped]) -> None:
    """Nobody can send these any more: the figures of their time stay marked incomplete."""
    lost = {(gap.stream, gap.first) for gap in gaps}
    for row in await repository.gaps(session, "open"):
        if (row.stream, row.first_seq) in lost:
            row.state = "lost"


async def forget_before(session: AsyncSession, at: datetime) -> None:
    """Raw events only; what was derived from them stays."""
    await repository.forget_before(session, at)


async def missing_between(session: AsyncSession, start: datetime, end: datetime) -> list[Skipped]:
    """Gaps, open or lost, that touch the time."""
    return [
        Skipped(gap.stream, gap.first_seq, gap.last_seq, gap.from_at, gap.to_at)
        for gap in await repository.lost_between(session, start, end)
    ]
