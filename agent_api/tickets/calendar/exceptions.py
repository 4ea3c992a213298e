"""A centre's own working days and days off, with who changed them; for it and all below. Never commits."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.errors import Denied
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
    return WorkingDays({row.day: row.works for row in sorted(rows, key=lambda row: -line.index(row.center_id))})


async def listed(session: AsyncSession, center_id: str) -> Sequence[WorkingDayException]:
    """In force now, by day."""
    return sorted(await _latest(session, [center_id]), key=lambda row: row.day)


async def declare(
    session: AsyncSession, center_id: str, day: date, works: bool, reason: str, who: Principal, now: datetime
) -> WorkingDayException:
    """A new version of the day; earlier ones stay, so that a limit given then can be explained."""
    await auth.center(session, center_id)
    if center_id not in who.visible_centers:
        raise Denied("supervision.not_your_center")
    before = [row for row in await _latest(session, [center_id]) if row.day == day]
    row = WorkingDayException(
        center_id=center_id,
        day=day,
        version=before[0].version + 1 if before else 1,
        works=works,
        reason=reason,
        changed_by=who.agent_no,
        changed_at=now,
    )
    session.add(row)
    await audit.record(
        session, who, "calendar.changed", now, subject="center", subject_id=center_id, reason=f"{day} {reason}"
    )
    await session.flush()
    return row


async def _latest(session: AsyncSession, centers: Sequence[str]) -> list[WorkingDayException]:
    found = await session.scalars(
        select(WorkingDayException)
        .where(WorkingDayException.center_id.in_(centers))
        .order_by(WorkingDayException.version)
    )
    return list({(row.center_id, row.day): row for row in found}.values())
