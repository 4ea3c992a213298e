"""Dealers' sign-in and figures. Never commits; hashing happens outside of transactions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Literal

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.passwords import Passwords
from agent_api.customers import notices
from agent_api.db import Database
from agent_api.dealers.models import Dealer, DealerCard, DealerCommission, DealerOrder

MAX_WRONG = 3


@dataclass(frozen=True, slots=True)
class SignIn:
    result: Literal["pass", "fail", "locked", "unknown"]
    center_id: str | None = None


async def verify(db: Database, passwords: Passwords, code: str, password: str) -> SignIn:
    """Three wrong ones in a row lock the code until staff unlock it."""
    async with db.read() as session:
        known = await session.get(Dealer, code)
    if known is not None and known.wrong_tries >= MAX_WRONG:
        return SignIn("locked")
    good = await passwords.matches(password, known.password_hash if known else None)
    if known is None:
        return SignIn("unknown")
    if good and known.wrong_tries == 0:
        return SignIn("pass", known.center_id)
    async with db.write() as session:
        dealer = await session.get_one(Dealer, code, with_for_update=True)
        if dealer.wrong_tries >= MAX_WRONG:  # locked by a parallel call while we were hashing
            return SignIn("locked")
        dealer.wrong_tries = 0 if good else dealer.wrong_tries + 1
        if good:
            return SignIn("pass", dealer.center_id)
        return SignIn("locked" if dealer.wrong_tries >= MAX_WRONG else "fail")


async def unlock(session: AsyncSession, code: str) -> bool:
    dealer = await session.get(Dealer, code, with_for_update=True)
    if dealer is not None:
        dealer.wrong_tries = 0
    return dealer is not None


async def activation(session: AsyncSession, code: str, card: str) -> Literal["active", "inactive", "unknown"]:
    """Of the dealer's own cards only."""
    found = await session.get(DealerCard, card)
    if found is None or found.dealer_code != code:
        return "unknown"
    return "active" if found.activated_at is not None else "inactive"


async def commission(session: AsyncSession, code: str) -> tuple[str, Decimal] | None:
    """Of the last month that was settled."""
    found = await session.scalar(
        select(DealerCommission)
        .where(DealerCommission.dealer_code == code)
        .order_by(DealerCommission.month.desc())
        .limit(1)
    )
    return (found.month, found.amount) if found else None


async def orders(session: AsyncSession, code: str) -> tuple[int, int] | None:
    """Open and done; None for an unknown dealer."""
    if await session.get(Dealer, code) is None:
        return None
    counted = (
        select(DealerOrder.done, func.count().label("how_many"))
        .where(DealerOrder.dealer_code == code)
        .group_by(DealerOrder.done)
    )
    counts = {row.done: row.how_many for row in await session.execute(counted)}
    return counts.get(False, 0), counts.get(True, 0)


async def send_notices(session: AsyncSession, code: str, text: str, now: datetime) -> bool:
    """To the dealer's registered telephone."""
    dealer = await session.get(Dealer, code)
    if dealer is None:
        return False
    return await notices.tell_number(session, dealer.phone, "dealer.notices", {"notices": text}, now)


@dataclass(frozen=True, slots=True)
class Overview:
    """A dealer at the channel manager's desk."""

    dealer: Dealer
    cards: int
    active_cards: int
    open_orders: int
    done_orders: int
    last_month: str
    commission: Decimal | None


async def overview(session: AsyncSession, centers: Collection[str]) -> list[Overview]:
    found = []
    query = select(Dealer).where(Dealer.center_id.in_(centers)).order_by(Dealer.code)
    for dealer in (await session.scalars(query)).all():
        cards = await session.execute(
            select(func.count(), func.count(DealerCard.activated_at)).where(DealerCard.dealer_code == dealer.code)
        )
        how_many, active = cards.one()
        is_open, done = await orders(session, dealer.code) or (0, 0)
        month, amount = await commission(session, dealer.code) or ("", None)
        found.append(Overview(dealer, how_many, active, is_open, done, month, amount))
    return found
