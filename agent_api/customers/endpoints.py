"""Search, customer card, bills and unmasking for the desk."""

from typing import Annotated

from fastapi import APIRouter, Depends

from agent_api.access.guard import Looking, raise_alarm
from agent_api.access.rules import AlarmKind
from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.customers import card as cards
from agent_api.customers import search as searching
from agent_api.customers import service, unmasking
from agent_api.customers.schemas import (
    BillOut,
    CustomerCard,
    CustomerList,
    CustomerQuery,
    UnlockQuestion,
    Unmasked,
    UnmaskQuestion,
)
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, Unavailable, responses
from agent_api.web import ContextDep, Reading, allowed

router = APIRouter(prefix="/api/v1/customers", tags=["customers"], responses=responses(NotSignedIn, Denied, Invalid))

MayRead = Annotated[Principal, Depends(allowed(Permission.CUSTOMER_READ))]
MayReadBills = Annotated[Principal, Depends(allowed(Permission.BILL_READ))]
MayUnlock = Annotated[Principal, Depends(allowed(Permission.PASSWORD_UNLOCK))]
MayUnmask = Annotated[Principal, Depends(allowed(Permission.CUSTOMER_UNMASK))]


@router.post("/search", responses=responses(Unavailable))
async def search(body: CustomerQuery, who: MayRead, context: ContextDep) -> CustomerList:
    """A POST, so that numbers and names stay out of addresses and logs. At most 20, masked.

    City units find the customers of their city, and those with a ticket of theirs.
    """
    async with context.db.read() as session:
        found = await searching.find(session, body.query, who)
    if not found and not who.is_city_unit and (number := searching.whole_number(body.query)):
        stranger = await context.customers.find(number)
        found = [searching.Found(stranger, "number")] if stranger else []
    return CustomerList(items=[cards.row_out(each.customer, each.by) for each in found])


@router.get("/{customer_id}", responses=responses(NotFound, Unavailable))
async def read_card(customer_id: str, _who: Looking, session: Reading, context: ContextDep) -> CustomerCard:
    today = context.clock().astimezone(context.settings.zone).date()
    arrears = await context.billing.arrears(customer_id, today)
    return await cards.card(session, customer_id, arrears, today, await context.reasons.titles(session))


@router.get("/{customer_id}/bills", responses=responses(NotFound, Unavailable))
async def read_bills(customer_id: str, _who: Looking, who: MayReadBills, context: ContextDep) -> list[BillOut]:
    """Last six months of all products, latest first. Audited."""
    now = context.clock()
    async with context.db.write() as session:
        customer = await service.get(session, customer_id)
        await audit.record(session, who, "bill.read", now, subject="customer", subject_id=customer_id)
    today = now.astimezone(context.settings.zone).date()
    return [cards.bill_out(bill, today) for bill in await context.customers.bills(customer)]


@router.post("/{customer_id}/unmask", responses=responses(NotFound, Refused))
async def unmask(customer_id: str, body: UnmaskQuestion, who: MayUnmask, context: ContextDep) -> Unmasked:
    """One field in clear, for a stated reason. Audited, and limited a day; who asks for more is an alarm."""
    asked = unmasking.Asked(customer_id, body.field, body.reason, body.ticket_no)
    try:
        async with context.db.write() as session:
            return Unmasked(value=await unmasking.unmask(session, who, asked, context.clock(), context.settings.zone))
    except Denied as denied:
        if denied.code == unmasking.OVER_THE_LIMIT:
            await raise_alarm(context, who, customer_id, AlarmKind.UNMASK_LIMIT)
        raise


@router.post("/{customer_id}/password-unlock", status_code=204, responses=responses(NotFound, Unavailable))
async def unlock_passwords(customer_id: str, body: UnlockQuestion, who: MayUnlock, context: ContextDep) -> None:
    """Service passwords and the identity check work again today. Audited with the reason."""
    async with context.db.write() as session:
        await service.get(session, customer_id)
        await audit.record(
            session,
            who,
            "password.unlock",
            context.clock(),
            subject="customer",
            subject_id=customer_id,
            reason=body.reason,
        )
    await context.identity.unlock(customer_id)
