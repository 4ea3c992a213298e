"""Billing kept in our own database, for installations without a billing system (and for the demo).

Opens its own units of work, as a remote system would: nobody may depend on sharing a transaction with it.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.passwords import Passwords
from agent_api.customers import accounts, charges, top_up
from agent_api.customers.billing import Account, Arrears, Charge, Component, IssuedBill, MonthBill, TopUp
from agent_api.customers.models import AccountCredit, Bill, Payment, Product
from agent_api.customers.rules import ProductType
from agent_api.db import Database
from agent_api.identity import tries

ZERO = Decimal(0)
TOP_UP = "top-up"


class EmbeddedBilling:
    def __init__(
        self,
        db: Database,
        passwords: Passwords,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        ended: Collection[ProductType] = (),
    ) -> None:
        """`ended`: business lines that are no longer offered."""
        self._db = db
        self._passwords = passwords
        self._clock = clock
        self._zone = zone
        self._ended = frozenset(ended)

    async def account(self, product: ProductType, number: str, today: date) -> Account:
        if product in self._ended:
            return Account("ended")
        return await accounts.account(self._db, product, number, today, self._zone)

    async def month_bill(self, product: ProductType, number: str, month: str | None, today: date) -> MonthBill:
        return await accounts.month_bill(self._db, product, number, month, today)

    async def top_up(self, product: ProductType, number: str, card_pin: str, today: date) -> TopUp:
        async with self._db.read() as session:
            line = await _line(session, product, number)
            if line is None:
                return TopUp("unknown")
            if await tries.left(session, TOP_UP, line.product_id, today) == 0:
                return TopUp("locked")
            card = await top_up.card_of(session, card_pin)
        good = await self._passwords.matches(card_pin, card.pin_hash if card else None)
        async with self._db.write() as session:
            line = await session.get_one(Product, line.product_id, with_for_update=True)
            if card is not None and good:
                card = await top_up.lock_card(session, card.serial)
                if top_up.is_repeated(card, line, self._clock()):
                    return TopUp("ok", card.amount, line.balance, line.customer_id, repeated=True)
                if card.used_at is None and card.valid_until >= today:
                    await top_up.use_card(session, card, line, self._clock())
                    await tries.forget(session, TOP_UP, line.product_id)
                    return TopUp("ok", card.amount, line.balance, line.customer_id)
            rest = await tries.add(session, TOP_UP, line.product_id, today)
            return TopUp("wrong" if rest else "locked")

    async def bills(self, customer_id: str, months: int = 6) -> Sequence[IssuedBill]:
        async with self._db.read() as session:
            rows = await session.execute(
                select(Bill, Product.type, Product.number)
                .join(Product, Product.product_id == Bill.product_id)
                .where(Bill.customer_id == customer_id)
                .order_by(Bill.month.desc(), Product.type, Bill.bill_id)
            )
            found = [
                IssuedBill(kind, number, bill.month, bill.total, bill.paid, bill.due_date, _components(bill))
                for bill, kind, number in rows
            ]
        newest = sorted({bill.month for bill in found}, reverse=True)[:months]
        return [bill for bill in found if bill.month in newest]

    async def arrears(self, customer_id: str, today: date) -> Arrears | None:
        async with self._db.read() as session:
            open_bills = await _overdue(session, today, customer_id)
        return _arrears_of(customer_id, open_bills) if open_bills else None

    async def debtors(self, today: date) -> Sequence[Arrears]:
        by_customer: defaultdict[str, list[Bill]] = defaultdict(list)
        async with self._db.read() as session:
            for bill in await _overdue(session, today):
                by_customer[bill.customer_id].append(bill)
        return [_arrears_of(customer_id, bills) for customer_id, bills in sorted(by_customer.items())]

    async def register_payment(self, customer_id: str, amount: Decimal, by: str) -> None:
        async with self._db.write() as session:
            session.add(Payment(customer_id=customer_id, at=self._clock(), amount=amount, registered_by=by))
            await _spread(session, customer_id, amount)

    async def charge(self, product: ProductType, number: str, charge: Charge) -> None:
        today = self._clock().astimezone(self._zone).date()
        async with self._db.write() as session:
            line = await _line(session, product, number)
            if line is not None:
                await session.refresh(line, with_for_update=True)
                await charges.book(session, line, charge, today)

    async def credit(self, customer_id: str, amount: Decimal, reference: str, reason: str) -> None:
        async with self._db.write() as session:
            if await session.get(AccountCredit, reference) is not None:
                return
            session.add(
                AccountCredit(
                    reference=reference, customer_id=customer_id, amount=amount, reason=reason, at=self._clock()
                )
            )
            await _spread(session, customer_id, amount)


async def _spread(session: AsyncSession, customer_id: str, amount: Decimal) -> None:
    """Over the open bills, the oldest first; what is left is balance."""
    unpaid = select(Bill).where(Bill.customer_id == customer_id, Bill.paid < Bill.total).order_by(Bill.month)
    for bill in await session.scalars(unpaid.with_for_update()):
        part = min(amount, bill.total - bill.paid)
        bill.paid += part
        amount -= part
    if amount > 0:
        product = await session.scalar(
            select(Product).where(Product.customer_id == customer_id).order_by(Product.product_id).limit(1)
        )
        if product is not None:
            product.balance += amount


async def _line(session: AsyncSession, product: ProductType, number: str) -> Product | None:
    found: Product | None = await session.scalar(
        select(Product).where(Product.type == product.value, Product.number == number, Product.status != "closed")
    )
    return found


async def _overdue(session: AsyncSession, today: date, customer_id: str | None = None) -> Sequence[Bill]:
    query = select(Bill).where(Bill.paid < Bill.total, Bill.due_date < today).order_by(Bill.due_date, Bill.bill_id)
    if customer_id is not None:
        query = query.where(Bill.customer_id == customer_id)
    return (await session.scalars(query)).all()


def _arrears_of(customer_id: str, bills: Sequence[Bill]) -> Arrears:
    owed = sum((bill.total - bill.paid for bill in bills), ZERO)
    return Arrears(customer_id, owed, bills[0].due_date, bills[0].month)


def _components(bill: Bill) -> tuple[Component, ...]:
    return tuple(Component(part["name"], Decimal(part["amount"])) for part in bill.components)
