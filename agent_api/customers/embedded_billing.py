"""Billing kept in our own database, for installations without a billing system (and for the demo).

Opens its own units of work, as a remote system would: nobody may depend on sharing a transaction with it.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.passwords import Passwords
from agent_api.customers.billing import Arrears, Component, IssuedBill, Statement, Verification
from agent_api.customers.models import Bill, Payment, Product, ServicePassword
from agent_api.customers.rules import tries_left
from agent_api.db import Database

ZERO = Decimal(0)


class EmbeddedBilling:
    def __init__(self, db: Database, passwords: Passwords, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._passwords = passwords
        self._clock = clock

    async def statement(self, number: str, today: date) -> Statement | None:
        async with self._db.read() as session:
            product = await session.scalar(select(Product).where(Product.number == number))
            if product is None:
                return None
            bills = (
                await session.scalars(
                    select(Bill).where(Bill.product_id == product.product_id).order_by(Bill.month.desc())
                )
            ).all()
        if not bills:
            return None
        overdue = sum((bill.total - bill.paid for bill in bills if bill.due_date < today), ZERO)
        last = bills[0]
        return Statement(last.month, last.total, product.balance, overdue, _components(last))

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
            rest = amount
            unpaid = select(Bill).where(Bill.customer_id == customer_id, Bill.paid < Bill.total).order_by(Bill.month)
            for bill in await session.scalars(unpaid):
                part = min(rest, bill.total - bill.paid)
                bill.paid += part
                rest -= part
            if rest > 0:
                product = await session.scalar(
                    select(Product).where(Product.customer_id == customer_id).order_by(Product.product_id).limit(1)
                )
                if product is not None:
                    product.balance += rest

    async def verify_password(self, number: str, password: str, today: date) -> Verification:
        async with self._db.read() as session:
            known = await session.get(ServicePassword, number)
            owner = await session.scalar(select(Product.customer_id).where(Product.number == number))
        if known is None or owner is None:
            return Verification("unknown")
        if tries_left(known.wrong_tries, known.wrong_day, today) == 0:
            return Verification("locked")
        good = await self._passwords.matches(password, known.password_hash)
        return await self._count(number, owner, good, today)

    async def _count(self, number: str, owner: str, good: bool, today: date) -> Verification:
        async with self._db.write() as session:
            known = await session.get_one(ServicePassword, number, with_for_update=True)
            before = tries_left(known.wrong_tries, known.wrong_day, today)
            if before == 0:  # locked by a parallel call while we were hashing
                return Verification("locked")
            known.wrong_tries = 0 if good else known.wrong_tries + 1 if known.wrong_day == today else 1
            known.wrong_day = None if good else today
        if good:
            return Verification("pass", before, owner)
        return Verification("fail" if before > 1 else "locked", before - 1)


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
