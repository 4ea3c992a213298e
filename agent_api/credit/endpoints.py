"""Credit information at the desk: how it stands, proposals, decisions, appeals."""

from typing import Annotated

from fastapi import APIRouter, Depends

from agent_api.access.guard import Looking
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.credit import service
from agent_api.credit.models import CreditChange
from agent_api.credit.rules import TITLES, CreditState
from agent_api.credit.schemas import Answer, ChangeOut, CreditOut, NewChange
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, Unavailable, responses
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1", tags=["credit"], responses=responses(NotSignedIn, Denied, Invalid))

MayRead = Annotated[Principal, Depends(allowed(Permission.CREDIT_READ))]
MayAppeal = Annotated[Principal, Depends(allowed(Permission.CREDIT_APPEAL))]
MayPropose = Annotated[Principal, Depends(allowed(Permission.CREDIT_PROPOSE))]
MayApprove = Annotated[Principal, Depends(allowed(Permission.CREDIT_APPROVE))]
SHOWN = 50


@router.get("/customers/{customer_id}/credit", responses=responses(NotFound, Unavailable))
async def read_credit(customer_id: str, _looking: Looking, who: MayRead, context: ContextDep) -> CreditOut:
    arrears = await context.billing.arrears(customer_id, context.today)
    async with context.db.write() as session:
        found = await service.read(session, customer_id, arrears, context.clock(), context.settings.zone)
        changes = await service.changes(session, customer_id, who, SHOWN)
    profile = found.profile
    return CreditOut.model_validate(
        {
            "state": profile.state,
            "state_title": TITLES[CreditState(profile.state)],
            "level": found.customer.credit_level,
            "limit": f"{profile.credit_limit:.2f}",
            "owed": f"{found.owed:.2f}",
            "oldest_due": arrears.oldest_due if arrears else None,
            "over_limit_since": profile.over_limit_since,
            "watched_until": profile.watched_until,
            "changes": [_out(each) for each in changes],
        }
    )


@router.post("/customers/{customer_id}/credit/proposals", status_code=201, responses=responses(NotFound, Refused))
async def propose_change(
    customer_id: str, body: NewChange, who: MayPropose, session: Writing, context: ContextDep
) -> ChangeOut:
    """Nothing changes before a supervisor has approved it."""
    now = context.clock()
    return _out(await service.ask(session, customer_id, body.after(), body.reason, who, now, appeal=False))


@router.post("/customers/{customer_id}/credit/appeals", status_code=201, responses=responses(NotFound, Refused))
async def appeal(customer_id: str, body: NewChange, who: MayAppeal, session: Writing, context: ContextDep) -> ChangeOut:
    """In the customer's name; the credit officer looks into it."""
    now = context.clock()
    return _out(await service.ask(session, customer_id, body.after(), body.reason, who, now, appeal=True))


@router.get("/credit/changes")
async def list_open_changes(who: MayRead, session: Reading) -> list[ChangeOut]:
    """What waits for the credit officer or the supervisor."""
    return [_out(each) for each in await service.changes(session, None, who, SHOWN)]


@router.post("/credit/changes/{change_id}/answer", responses=responses(NotFound, Refused))
async def answer_appeal(
    change_id: int, body: Answer, who: MayPropose, session: Writing, context: ContextDep
) -> ChangeOut:
    change = await service.propose(session, change_id, body.after(), body.agreed, body.answer, who, context.clock())
    return _out(change)


@router.post("/credit/changes/{change_id}/decide", responses=responses(NotFound, Refused))
async def decide(change_id: int, body: Answer, who: MayApprove, session: Writing, context: ContextDep) -> ChangeOut:
    """By another person than who asked or proposed."""
    return _out(await service.decide(session, change_id, body.agreed, body.answer, who, context.clock()))


def _out(row: CreditChange) -> ChangeOut:
    return ChangeOut.model_validate({name: getattr(row, name) for name in ChangeOut.model_fields})
