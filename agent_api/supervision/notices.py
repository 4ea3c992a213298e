"""A supervisor's word to the desks: stored, shown live at every replica, gone when it expires."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.agents.board import Board, BoardNotice
from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal, centers_below
from agent_api.db import Database
from agent_api.errors import Denied
from agent_api.live import Hub
from agent_api.supervision.models import FloorNotice
from agent_api.supervision.schemas import Broadcast, BroadcastOut

SHOWN = 50


async def tell(session: AsyncSession, who: Principal, what: Broadcast, now: datetime) -> FloorNotice:
    center_id = what.center_id or who.center.center_id
    await auth.center(session, center_id)
    if center_id not in who.visible_centers:
        raise Denied("supervision.not_your_center")
    row = FloorNotice(
        notice_id=str(uuid4()),
        text=what.text,
        author=who.agent_no,
        author_name=who.name,
        center_id=center_id,
        queue=what.queue,
        created_at=now,
        expires_at=now + timedelta(minutes=what.minutes),
    )
    session.add(row)
    await audit.record(
        session, who, "supervision.broadcast", now, subject="center", subject_id=center_id, reason=what.text
    )
    return row


async def visible(session: AsyncSession, who: Principal) -> Sequence[FloorNotice]:
    query = select(FloorNotice).where(FloorNotice.center_id.in_(who.visible_centers))
    return (await session.scalars(query.order_by(FloorNotice.created_at.desc()).limit(SHOWN))).all()


def notice_out(row: FloorNotice) -> BroadcastOut:
    return BroadcastOut(
        id=row.notice_id,
        text=row.text,
        by=row.author,
        by_name=row.author_name,
        at=row.created_at,
        expires_at=row.expires_at,
        center_id=row.center_id,
        queue=row.queue,
    )


class NoticeTeller:
    """Looks for notices that are new or over: those of this replica, of the others, and of before the start."""

    def __init__(self, db: Database, hub: Hub, board: Board, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._hub = hub
        self._board = board
        self._clock = clock

    async def look(self) -> None:
        now = self._clock()
        async with self._db.glance() as session:
            rows = (await session.scalars(select(FloorNotice).where(FloorNotice.expires_at > now))).all()
            parents = await auth.parents(session) if rows else {}
        for row in sorted(rows, key=lambda each: each.created_at):
            content = notice_out(row).model_dump(mode="json")
            centers = centers_below(row.center_id, parents)
            self._hub.notice(row.notice_id, BoardNotice(centers, row.queue, content))
        for notice_id in self._board.notices.keys() - {row.notice_id for row in rows}:
            self._hub.notice_over(notice_id)
