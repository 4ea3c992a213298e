"""The customer card of the screen pop: what we know of the person, from all features, masked."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.calls import service as calls
from agent_api.calls.models import Call
from agent_api.customers import service
from agent_api.customers.billing import Arrears, IssuedBill
from agent_api.customers.models import Customer
from agent_api.customers.repository import FoundBy
from agent_api.customers.rules import PRODUCT_TITLES, ProductType, is_senior
from agent_api.customers.schemas import (
    BillComponent,
    BillOut,
    Contact,
    CustomerCard,
    CustomerRow,
    OpenTicket,
    ProductOut,
)
from agent_api.masking import mask_address, mask_email, mask_name, mask_number
from agent_api.reasons.shipped import SHIPPED_TITLES
from agent_api.tickets import service as tickets
from agent_api.tickets.titles import STATE_TITLES
from agent_api.tickets.words import State

LAST_CONTACTS = 5


def row_out(customer: Customer, by: FoundBy | None = None) -> CustomerRow:
    return CustomerRow(
        kind="group" if customer.kind == "group" else "person",
        found_by=by,
        id=customer.customer_id,
        name_masked=mask_name(customer.name),
        number_masked=mask_number(customer.contact_number),
        level="vip" if customer.level == "vip" else "normal",
        star_level=customer.star_level,
        center=customer.center_id,
    )


async def card(
    session: AsyncSession, customer_id: str, arrears: Arrears | None, today: date, titles: Mapping[str, str]
) -> CustomerCard:
    """`titles`: of the contact reasons."""
    customer = await service.get(session, customer_id)
    products = await service.products(session, customer_id)
    open_tickets = await tickets.open_of_customer(session, customer_id)
    contacts = await calls.page(session, LAST_CONTACTS, None, customer_id=customer_id)
    return CustomerCard(
        **row_out(customer).model_dump(),
        is_senior=is_senior(customer.birth_date, today),
        language=customer.language,
        version=customer.version,
        account_no=customer.account_no,
        address_masked=mask_address(customer.address),
        email_masked=mask_email(customer.email),
        alternative_masked=mask_number(customer.alternative_number),
        consent=customer.consent,
        manager=customer.manager,
        points=customer.points,
        products=[
            ProductOut(
                type=product.type,
                type_title=PRODUCT_TITLES[ProductType(product.type)],
                number_masked=mask_number(product.number),
                plan=product.plan,
                status=product.status,
            )
            for product in products
        ],
        arrears=f"{arrears.owed:.2f}" if arrears else "0.00",
        credit_level=customer.credit_level,
        open_tickets=[
            OpenTicket(
                ticket_no=ticket.ticket_no,
                type=ticket.type,
                title=ticket.title,
                state=ticket.state,
                state_title=STATE_TITLES[State(ticket.state)],
                created_at=ticket.created_at,
            )
            for ticket in open_tickets
        ],
        last_contacts=[
            Contact(
                at=call.offered_at,
                channel="call_in" if call.direction == "inbound" else "call_out",
                summary=contact_summary(call, titles),
                agent_no=call.agent_no if call.connected_at else None,
                call_id=call.call_id,
            )
            for call in contacts
        ],
    )


def contact_summary(call: Call, titles: Mapping[str, str] = SHIPPED_TITLES) -> str:
    """A contact in a few words: how it ended, and the reason the agent chose."""
    if call.connected_at is not None:
        outcome = "人工接听"
    elif call.abandon_stage is not None:
        outcome = "未接通"
    elif call.ended_at is None:
        outcome = "进行中"
    else:
        outcome = "自助服务"
    reason = titles.get(call.disposition or "")
    return f"{outcome} · {reason}" if reason else outcome


def bill_out(bill: IssuedBill, today: date) -> BillOut:
    return BillOut(
        product=bill.product_type,
        product_title=PRODUCT_TITLES[ProductType(bill.product_type)],
        number_masked=mask_number(bill.number),
        month=bill.month,
        total=f"{bill.total:.2f}",
        paid=f"{bill.paid:.2f}",
        components=[BillComponent(name=part.name, amount=f"{part.amount:.2f}") for part in bill.components],
        due_date=bill.due_date,
        status="paid" if bill.open_amount <= 0 else "overdue" if bill.due_date < today else "open",
    )
