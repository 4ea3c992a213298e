"""The blacklist of numbers we do not talk to, at the desk. Numbers travel in bodies and are shown masked."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy import select

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.customers.models import BlockedNumber
from agent_api.customers.rules import normal_number
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.masking import mask_number
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(
    prefix="/api/v1/blocked-numbers", tags=["customers"], responses=responses(NotSignedIn, Denied, Invalid)
)

MayBlock = Annotated[Principal, Depends(allowed(Permission.BLOCKED_NUMBERS))]
Number = Annotated[str, StringConstraints(pattern=r"^[0-9+-]{3,20}$")]


class BlockedOut(BaseModel):
    number_masked: str
    reason: str
    until: datetime | None
    created_by: str
    created_at: datetime


class NewBlocked(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"number": "13888888888", "reason": "多次骚扰"}]})

    number: Number
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
    until: datetime | None = Field(default=None, description="null: for good")


class Unblock(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"number": "13888888888", "reason": "核实为误加"}]})

    number: Number
    reason: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]


@router.get("")
async def list_blocked(_who: MayBlock, session: Reading) -> list[BlockedOut]:
    """Latest first."""
    rows = await session.scalars(select(BlockedNumber).order_by(BlockedNumber.created_at.desc()).limit(500))
    return [
        BlockedOut(
            number_masked=mask_number(row.number),
            reason=row.reason,
            until=row.until,
            created_by=row.created_by,
            created_at=row.created_at,
        )
        for row in rows
    ]


@router.post("", status_code=204, responses=responses(Refused))
async def block(body: NewBlocked, who: MayBlock, session: Writing, context: ContextDep) -> None:
    """Calls from this number are turned away from now on."""
    number, now = normal_number(body.number), context.clock()
    if await session.get(BlockedNumber, number) is not None:
        raise Refused("blocked.already")
    if body.until is not None and body.until.tzinfo is None:
        raise Invalid("request.invalid", {"fields": [{"field": "until", "reason": "needs a time zone"}]})
    session.add(
        BlockedNumber(number=number, reason=body.reason, until=body.until, created_by=who.agent_no, created_at=now)
    )
    await audit.record(
        session, who, "number.block", now, subject="number", subject_id=mask_number(number), reason=body.reason
    )


@router.post("/release", status_code=204, responses=responses(NotFound))
async def release(body: Unblock, who: MayBlock, session: Writing, context: ContextDep) -> None:
    number = normal_number(body.number)
    row = await session.get(BlockedNumber, number)
    if row is None:
        raise NotFound("blocked number", mask_number(number))
    await session.delete(row)
    await audit.record(
        session, who, "number.release", context.clock(), subject="number", subject_id=mask_number(number),
        reason=body.reason,
    )  # fmt: skip
