"""Top-up cards of the embedded billing: found by their first eight digits, proved by the hash, used once."""

from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.customers.models import Bill, Payment, Product, TopUpCard

SERIAL_DIGITS = 8
REPEATED_WITHIN = timedelta(minutes=2)
"""The same card for the same line once more within this time is the question asked again, not a second use."""


async def card_of(session: AsyncSession, pin: str) -> TopUpCard | None:
    return await session.get(TopUpCard, pin[:SERIAL_DIGITS])


async def lock_card(session: AsyncSession, serial: str) -> TopUpCard:
    return await session.get_one(TopUpCard, serial, with_for_update=True)


def is_repeated(card: TopUpCard, product: Product, now: datetime) -> bool:
    return card.used_for == product.product_id and card.used_at is not None and now - card.used_at < REPEATED_WITHIN


async def use_card(session: AsyncSession, card: TopUpCard, product: Product, now: datetime) -> None:
    card.used_at, card.used_for = now, product.product_id
    session.add(
        Payment(
            customer_id=product.customer_id,
            product_id=product.product_id,
            at=now,
            amount=card.amount,
            registered_by="top-up",
        )
    )
    await pay(session, product, card.amount)


async def pay(session: AsyncSession, product: Product, amount: Decimal) -> None:
    """Towards the line's open bills, oldest first; the rest is its balance. Paid up, a line in arrears works again."""
    rest = amount
    open_bills = select(Bill).where(Bill.product_id == product.product_id, Bill.paid < Bill.total).order_by(Bill.month)
    still_open = False
    for bill in await session.scalars(open_bills):
        part = min(rest, bill.total - bill.paid)
        bill.paid += part
        rest -= part
        still_open = still_open or bill.paid < bill.total
    product.balance += rest
    if not still_open and product.suspended_for == "arrears":
        product.status, product.suspended_for = "active", None
