"""Recordings as files (requirements.md 6.2): one person asks with a reason, another one agrees. Never commits."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, NotFound, Refused
from agent_api.recordings import service
from agent_api.recordings.models import Recording, RecordingExport

GOOD_FOR = timedelta(days=7)
"""So long a granted file may be taken."""
SHOWN = 200


class State(StrEnum):
    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"


async def ask(session: AsyncSession, call_id: str, reason: str, who: Principal, now: datetime) -> RecordingExport:
    """Once is enough: what still waits is given back."""
    recording = await service.get_for(session, call_id, who)
    if (waiting := await _waiting(session, call_id, who.agent_no)) is not None:
        return waiting
    row = RecordingExport(
        call_id=call_id,
        center_id=recording.center_id or "",
        asked_by=who.agent_no,
        asked_at=now,
        reason=reason,
        state=State.WAITING.value,
        decided_by="",
        remark="",
    )
    session.add(row)
    await _note(session, who, "recording.export_asked", row, now, reason)
    return row


async def decide(
    session: AsyncSession, export_id: int, granted: bool, remark: str, who: Principal, now: datetime
) -> RecordingExport:
    row = await _get(session, export_id)
    if row.center_id and row.center_id not in who.visible_centers:
        raise NotFound("recording export", str(export_id))
    if row.asked_by == who.agent_no:
        raise Denied("recording.own_export")
    if row.state != State.WAITING:
        raise Refused("recording.export_decided")
    row.state = (State.GRANTED if granted else State.REFUSED).value
    row.decided_by, row.decided_at, row.remark = who.agent_no, now, remark
    act = "recording.export_granted" if granted else "recording.export_refused"
    await _note(session, who, act, row, now, remark)
    return row


async def take(session: AsyncSession, export_id: int, who: Principal, now: datetime) -> Recording:
    """The recording whose file may be handed out now. Audited each time."""
    row = await _get(session, export_id)
    if row.asked_by != who.agent_no:
        raise NotFound("recording export", str(export_id))
    if row.state != State.GRANTED or row.decided_at is None:
        raise Denied("recording.export_not_granted")
    if now - row.decided_at > GOOD_FOR:
        raise Denied("recording.export_over")
    recording = await service.get_for(session, row.call_id, who)
    await _note(session, who, "recording.export", row, now, row.reason)
    return recording


async def visible(session: AsyncSession, who: Principal) -> Sequence[RecordingExport]:
    """One's own, and those one decides on; what waits comes first."""
    mine = RecordingExport.asked_by == who.agent_no
    theirs = RecordingExport.center_id.in_([*who.visible_centers, ""])
    query = select(RecordingExport).where(or_(mine, theirs) if who.may(Permission.RECORDING_APPROVE) else mine)
    first = (RecordingExport.state != State.WAITING.value, RecordingExport.export_id.desc())
    return (await session.scalars(query.order_by(*first).limit(SHOWN))).all()


async def _waiting(session: AsyncSession, call_id: str, agent_no: str) -> RecordingExport | None:
    found: RecordingExport | None = await session.scalar(
        select(RecordingExport).where(
            RecordingExport.call_id == call_id,
            RecordingExport.asked_by == agent_no,
            RecordingExport.state == State.WAITING.value,
        )
    )
    return found


async def _get(session: AsyncSession, export_id: int) -> RecordingExport:
    row = await session.get(RecordingExport, export_id, with_for_update=True)
    if row is None:
        raise NotFound("recording export", str(export_id))
    return row


async def _note(
    session: AsyncSession, who: Principal, action: str, row: RecordingExport, now: datetime, reason: str
) -> None:
    await audit.record(session, who, action, now, subject="call", subject_id=row.call_id, reason=reason)
