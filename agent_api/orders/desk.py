"""Takes an order: is it possible, what does it cost, and submit it. Asks billing and identity, in units of its own."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.calls import service as calls
from agent_api.customers import groups
from agent_api.customers import service as customers
from agent_api.customers.billing import BillingPort
from agent_api.customers.rules import ProductType, normal_number
from agent_api.db import Database
from agent_api.identity.port import IdentityPort
from agent_api.orders import repository, service
from agent_api.orders.models import OrderRow
from agent_api.orders.offers import OFFERS, LineFacts, Offer, Work, check, effective_day

REPEATED_WITHIN = timedelta(minutes=2)
Answer: TypeAlias = Literal["ok", "arrears", "not_eligible", "unknown"]


@dataclass(frozen=True, slots=True)
class Wish:
    product: ProductType
    number: str = field(repr=False)
    service: str
    choice: str | None = field(default=None, repr=False)
    day_offset: int | None = None
    call_id: str | None = None
    by: str = "ivr"

    @property
    def offer(self) -> Offer | None:
        return OFFERS.get((self.product, self.service))

    @property
    def kept_choice(self) -> str | None:
        """What may be stored: never a PIN or a card's number."""
        return None if self.offer is None or self.offer.work is Work.SECRET else self.choice


@dataclass(frozen=True, slots=True)
class OrderDesk:
    db: Database
    billing: BillingPort
    identity: IdentityPort
    zone: ZoneInfo

    async def quote(self, wish: Wish, today: date) -> tuple[Answer, Decimal]:
        owes = await self._owes(wish, today)
        async with self.db.glance() as session:
            line = await customers.find_line(session, wish.number, wish.product)
            if line is None:
                return "unknown", Decimal(0)
            verdict = await _check(session, wish, line, owes, today)
            verdict = verdict if await _may_order(session, wish, line, today) else "not_eligible"
        return verdict, wish.offer.fee_of(wish.choice) if wish.offer else Decimal(0)

    async def place(self, wish: Wish, today: date, now: datetime) -> tuple[Answer, OrderRow | None]:
        """The same order of the same call again is the same order: its first answer was lost."""
        owes = await self._owes(wish, today)
        async with self.db.glance() as session:
            line = await customers.find_line(session, wish.number, wish.product)
            if line is None:
                return "unknown", None
            if (known := await _placed_before(session, wish, line, now)) is not None:
                return "ok", known
            verdict = await _check(session, wish, line, owes, today)
            verdict = verdict if await _may_order(session, wish, line, today) else "not_eligible"
        if verdict != "ok":
            return verdict, None
        if not await self._do_secret(wish, today):
            return "not_eligible", None
        async with self.db.write() as session:
            return await self._submit(session, wish, owes, today, now)

    async def _submit(
        self, session: AsyncSession, wish: Wish, owes: bool, today: date, now: datetime
    ) -> tuple[Answer, OrderRow | None]:
        """Checked once more, now that nobody else can change the line."""
        line = await customers.find_line(session, wish.number, wish.product, for_update=True)
        if line is None or wish.offer is None:
            return "unknown", None
        if (verdict := await _check(session, wish, line, owes, today)) != "ok":
            return verdict, None
        paid_until = line.product.paid_until
        day = effective_day(wish.service, wish.choice, wish.day_offset, paid_until, wish.offer, today)
        new = service.NewOrder(line, wish.service, wish.kept_choice, day, wish.call_id, wish.by)
        return "ok", await service.submit(session, new, now, self.zone)

    async def _owes(self, wish: Wish, today: date) -> bool:
        account = await self.billing.account(wish.product, normal_number(wish.number), today)
        return account.arrears > 0

    async def _do_secret(self, wish: Wish, today: date) -> bool:
        """What is done at once, so that its secret need not be kept."""
        number, secret = normal_number(wish.number), wish.choice or ""
        match wish.service:
            case "recharge":
                return (await self.billing.top_up(wish.product, number, secret, today)).result == "ok"
            case "change_pin":
                return await self.identity.set_password(number, secret) == "ok"
            case _:
                return True


async def _check(
    session: AsyncSession, wish: Wish, line: customers.Line, owes: bool, today: date
) -> Literal["ok", "arrears", "not_eligible"]:
    product = line.product
    facts = LineFacts(
        product.status,
        product.suspended_for,
        product.plan,
        product.services,
        owes,
        product.valid_until is not None and product.valid_until < today,
        await repository.unfinished_services(session, product.product_id),
    )
    return check(wish.product, wish.service, wish.choice, facts)


async def _may_order(session: AsyncSession, wish: Wish, line: customers.Line, today: date) -> bool:
    """For a group only its authorised contacts order, from the telephone they are known by (U-4.6.4)."""
    if line.customer.kind != "group":
        return True
    caller = (await calls.get(session, wish.call_id)).caller_number if wish.call_id else ""
    return await groups.may_order(session, line.customer.customer_id, normal_number(caller), today)


async def _placed_before(session: AsyncSession, wish: Wish, line: customers.Line, now: datetime) -> OrderRow | None:
    if wish.call_id is None:
        return None
    rows = await repository.of_call(session, wish.call_id, line.product.product_id, wish.service)
    fresh = [row for row in rows if row.choice == wish.kept_choice and now - row.created_at < REPEATED_WITHIN]
    return fresh[-1] if fresh else None
