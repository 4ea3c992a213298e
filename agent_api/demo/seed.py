"""Fills an empty installation with the demo, all or nothing, once."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api import effects
from agent_api.auth import service as auth
from agent_api.auth.passwords import Passwords
from agent_api.campaigns import service as campaigns
from agent_api.customers.embedded_billing import EmbeddedBilling
from agent_api.customers.models import ServicePassword
from agent_api.db import Database
from agent_api.demo import (
    afterwards,
    boxes,
    casework,
    contacts,
    customers,
    knowledge,
    notices,
    own_rules,
    places,
    rights,
    services,
    subscribers,
    traffic,
)
from agent_api.messages import workflow
from agent_api.messages.models import Message

DEBTORS_CALLED = 8


async def seed(
    db: Database,
    passwords: Passwords,
    today: date,
    now: datetime,
    zone: ZoneInfo,
    progress: Callable[[str], None],
    days: int = traffic.DAYS,
    attachments: Path | None = None,
) -> dict[str, int]:
    """How much was put in; empty when the demo is there already. `days`: how far back the past calls go.

    `attachments`: where files of contacts lie.
    """
    async with db.read() as session:
        if await auth.find_principal(session, places.STAFF[0].agent_no) is not None:
            progress("the demo data is there already")
            return {}
    async with db.write() as session:
        progress("centres and staff")
        await _staff(session, passwords, now)
        session.add(rights.proposal(now))
        progress("subscribers and bills")
        bills = await _subscribers(session, passwords, today)
        progress("cards and dealers")
        services.add(session, passwords, today, now)
        await customers.add(session, today)
        session.add_all(notices.notices(now))
        await _articles(session, now)
        progress("past calls")
        events = traffic.past_events(today, now, zone, days)
        applied = await effects.apply(session, events, zone)
        progress("tickets")
        await casework.write_down(session, now, zone)
        progress("the back office")
        await afterwards.write_down(session, now, zone)
        progress("written contacts")
        await contacts.add(session, now, zone, attachments)
        await boxes.fill(session, now)
        await own_rules.add(session, today, now)
        # What the past told customers was told then: the demo sends nothing to anybody.
        await session.execute(update(Message).values(state=workflow.State.COMPLETED.value, due_at=None, values={}))
    async with db.write() as session:
        progress("dunning cases")
        debtors = await EmbeddedBilling(db, passwords, lambda: now, zone).debtors(today)
        await campaigns.ensure_cases(session, debtors, now)
        called = [debtor.customer_id for debtor in debtors[:DEBTORS_CALLED]]
        await casework.call_debtors(session, called, today, zone)
    return {
        "staff": len(places.STAFF),
        "subscribers": subscribers.COUNT,
        "bills": bills,
        "debtors": len(debtors),
        "calls": len(applied.stories),
    }


async def _staff(session: AsyncSession, passwords: Passwords, now: datetime) -> None:
    for center in places.centers():
        session.add(center)
        await session.flush()
    # One hash for all of them: the password is printed in the README, and hashing is slow on purpose.
    password_hash = passwords.hash(places.PASSWORD)
    for person in places.STAFF:
        await auth.create_staff(session, person, password_hash, now)


async def _articles(session: AsyncSession, now: datetime) -> None:
    written = list(knowledge.articles(now))
    session.add_all(article for article, _ in written)
    await session.flush()
    session.add_all(version for _, version in written)
    session.add_all(knowledge.requests(now))
    session.add_all(knowledge.uses(now))


async def _subscribers(session: AsyncSession, passwords: Passwords, today: date) -> int:
    password_hash = passwords.hash(subscribers.SERVICE_PASSWORD)
    id_hashes = {digits: passwords.hash(digits) for digits in subscribers.ID_LAST6}
    everybody = list(subscribers.subscribers(today))
    for number, each in enumerate(everybody, 1):
        each.customer.id_last6_hash = id_hashes[subscribers.id_last6(number)]
    session.add_all(each.customer for each in everybody)
    await session.flush()
    session.add_all(product for each in everybody for product in each.products)
    await session.flush()
    session.add_all(bill for each in everybody for bill in each.bills)
    session.add_all(payment for each in everybody for payment in each.payments)
    session.add_all(
        ServicePassword(
            number=product.number,
            password_hash=password_hash,
            wrong_tries=0,
            initial=subscribers.has_initial_password(number),
        )
        for number, each in enumerate(everybody, 1)
        for product in each.products
    )
    await session.flush()
    return sum(len(each.bills) for each in everybody)
