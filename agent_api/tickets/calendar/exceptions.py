"""A centre's own working days and days off, with who changed them; for it and all below. Never commits."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.errors import Denied, NotFound
from agent_api.tickets.calendar.days import WorkingDays
from agent_api.tickets.models import WorkingDayException


async def working_days(session: AsyncSession, center_id: str) -> WorkingDays:
    """The nearest centre's word counts: a city's before its province's."""
    parents = await auth.parents(session)
    line: list[str] = []
    each: str | None = center_id
    while each is not None and each in parents:
        line.append(each)
        each = parents[each]
    rows = await _latest(session, line)
    near_last = sorted(rows, key=lambda row: -line.index(row.center_id))
    return WorkingDays({row.day: row.works for row in near_last if not row.removed})


async def listed(session: AsyncSession, center_id: str) -> Sequence[WorkingDayException]:
    """In force now, by day."""
    rows = await _latest(session, [center_id])
    return sorted((row for row in rows if not row.removed), key=lambda row: row.day)


async def declare(
    session: AsyncSession, center_id: str, day: date, works: bool, reason: str, who: Principal, now: datetime
) -> WorkingDayException:
    """A new version of the day; earlier ones stay, so that a limit given then can be explained."""
    await _check_place(session, center_id, who)
    version = await _next_version(session, center_id, day)
    row = _version(center_id, day, version, works, reason, who, now)
    session.add(row)
    await _note(session, row, "calendar.changed", who)
    return row


async def remove(
    session: AsyncSession, center_id: str, day: date, reason: str, who: Principal, now: datetime
) -> WorkingDayException:
    """The day is again what the state's calendar, or a centre above, says. A version too: nothing is forgotten."""
    await _check_place(session, center_id, who)
    before = next((row for row in await listed(session, center_id) if row.day == day), None)
    if before is None:
        raise NotFound("working_day", f"{center_id}/{day}")
    row = _version(center_id, day, before.version + 1, before.works, reason, who, now)
    row.removed = True
    session.add(row)
    await _note(session, row, "calendar.removed", who)
    return row


async def _check_place(session: AsyncSession, center_id: str, who: Principal) -> None:
    await auth.center(session, center_id)
    if center_id not in who.visible_centers:
        raise Denied("supervision.not_your_center")


async def _next_version(session: AsyncSession, center_id: str, day: date) -> int:
    return max((row.version for row in await _latest(session, [center_id]) if row.day == day), default=0) + 1


def _version(
    center_id: str, day: date, version: int, works: bool, reason: str, who: Principal, now: datetime
) -> WorkingDayException:
    return WorkingDayException(
        center_id=center_id,
        day=day,
        version=version,
        works=works,
        reason=reason,
        changed_by=who.agent_no,
        changed_at=now,
    )


async def _note(session: AsyncSession, row: WorkingDayException, action: str, who: Principal) -> None:
    said = f"{row.day} {row.reason}"
    await audit.record(session, who, action, row.changed_at, subject="center", subject_id=row.center_id, reason=said)
    await session.flush()


async def _latest(session: AsyncSession, centers: Sequence[str]) -> list[WorkingDayException]:
    found = await session.scalars(
        select(WorkingDayException)
        .where(WorkingDayException.center_id.in_(centers))
        .order_by(WorkingDayException.version)
    )
    return list({(row.center_id, row.day): row for row in found}.values())
