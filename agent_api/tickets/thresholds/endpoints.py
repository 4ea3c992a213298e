"""Limits and thresholds over HTTP: read, changed, and their versions."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.documents import service as documents
from agent_api.documents.schemas import DocumentVersion
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.tickets.thresholds import service
from agent_api.web import ContextDep, Reading, Writing, allowed, allowed_one_of

router = APIRouter(
    prefix="/api/v1/thresholds", tags=["tickets"], responses=responses(NotSignedIn, Denied, Invalid, NotFound)
)
MayLook = Annotated[Principal, Depends(allowed_one_of(Permission.THRESHOLD_EDIT, Permission.USER_READ))]
MayEdit = Annotated[Principal, Depends(allowed(Permission.THRESHOLD_EDIT))]


class ThresholdRow(BaseModel):
    name: str = Field(
        max_length=40, description="A step, total_<type>, warning.<which> (percent), severity.<what> or alarm.<what>"
    )
    values: list[int] = Field(min_length=1, max_length=3, description="Minutes: normal, VIP or urgent, major; or one")


class ThresholdOut(ThresholdRow):
    above: list[int] = Field(description="Without the centre's own word; its own may not be looser")


class Thresholds(BaseModel):
    center: str
    version: int = Field(description="The centre's own; 0: it has none")
    rows: list[ThresholdOut]


class ThresholdVersion(BaseModel):
    version: int
    rows: list[ThresholdRow]


class ThresholdsIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"rows": [{"name": "accept", "values": [120, 60, 30]}], "note": "两小时接单", "based_on": 0}]
        }
    )

    rows: list[ThresholdRow] = Field(max_length=100, description="What is not named is as the centre above has it")
    note: str = Field(min_length=2, max_length=200)
    based_on: int = Field(ge=0)


@router.get("/{center}")
async def read(center: str, _who: MayLook, session: Reading) -> Thresholds:
    return await _out(session, center)


@router.get("/{center}/versions")
async def list_versions(center: str, _who: MayLook, session: Reading) -> list[DocumentVersion]:
    rows = await documents.versions(session, service.KIND, center)
    return [DocumentVersion.model_validate(row, from_attributes=True) for row in rows]


@router.get("/{center}/versions/{version}")
async def read_version(center: str, version: int, _who: MayLook, session: Reading) -> ThresholdVersion:
    row = await documents.version(session, service.KIND, center, version)
    return ThresholdVersion.model_validate({"version": row.version, "rows": row.content})


@router.put("/{center}", responses=responses(Refused))
async def publish(center: str, body: ThresholdsIn, who: MayEdit, session: Writing, context: ContextDep) -> Thresholds:
    """For tickets opened from now on, there and below; those that are open keep their limits."""
    rows = {each.name: each.values for each in body.rows}
    await service.publish(session, who, center, rows, body.note, body.based_on, context.clock())
    return await _out(session, center)


async def _out(session: AsyncSession, center: str) -> Thresholds:
    await auth.center(session, center)
    present, above = await service.rows_of(session, center), await service.rows_of(session, center, without_own=True)
    own = await documents.versions(session, service.KIND, center)
    rows = [ThresholdOut(name=name, values=values, above=above[name]) for name, values in present.items()]
    return Thresholds(center=center, version=own[0].version if own else 0, rows=rows)
