"""Emergency stops and restores on the desk, and the review of the day after."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.emergency import reviews
from agent_api.emergency.models import EmergencyReview
from agent_api.emergency.reviews import OF_KIND, TITLES, Found, Outcome
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.masking import mask_number
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1/emergencies", tags=["tickets"], responses=responses(NotSignedIn, Denied, Invalid))
MayReview = Annotated[Principal, Depends(allowed(Permission.EMERGENCY_REVIEW))]


class ReviewOut(BaseModel):
    outcome: Outcome
    title: str
    comment: str
    reviewed_by: str
    reviewed_at: datetime
    late: bool = Field(description="After the end of the next day")
    follow_up: str


class EmergencyOut(BaseModel):
    case_id: int
    kind: str = Field(description="stop or restore")
    customer_id: str
    number_masked: str
    center_id: str
    at: datetime
    until: datetime | None
    ended_at: datetime | None
    review_ticket: str | None
    due_at: datetime = Field(description="By when it must be reviewed")
    overdue: bool
    outcomes: dict[Outcome, str] = Field(description="Possible results with their names")
    review: ReviewOut | None


class ReviewIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"outcome": "genuine", "comment": "机主确认本人申请"}]})

    outcome: Outcome
    comment: str = Field(default="", max_length=500)


@router.get("")
async def list_emergencies(
    who: MayReview,
    session: Reading,
    context: ContextDep,
    reviewed: bool | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 100,
) -> list[EmergencyOut]:
    """What has not been reviewed comes first, the oldest on top."""
    rows = await reviews.listed(session, who, reviewed, context.settings.zone, limit)
    return [_out(each, context.clock()) for each in rows]


@router.post("/{case_id}/review", status_code=201, responses=responses(NotFound, Refused))
async def review_emergency(
    case_id: int, body: ReviewIn, who: MayReview, session: Writing, context: ContextDep
) -> ReviewOut:
    """Once. Closes the work item; abuse and missing proof open a ticket of their own."""
    now, zone = context.clock(), context.settings.zone
    return _review(await reviews.review(session, case_id, body.outcome, body.comment, who, now, zone))


def _out(each: Found, now: datetime) -> EmergencyOut:
    possible = OF_KIND[each.case.kind]
    return EmergencyOut(
        case_id=each.case.case_id,
        kind=each.case.kind,
        customer_id=each.customer.customer_id,
        number_masked=mask_number(each.product.number),
        center_id=each.customer.center_id,
        at=each.case.at,
        until=each.case.until,
        ended_at=each.case.ended_at,
        review_ticket=each.case.review_ticket,
        due_at=each.due_at,
        overdue=each.review is None and now >= each.due_at,
        outcomes={outcome: title for outcome, title in TITLES.items() if outcome in possible},
        review=_review(each.review) if each.review else None,
    )


def _review(row: EmergencyReview) -> ReviewOut:
    outcome = Outcome(row.outcome)
    return ReviewOut(
        outcome=outcome,
        title=TITLES[outcome],
        comment=row.comment,
        reviewed_by=row.reviewed_by,
        reviewed_at=row.reviewed_at,
        late=row.late,
        follow_up=row.follow_up,
    )
