"""Working days over HTTP: what limits are counted by, and a centre's own exceptions."""

from datetime import date, datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, responses
from agent_api.tickets.calendar import exceptions
from agent_api.tickets.calendar.days import is_published, unpublished
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1/working-days", tags=["tickets"])
MayRead = Annotated[Principal, Depends(allowed(Permission.TICKET_READ))]
MayChange = Annotated[Principal, Depends(allowed(Permission.CALENDAR_EDIT))]


class WorkingDayOut(BaseModel):
    day: date
    works: bool
    own: bool = Field(description="An exception of the centre or of one above")
    published: bool = Field(description="The state's calendar for the year is known; else weekends only")


class ExceptionIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"works": True, "reason": "省公司安排值班"}]})

    works: bool
    reason: str = Field(min_length=1, max_length=200)


class ExceptionOut(ExceptionIn):
    center_id: str
    day: date
    version: int
    changed_by: str
    changed_at: datetime


class RemovalIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "通知取消，恢复正常安排"}]})

    reason: str = Field(min_length=1, max_length=200)


class DayIn(ExceptionIn):
    day: date


class DaysIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"days": [{"day": "2027-02-10", "works": False, "reason": "春节"}]}]}
    )

    days: list[DayIn] = Field(min_length=1, max_length=400)


class OfficialOut(BaseModel):
    missing: list[int] = Field(description="Years without the state's calendar, in which only weekends are off")
    warning: str = Field(description="What to do about it; empty when nothing is missing")


@router.get("/official", responses=responses(NotSignedIn, Denied))
async def read_official(_who: MayRead, context: ContextDep) -> OfficialOut:
    """Whether the state's calendar is known for the year, and in December for the next."""
    missing = unpublished(context.today)
    years = "、".join(str(year) for year in missing)
    text = f"没有{years}年法定节假日数据,期限暂按周末休息计算。请升级系统,或在工作日历中录入放假和调休日期"
    return OfficialOut(missing=missing, warning=text if missing else "")


@router.get("/{center_id}", responses=responses(NotSignedIn, Denied, Invalid))
async def read_days(
    center_id: str,
    _who: MayRead,
    session: Reading,
    start: date,
    days: Annotated[int, Query(ge=1, le=400)] = 31,
) -> list[WorkingDayOut]:
    known = await exceptions.working_days(session, center_id)
    wanted = [start + timedelta(days=count) for count in range(days)]
    return [
        WorkingDayOut(day=day, works=known.is_working(day), own=day in known.exceptions, published=is_published(day))
        for day in wanted
    ]


@router.get("/{center_id}/exceptions", responses=responses(NotSignedIn, Denied))
async def read_exceptions(center_id: str, _who: MayRead, session: Reading) -> list[ExceptionOut]:
    rows = await exceptions.listed(session, center_id)
    return [ExceptionOut.model_validate(row, from_attributes=True) for row in rows]


@router.put("/{center_id}/exceptions/{day}", responses=responses(NotSignedIn, Denied, NotFound, Invalid))
async def declare(
    center_id: str, day: date, body: ExceptionIn, who: MayChange, session: Writing, context: ContextDep
) -> ExceptionOut:
    """Audited. Limits given already keep the day they were counted to."""
    row = await exceptions.declare(session, center_id, day, body.works, body.reason, who, context.clock())
    return ExceptionOut.model_validate(row, from_attributes=True)


@router.post(
    "/{center_id}/exceptions/{day}/remove", status_code=204, responses=responses(NotSignedIn, Denied, NotFound, Invalid)
)
async def remove(
    center_id: str, day: date, body: RemovalIn, who: MayChange, session: Writing, context: ContextDep
) -> None:
    """The day is again what the state's calendar, or a centre above, says. Audited; limits given already stay."""
    await exceptions.remove(session, center_id, day, body.reason, who, context.clock())


@router.post("/{center_id}/import", responses=responses(NotSignedIn, Denied, NotFound, Invalid))
async def import_days(
    center_id: str, body: DaysIn, who: MayChange, session: Writing, context: ContextDep
) -> list[ExceptionOut]:
    """All of them or none. A day that stands there as it is gets no new version."""
    known = {row.day: row for row in await exceptions.listed(session, center_id)}
    for each in {each.day: each for each in body.days}.values():
        before = known.get(each.day)
        if before is None or (before.works, before.reason) != (each.works, each.reason):
            await exceptions.declare(session, center_id, each.day, each.works, each.reason, who, context.clock())
    return await read_exceptions(center_id, who, session)
