"""Recordings as files, over HTTP: asked for, granted or refused by somebody else, taken. Everything is audited."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, Unavailable, responses
from agent_api.recordings import exports
from agent_api.recordings.endpoints import SOUND, answer_with
from agent_api.recordings.exports import State
from agent_api.recordings.models import RecordingExport
from agent_api.recordings.schemas import WithReason
from agent_api.web import ContextDep, Reading, Writing, allowed, allowed_one_of

router = APIRouter(
    prefix="/api/v1/recordings", tags=["recordings"], responses=responses(NotSignedIn, Denied, NotFound, Invalid)
)

MayAsk = Annotated[Principal, Depends(allowed(Permission.RECORDING_EXPORT))]
MayDecide = Annotated[Principal, Depends(allowed(Permission.RECORDING_APPROVE))]
MaySee = Annotated[Principal, Depends(allowed_one_of(Permission.RECORDING_EXPORT, Permission.RECORDING_APPROVE))]
ExportId = Annotated[int, Path(ge=1, le=2**31 - 1)]


class ExportOut(BaseModel):
    id: int
    call_id: str
    asked_by: str
    asked_at: datetime
    reason: str
    state: State
    decided_by: str
    decided_at: datetime | None
    remark: str
    mine: bool = Field(description="Asked for by oneself: nobody decides on an own one")
    ready: bool = Field(description="Granted, one's own, and not older than a week")


class ExportDecision(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"granted": True, "remark": "同意"}]})

    granted: bool
    remark: str = Field(default="", max_length=200)


@router.post("/{call_id}/exports", status_code=201, responses=responses(Refused))
async def ask(call_id: str, body: WithReason, who: MayAsk, session: Writing, context: ContextDep) -> ExportOut:
    now = context.clock()
    return _out(await exports.ask(session, call_id, body.reason, who, now), who, now)


@router.get("/exports")
async def list_exports(who: MaySee, session: Reading, context: ContextDep) -> list[ExportOut]:
    """What waits comes first."""
    return [_out(row, who, context.clock()) for row in await exports.visible(session, who)]


@router.post("/exports/{export_id}/decision", responses=responses(Refused))
async def decide(
    export_id: ExportId, body: ExportDecision, who: MayDecide, session: Writing, context: ContextDep
) -> ExportOut:
    """By another person than the one who asked."""
    now = context.clock()
    return _out(await exports.decide(session, export_id, body.granted, body.remark, who, now), who, now)


@router.post(
    "/exports/{export_id}/file",
    response_class=StreamingResponse,
    responses={200: {"content": SOUND}, **responses(Refused, Unavailable)},
)
async def take(export_id: ExportId, who: MayAsk, context: ContextDep) -> Response:
    """Within a week after it was granted; the file's name tells who took it."""
    async with context.db.write() as session:
        row = await exports.take(session, export_id, who, context.clock())
    answer = answer_with(context, row, None)
    name = f"{row.call_id}-{who.agent_no}.flac"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _out(row: RecordingExport, who: Principal, now: datetime) -> ExportOut:
    mine = row.asked_by == who.agent_no
    granted = row.state == State.GRANTED and row.decided_at is not None
    return ExportOut(
        id=row.export_id,
        call_id=row.call_id,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        reason=row.reason,
        state=State(row.state),
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        remark=row.remark,
        mine=mine,
        ready=mine and granted and row.decided_at is not None and now - row.decided_at <= exports.GOOD_FOR,
    )
