"""The port over our own store, for installations without a customer system."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.crm.port import CrmBill, CrmCustomer, CrmLine, CrmPart, OrderState, Paid, Placed
from agent_api.customers import records
from agent_api.customers import service as customers
from agent_api.customers.billing import BillingPort
from agent_api.customers.models import Customer, Payment
from agent_api.customers.rules import ProductType
from agent_api.db import Database
from agent_api.errors import NotFound, Refused
from agent_api.orders import service as orders
from agent_api.orders.offers import OFFERS
from agent_api.orders.workflow import State

STATES: dict[State, OrderState] = {
    State.IN_PROGRESS: "in_progress",
    State.INFO_REQUIRED: "in_progress",
    State.COMPLETED: "completed",
    State.FAILED: "failed",
    State.REJECTED: "rejected",
    State.CANCELLED: "cancelled",
}
CHANGEABLE = frozenset({"contact_number", "email", "address"})


class EmbeddedCustomers:
    def __init__(self, db: Database, billing: BillingPort, clock: Callable[[], datetime], zone: ZoneInfo) -> None:
        self._db = db
        self._billing = billing
        self._clock = clock
        self._zone = zone

    async def by_number(self, number: str) -> CrmCustomer | None:
        async with self._db.read() as session:
            line = await customers.find_line(session, number)
            found = (
                line.customer
                if line
                else await session.scalar(select(Customer).where(Customer.contact_number == number).limit(1))
            )
            return await _customer(session, found) if found else None

    async def get(self, ref: str) -> CrmCustomer | None:
        async with self._db.read() as session:
            found = await session.get(Customer, ref)
            return await _customer(session, found) if found else None

    async def change(self, ref: str, values: Mapping[str, str]) -> CrmCustomer:
        if not values.keys() <= CHANGEABLE:
            raise Refused("crm.refused", {"fields": sorted(values.keys() - CHANGEABLE)})
        async with self._db.write() as session:
            customer = await session.get(Customer, ref, with_for_update=True)
            if customer is None:
                raise NotFound("customer", ref)
            await records.change(session, customer, values, "crm", self._clock(), source="crm")
            await session.flush()
            return await _customer(session, customer)

    async def bills(self, ref: str, months: int) -> Sequence[CrmBill]:
        return [
            CrmBill(
                f"{bill.product_type}-{bill.number}-{bill.month}",
                bill.number,
                bill.product_type,
                bill.month,
                bill.total,
                bill.open_amount,
                bill.due_date,
                tuple(CrmPart(part.name, part.amount) for part in bill.components),
            )
            for bill in await self._billing.bills(ref, months)
        ]

    async def order(self, ref: str, number: str, service: str, our_no: str) -> Placed:
        async with self._db.write() as session:
            line = await customers.find_line(session, number, for_update=True)
            if line is None or line.customer.customer_id != ref:
                raise Refused("crm.refused", {"why": "not a line of this customer"})
            if (ProductType(line.product.type), service) not in OFFERS:
                raise Refused("crm.refused", {"why": "not offered for this line"})
            known = await orders.of_call(session, our_no, line.product.product_id, service)
            if not known:
                new = orders.NewOrder(line, service, None, call_id=our_no, by="crm")
                known = [await orders.submit(session, new, self._clock(), self._zone)]
            return Placed(known[0].order_no, _state(known[0].result or known[0].state))

    async def order_state(self, order_ref: str) -> OrderState | None:
        async with self._db.read() as session:
            try:
                row = await orders.get(session, order_ref)
            except NotFound:
                return None
        return _state(row.result or row.state)

    async def pay(self, ref: str, amount: Decimal, our_no: str) -> Paid:
        """Our number is kept as who registered it: at most 16 characters."""
        async with self._db.read() as session:
            if await session.get(Customer, ref) is None:
                raise NotFound("customer", ref)
            known = select(Payment.payment_id).where(Payment.customer_id == ref, Payment.registered_by == our_no)
            payment = await session.scalar(known)
        if payment is None:
            await self._billing.register_payment(ref, amount, our_no)
            async with self._db.read() as session:
                payment = await session.scalar(known)
        return Paid(str(payment), "done")

    async def close(self) -> None:
        """Nothing is held."""


async def _customer(session: AsyncSession, row: Customer) -> CrmCustomer:
    return CrmCustomer(
        ref=row.customer_id,
        name=row.name,
        kind="group" if row.kind == "group" else "person",
        level="vip" if row.level == "vip" else "normal",
        star_level=row.star_level,
        language=row.language,
        account_no=row.account_no,
        contact_number=row.contact_number,
        email=row.email,
        address=row.address,
        credit_level=row.credit_level,
        lines=tuple(
            CrmLine(line.number, line.type, line.plan, line.status)
            for line in await customers.products(session, row.customer_id)
        ),
    )


def _state(state: str) -> OrderState:
    return STATES.get(State(state), "submitted")
