"""Notices: switched by the centre's people, asked for with every call. Never commits."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.menu.tree import Announcement
from agent_api.announcements import repository
from agent_api.announcements.models import Notice
from agent_api.announcements.rules import Times, is_on
from agent_api.announcements.schemas import NoticeIn
from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.errors import Denied, Invalid, NotFound

KEPT_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class _Spoken:
    center_id: str
    area: str | None
    times: Times
    announcement: Announcement


class NoticeBoard:
    """Answers for_caller from memory; looks into the database once a second at most."""

    def __init__(self, zone: ZoneInfo, ticks: Callable[[], float] = time.monotonic) -> None:
        self._zone = zone
        self._ticks = ticks
        self._read_at: float | None = None
        self._spoken: list[_Spoken] = []
        self._parents: Mapping[str, str | None] = {}

    async def for_caller(
        self, session: AsyncSession, center: str | None, area: str | None, now: datetime
    ) -> tuple[Announcement, ...]:
        """What a caller of this centre and area code hears now. No centre: what the top centre says to everybody."""
        if self.is_stale:
            await self.refresh(session)
        return self.spoken_to(center, area, now)

    def spoken_to(self, center: str | None, area: str | None, now: datetime) -> tuple[Announcement, ...]:
        """The same from what was last read."""
        above = self._above(center)
        return tuple(
            each.announcement
            for each in self._spoken
            if each.center_id in above and each.area in (None, area) and is_on(each.times, now, self._zone)
        )

    @property
    def is_stale(self) -> bool:
        return self._read_at is None or self._ticks() - self._read_at >= KEPT_SECONDS

    async def refresh(self, session: AsyncSession) -> None:
        ticks = self._ticks()
        self._spoken = [_spoken(row) for row in await repository.active(session)]
        self._parents = await auth.parents(session) if self._spoken else {}
        self._read_at = ticks

    def _above(self, center: str | None) -> frozenset[str]:
        """The centre and all above it."""
        if center is None:
            return frozenset(each for each, parent in self._parents.items() if parent is None)
        found, each = {center}, self._parents.get(center)
        while each is not None:
            found.add(each)
            each = self._parents.get(each)
        return frozenset(found)


def _spoken(row: Notice) -> _Spoken:
    return _Spoken(
        row.center_id,
        row.area,
        Times(row.starts_at, row.ends_at, row.first_day, row.last_day),
        Announcement(
            announcement_id=row.announcement_id, place=row.place, prompts=tuple(row.prompts), barge_in=row.barge_in
        ),
    )


async def visible(session: AsyncSession, who: Principal) -> Sequence[Notice]:
    """Of the own centre and all below."""
    return await repository.of_centers(session, who.visible_centers)


async def prompts_in_use(session: AsyncSession) -> frozenset[str]:
    """Also of notices that are off: they may be switched on again."""
    return frozenset(prompt for row in await repository.every(session) for prompt in row.prompts)


async def create(session: AsyncSession, who: Principal, fields: NoticeIn, now: datetime) -> Notice:
    await _check(session, who, fields)
    row = Notice(announcement_id=str(uuid4()), created_by=who.agent_no, created_at=now)
    _write(row, fields, now)
    session.add(row)
    await _note(session, who, "announcement.created", row, now)
    return row


async def change(session: AsyncSession, who: Principal, notice_id: str, fields: NoticeIn, now: datetime) -> Notice:
    row = await _mine(session, who, notice_id)
    await _check(session, who, fields)
    switched = row.active != fields.active
    _write(row, fields, now)
    action = "announcement.changed"
    if switched:
        action = "announcement.on" if fields.active else "announcement.off"
    await _note(session, who, action, row, now)
    return row


async def delete(session: AsyncSession, who: Principal, notice_id: str, now: datetime) -> None:
    row = await _mine(session, who, notice_id)
    await session.delete(row)
    await _note(session, who, "announcement.deleted", row, now)


async def end(session: AsyncSession, notice_id: str, now: datetime) -> None:
    """What it was about is over; nothing when somebody has deleted it."""
    row = await repository.by_id(session, notice_id)
    if row is not None:
        row.active, row.updated_at = False, now


async def _mine(session: AsyncSession, who: Principal, notice_id: str) -> Notice:
    row = await repository.by_id(session, notice_id)
    if row is None or row.center_id not in who.visible_centers:
        raise NotFound("announcement", notice_id)
    return row


async def _check(session: AsyncSession, who: Principal, fields: NoticeIn) -> None:
    await auth.center(session, fields.center)
    if fields.center not in who.visible_centers:
        raise Denied("menu.not_your_center")
    if fields.starts_at and fields.ends_at and fields.starts_at >= fields.ends_at:
        raise Invalid("announcement.bad_times")


def _write(row: Notice, fields: NoticeIn, now: datetime) -> None:
    row.center_id, row.title, row.area, row.place = fields.center, fields.title, fields.area, fields.place
    row.prompts, row.barge_in, row.active = list(fields.prompts), fields.barge_in, fields.active
    row.starts_at, row.ends_at = fields.starts_at, fields.ends_at
    row.first_day, row.last_day = fields.days_of_month or (None, None)
    row.updated_at = now


async def _note(session: AsyncSession, who: Principal, action: str, row: Notice, now: datetime) -> None:
    await audit.record(
        session, who, action, now, subject="announcement", subject_id=row.announcement_id, reason=row.title
    )
