"""Compensations of a ticket over HTTP: what the flag would come to, proposals, decisions."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.compensations import service
from agent_api.compensations.models import Compensation
from agent_api.compensations.rules import Basis, State
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.tickets import service as tickets
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1", tags=["tickets"], responses=responses(NotSignedIn, Denied, NotFound, Invalid))
MayRead = Annotated[Principal, Depends(allowed(Permission.TICKET_READ))]
MayPropose = Annotated[Principal, Depends(allowed(Permission.COMPENSATION_PROPOSE))]
MayDecide = Annotated[Principal, Depends(allowed(Permission.COMPENSATION_APPROVE))]
Yuan = Annotated[Decimal, Field(gt=0, max_digits=8, decimal_places=2)]


class CompensationOut(BaseModel):
    id: int
    basis: Basis
    days: int
    amount: Decimal
    reason: str
    state: State
    proposed_by: str
    proposed_at: datetime
    decided_by: str
    decided_at: datetime | None
    decision: str
    booked_at: datetime | None = Field(description="On the customer's account")


class CompensationsOut(BaseModel):
    waive_fee: bool = Field(description="The ticket's flag: repaired too late")
    suggested_basis: Basis
    suggested_days: int
    suggested: Decimal
    items: list[CompensationOut]


class CompensationIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"basis": "waived_fee", "days": 2, "amount": "3.93", "reason": "障碍逾期修复"}]}
    )

    basis: Basis
    days: int = Field(default=0, ge=0, le=366)
    amount: Yuan
    reason: str = Field(min_length=1, max_length=500)


class DecisionIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"granted": True, "words": "同意"}]})

    granted: bool
    words: str = Field(default="", max_length=500)


@router.get("/tickets/{ticket_no}/compensations")
async def read_compensations(ticket_no: str, who: MayRead, session: Reading, context: ContextDep) -> CompensationsOut:
    case = await tickets.get_for(session, ticket_no, who)
    wanted = await service.suggestion(session, case, context.clock())
    return CompensationsOut(
        waive_fee=case.row.waive_fee,
        suggested_basis=wanted.basis,
        suggested_days=wanted.days,
        suggested=wanted.amount,
        items=[_out(row) for row in await service.of_ticket(session, ticket_no)],
    )


@router.post("/tickets/{ticket_no}/compensations", status_code=201, responses=responses(Refused))
async def propose(
    ticket_no: str, body: CompensationIn, who: MayPropose, session: Writing, context: ContextDep
) -> CompensationOut:
    """Waits for another person. A late repair and a late order are paid once a ticket."""
    case = await tickets.get_for(session, ticket_no, who)
    fields = body.basis, body.days, body.amount, body.reason
    return _out(await service.propose(session, case, *fields, who, context.clock()))


@router.post("/compensations/{compensation_id}/decision", responses=responses(Refused))
async def decide(
    compensation_id: int, body: DecisionIn, who: MayDecide, session: Writing, context: ContextDep
) -> CompensationOut:
    """Never by who proposed it. Once granted it is booked with billing."""
    return _out(await service.decide(session, compensation_id, body.granted, body.words, who, context.clock()))


def _out(row: Compensation) -> CompensationOut:
    names = [name for name in CompensationOut.model_fields if name != "id"]
    return CompensationOut.model_validate({name: getattr(row, name) for name in names} | {"id": row.compensation_id})
