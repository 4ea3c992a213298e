"""A customer's timeline, changes of the record, and the view of a group."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from agent_api.access.guard import Looking
from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.customers import groups, records, service, timeline
from agent_api.customers.billing import IssuedBill
from agent_api.customers.models import AuthorisedContact, CustomerVersion, GroupContract
from agent_api.customers.record_schemas import (
    AuthorisedOut,
    ContractOut,
    GroupMonth,
    GroupOut,
    LineBill,
    MomentOut,
    RecordChange,
    Refreshed,
    TimelineOut,
    VersionOut,
)
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, Unavailable, responses
from agent_api.masking import mask_address, mask_email, mask_name, mask_number
from agent_api.web import ContextDep, Reading, allowed

router = APIRouter(
    prefix="/api/v1/customers/{customer_id}",
    tags=["customers"],
    responses=responses(NotSignedIn, Denied, NotFound, Invalid),
)

MayEdit = Annotated[Principal, Depends(allowed(Permission.CUSTOMER_EDIT))]
MayReadBills = Annotated[Principal, Depends(allowed(Permission.BILL_READ))]
MASKS = {
    "name": mask_name,
    "contact_number": mask_number,
    "alternative_number": mask_number,
    "email": mask_email,
    "address": mask_address,
}


@router.get("/timeline")
async def read_timeline(
    customer_id: str,
    _who: Looking,
    session: Reading,
    context: ContextDep,
    before: datetime | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> TimelineOut:
    """Calls, messages, tickets, orders, surveys, payments and changes of the record in one list, latest first."""
    await service.get(session, customer_id)
    if before is not None and before.tzinfo is None:
        raise Invalid("request.invalid", {"fields": [{"field": "before", "reason": "needs a time zone"}]})
    found = await timeline.page(session, customer_id, before or context.clock(), limit)
    items = [MomentOut.model_validate({name: getattr(each, name) for name in MomentOut.model_fields}) for each in found]
    return TimelineOut(items=items, before=items[-1].at if len(items) >= limit else None)


@router.patch("", responses=responses(Refused, Unavailable))
async def edit_record(customer_id: str, body: RecordChange, who: MayEdit, context: ContextDep) -> list[VersionOut]:
    """How the customer is reached, and what was agreed to. The old version stays, with who changed it."""
    async with context.db.read() as session:
        customer = await records.of_version(session, customer_id, body.version)
    await context.customers.change(customer, body.values())
    async with context.db.write() as session:
        await records.edit(session, customer_id, body.version, body.values(), who, context.clock(), body.reason)
        await session.flush()
        return [_version(each) for each in await records.versions(session, customer_id)]


@router.post("/refresh", responses=responses(Unavailable))
async def refresh_record(customer_id: str, _who: Looking, context: ContextDep) -> Refreshed:
    """A fresh copy from the system that is the customer's home."""
    async with context.db.read() as session:
        customer = await service.get(session, customer_id)
    return Refreshed(fetched=await context.customers.refresh(customer))


@router.get("/versions")
async def read_versions(customer_id: str, _who: Looking, session: Reading) -> list[VersionOut]:
    await service.get(session, customer_id)
    return [_version(each) for each in await records.versions(session, customer_id)]


@router.get("/group", responses=responses(Unavailable))
async def read_group(customer_id: str, _who: Looking, who: MayReadBills, context: ContextDep) -> GroupOut:
    """All lines of a group, its bills as one with each line's part, contract, and who may order. Audited."""
    now = context.clock()
    async with context.db.write() as session:
        customer = await service.get(session, customer_id)
        lines = await service.products(session, customer_id)
        contract = await groups.contract(session, customer_id)
        contacts = await groups.authorised(session, customer_id)
        await audit.record(session, who, "bill.read", now, subject="customer", subject_id=customer_id)
    bills = await context.customers.bills(customer)
    return GroupOut(
        lines=len(lines),
        contract=_contract(contract) if contract else None,
        contacts=[_authorised(each) for each in contacts],
        months=[_month(each) for each in groups.consolidated(bills)],
    )


def _version(row: CustomerVersion) -> VersionOut:
    before = {name: MASKS[name](value) if name in MASKS else value for name, value in row.before.items()}
    return VersionOut(
        version=row.version,
        changed_by=row.changed_by,
        changed_at=row.changed_at,
        source=row.source,
        reason=row.reason,
        before=before,
    )


def _contract(row: GroupContract) -> ContractOut:
    return ContractOut.model_validate({name: getattr(row, name) for name in ContractOut.model_fields})


def _authorised(row: AuthorisedContact) -> AuthorisedOut:
    return AuthorisedOut(
        name_masked=mask_name(row.name),
        number_masked=mask_number(row.number),
        role=row.role,
        valid_until=row.valid_until,
    )


def _month(each: groups.MonthTotal) -> GroupMonth:
    return GroupMonth(
        month=each.month,
        total=f"{each.total:.2f}",
        paid=f"{each.paid:.2f}",
        due_date=each.due_date,
        lines=[_line(bill) for bill in each.lines],
    )


def _line(bill: IssuedBill) -> LineBill:
    return LineBill(
        product=bill.product_type,
        number_masked=mask_number(bill.number),
        total=f"{bill.total:.2f}",
        paid=f"{bill.paid:.2f}",
    )
