"""Recordings of calls: list, shape, sound, legal hold, retention. Every play is audited; files: export_endpoints.py."""

from typing import Annotated

from fastapi import APIRouter, Depends, Header, Response
from fastapi.responses import StreamingResponse
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.calls import service as calls
from agent_api.context import Context
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, Unavailable, responses
from agent_api.recordings import ranges, repository, retention, service, sound
from agent_api.recordings.access import may_hear
from agent_api.recordings.models import Recording
from agent_api.recordings.schemas import (
    PauseOut,
    PeaksOut,
    RecordingList,
    RecordingOut,
    RetentionIn,
    RetentionOut,
    WithReason,
)
from agent_api.recordings.states import RecordingStage
from agent_api.web import ContextDep, CurrentStaff, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1/recordings", tags=["recordings"])

MayHold = Annotated[Principal, Depends(allowed(Permission.RECORDING_HOLD))]
MaySeeRetention = Annotated[Principal, Depends(allowed(Permission.USER_READ))]
MayRetain = Annotated[Principal, Depends(allowed(Permission.RETENTION_WRITE))]
SOUND = {sound.MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}
HEAR = responses(NotSignedIn, Denied, NotFound, Refused, Unavailable)


@router.get("", responses=responses(NotSignedIn))
async def list_recordings(call_id: str, who: CurrentStaff, session: Reading) -> RecordingList:
    """Of one call. Empty: it was not recorded, or neither the call nor its recording is the asker's business."""
    row = await service.of_call(session, call_id)
    if row is None or not (await may_hear(session, row, who) or await _sees_call(session, call_id, who)):
        return RecordingList(items=[])
    return RecordingList(items=[await _out(session, row, who)])


@router.get("/retention", responses=responses(NotSignedIn, Denied))
async def read_retention(_who: MaySeeRetention, session: Reading, context: ContextDep) -> list[RetentionOut]:
    return await _retention(session, context)


@router.put("/retention", responses=responses(NotSignedIn, Denied, NotFound, Invalid))
async def set_retention(body: RetentionIn, who: MayRetain, session: Writing, context: ContextDep) -> list[RetentionOut]:
    """For one's own centre and those below. Shorter times delete what is older in the next round."""
    await service.set_retention(session, body.center_id, body.days, who, body.reason, context.clock())
    await session.flush()
    return await _retention(session, context)


@router.get("/{call_id}/peaks", responses=HEAR)
async def read_peaks(call_id: str, who: CurrentStaff, session: Reading) -> PeaksOut:
    row = await service.get_for(session, call_id, who, peaks=True)
    customer, agent = sound.bars(row.peaks)
    return PeaksOut(seconds=row.length_ms / 1000, customer=customer, agent=agent)


@router.get("/{call_id}/audio", response_class=StreamingResponse, responses={200: {"content": SOUND}, **HEAR})
async def play(
    call_id: str,
    who: CurrentStaff,
    context: ContextDep,
    wanted: Annotated[str | None, Header(alias="Range")] = None,
) -> Response:
    """The customer is left, agents are right. Parts can be asked for."""
    async with context.db.read() as session:
        row = await service.get_for(session, call_id, who)
    if context.recordings.listeners.begins(who, call_id):
        async with context.db.write() as session:
            await audit.record(session, who, "recording.play", context.clock(), subject="call", subject_id=call_id)
    try:
        part = ranges.asked_for(wanted, row.size)
    except ranges.NotSatisfiable:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{row.size}"})
    return answer_with(context, row, part)


@router.post("/{call_id}/hold", responses=HEAR)
async def hold(call_id: str, body: WithReason, who: MayHold, session: Writing, context: ContextDep) -> RecordingOut:
    """Legal hold: not deleted before it is released."""
    return await _out(session, await service.hold(session, call_id, who, body.reason, context.clock()), who)


@router.post("/{call_id}/release", responses=HEAR)
async def release(call_id: str, body: WithReason, who: MayHold, session: Writing, context: ContextDep) -> RecordingOut:
    return await _out(session, await service.release(session, call_id, who, body.reason, context.clock()), who)


def answer_with(context: Context, row: Recording, part: tuple[int, int] | None) -> Response:
    start, end = part or (0, row.size)
    headers = {"Accept-Ranges": "bytes", "Content-Length": str(end - start), "Cache-Control": "no-store"}
    if part is not None:
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{row.size}"
    pieces = context.recordings.vault.pieces(row.key, row.size, start, end, row.sealed)
    return StreamingResponse(pieces, 206 if part else 200, headers, sound.MEDIA_TYPE)


async def _sees_call(session: AsyncSession, call_id: str, who: Principal) -> bool:
    try:
        await calls.get_for(session, call_id, who)
    except (Denied, NotFound):
        return False
    return True


async def _out(session: AsyncSession, row: Recording, who: Principal) -> RecordingOut:
    hears = row.state == RecordingStage.STORED and await may_hear(session, row, who)
    return RecordingOut(
        id=row.call_id,
        call_id=row.call_id,
        state=RecordingStage(row.state),
        started_at=row.started_at,
        seconds=row.length_ms / 1000,
        agents=row.agents,
        center_id=row.center_id,
        pauses=[PauseOut.model_validate(pause) for pause in row.pauses],
        sha256=row.sha256,
        held=bool(row.held_by),
        held_reason=row.held_reason,
        may_play=hears,
        may_export=hears and who.may(Permission.RECORDING_EXPORT),
        may_hold=hears and who.may(Permission.RECORDING_HOLD),
    )


async def _retention(session: AsyncSession, context: Context) -> list[RetentionOut]:
    days = await retention.effective(session, context.settings.recordings.keep_days)
    own = await repository.retention(session)
    return [
        RetentionOut(
            center_id=center.center_id,
            name=center.name,
            days=days[center.center_id],
            own=center.center_id in own,
            changed_by=own[center.center_id].changed_by if center.center_id in own else None,
            changed_at=own[center.center_id].changed_at if center.center_id in own else None,
        )
        for center in await auth.all_centers(session)
    ]
