"""Credit profiles, changes by two people with two roles, appeals. Never commits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.credit import stops
from agent_api.credit.models import CreditChange, CreditProfile
from agent_api.credit.rules import LIMIT_OF, WATCHED_DAYS, CreditState, Standing, is_over, state_of
from agent_api.customers import service as customers
from agent_api.customers.billing import Arrears
from agent_api.customers.models import Customer
from agent_api.errors import Denied, NotFound, Refused

APPEALED, PROPOSED, APPROVED, REFUSED = "APPEALED", "PROPOSED", "APPROVED", "REFUSED"


@dataclass(frozen=True, slots=True)
class Credit:
    customer: Customer
    profile: CreditProfile
    owed: Decimal


async def read(
    session: AsyncSession, customer_id: str, arrears: Arrears | None, now: datetime, zone: ZoneInfo
) -> Credit:
    """As it stands today; a change of the state by the rules is written down in the change log."""
    today = now.astimezone(zone).date()
    customer = await customers.get(session, customer_id)
    profile = await session.get(CreditProfile, customer_id, with_for_update=True)
    if profile is None:
        profile = _first(customer, now)
        session.add(profile)
    owed = arrears.owed if arrears else Decimal(0)
    lines = await customers.products(session, customer_id)
    suspended = any(line.suspended_for == "arrears" for line in lines)
    if profile.state in (CreditState.ARREARS, CreditState.SUSPENDED) and owed == 0:
        profile.watched_until = today + timedelta(days=WATCHED_DAYS)
    after = state_of(Standing(owed, suspended, profile.blacklisted, profile.watched_until), today)
    if after != profile.state:
        session.add(_by_rules(profile, after, now))
        profile.state, profile.changed_at = after.value, now
    await _compare_with_limit(session, customer, profile, owed, now, zone)
    await session.flush()
    return Credit(customer, profile, owed)


async def _compare_with_limit(
    session: AsyncSession, customer: Customer, profile: CreditProfile, owed: Decimal, now: datetime, zone: ZoneInfo
) -> None:
    since, over = profile.over_limit_since, is_over(owed, profile.credit_limit)
    if over:
        profile.over_limit_since = since or now
        figures = stops.figures_of(owed, profile.credit_limit)
        await stops.ask(session, customer, figures, profile.over_limit_since, now, zone)
    elif since is not None:
        profile.over_limit_since = None
        await stops.withdraw(session, customer, since, now)


def _first(customer: Customer, now: datetime) -> CreditProfile:
    return CreditProfile(
        customer_id=customer.customer_id,
        state=CreditState.GOOD.value,
        credit_limit=LIMIT_OF.get(customer.credit_level, Decimal(0)),
        blacklisted=False,
        changed_at=now,
    )


def _by_rules(profile: CreditProfile, after: CreditState, now: datetime) -> CreditChange:
    return CreditChange(
        customer_id=profile.customer_id,
        kind="rules",
        state=APPROVED,
        before={"state": profile.state},
        after={"state": after.value},
        reason="",
        asked_by="system",
        asked_at=now,
        proposed_by="system",
        decided_by="system",
        decided_at=now,
        answer="",
    )


async def ask(
    session: AsyncSession,
    customer_id: str,
    after: Mapping[str, Any],
    reason: str,
    who: Principal,
    now: datetime,
    *,
    appeal: bool,
) -> CreditChange:
    """An appeal in the customer's name waits for the credit officer, a proposal of hers for the supervisor."""
    customer = await customers.get(session, customer_id)
    if not appeal:
        _check_center(customer, who)
    open_one = select(CreditChange.change_id).where(
        CreditChange.customer_id == customer_id, CreditChange.state.in_((APPEALED, PROPOSED))
    )
    if await session.scalar(open_one) is not None:
        raise Refused("credit.open_change")
    profile = await session.get(CreditProfile, customer_id) or _first(customer, now)
    change = CreditChange(
        customer_id=customer_id,
        kind="appeal" if appeal else "manual",
        state=APPEALED if appeal else PROPOSED,
        before=_values(customer, profile),
        after=dict(after),
        reason=reason,
        asked_by=who.agent_no,
        asked_at=now,
        proposed_by="" if appeal else who.agent_no,
        decided_by="",
        answer="",
    )
    session.add(change)
    await _note(session, who, "credit.appeal" if appeal else "credit.propose", customer_id, reason, now)
    await session.flush()
    return change


async def propose(
    session: AsyncSession,
    change_id: int,
    after: Mapping[str, Any],
    agreed: bool,
    answer: str,
    who: Principal,
    now: datetime,
) -> CreditChange:
    """The credit officer's word on an appeal: it becomes a proposal, or ends here."""
    change = await _open(session, change_id, APPEALED)
    _check_center(await customers.get(session, change.customer_id), who)
    if change.asked_by == who.agent_no:
        raise Refused("credit.same_person")
    change.answer = answer
    if agreed:
        change.state, change.proposed_by, change.after = PROPOSED, who.agent_no, dict(after) or change.after
    else:
        change.state, change.decided_by, change.decided_at = REFUSED, who.agent_no, now
    await _note(session, who, "credit.answer", change.customer_id, answer, now)
    return change


async def decide(
    session: AsyncSession, change_id: int, agreed: bool, answer: str, who: Principal, now: datetime
) -> CreditChange:
    """By a second person with the second role; only then does anything change."""
    change = await _open(session, change_id, PROPOSED)
    _check_center(await customers.get(session, change.customer_id), who)
    if who.agent_no in (change.asked_by, change.proposed_by):
        raise Refused("credit.same_person")
    change.state, change.decided_by, change.decided_at = (APPROVED if agreed else REFUSED), who.agent_no, now
    change.answer = answer
    if agreed:
        await _apply(session, change, now)
    await _note(session, who, "credit.decide", change.customer_id, f"{change.state}: {answer}", now)
    return change


async def _apply(session: AsyncSession, change: CreditChange, now: datetime) -> None:
    customer = await customers.get(session, change.customer_id)
    profile = await session.get(CreditProfile, change.customer_id, with_for_update=True)
    if profile is None:
        profile = _first(customer, now)
        session.add(profile)
    change.before = _values(customer, profile)
    if "level" in change.after:
        customer.credit_level = change.after["level"]
    if "limit" in change.after:
        profile.credit_limit = Decimal(change.after["limit"])
    if "blacklisted" in change.after:
        profile.blacklisted = change.after["blacklisted"]
    profile.changed_at = now


async def changes(session: AsyncSession, customer_id: str | None, who: Principal, limit: int) -> Sequence[CreditChange]:
    """Of one customer all of them; without one what waits for somebody, of the centres one sees."""
    query = select(CreditChange).order_by(CreditChange.change_id.desc()).limit(limit)
    if customer_id is not None:
        query = query.where(CreditChange.customer_id == customer_id)
    else:
        query = query.join(Customer, Customer.customer_id == CreditChange.customer_id).where(
            CreditChange.state.in_((APPEALED, PROPOSED)), Customer.center_id.in_(who.visible_centers)
        )
    return (await session.scalars(query)).all()


async def _open(session: AsyncSession, change_id: int, state: str) -> CreditChange:
    change = await session.get(CreditChange, change_id, with_for_update=True)
    if change is None:
        raise NotFound("credit change", str(change_id))
    if change.state != state:
        raise Refused("credit.decided_already")
    return change


def _check_center(customer: Customer, who: Principal) -> None:
    """Credit is decided where the customer is at home."""
    if customer.center_id not in who.visible_centers:
        raise Denied("supervision.not_your_center")


def _values(customer: Customer, profile: CreditProfile) -> dict[str, Any]:
    return {
        "level": customer.credit_level,
        "limit": f"{profile.credit_limit:.2f}",
        "blacklisted": profile.blacklisted,
    }


async def _note(
    session: AsyncSession, who: Principal, action: str, customer_id: str, reason: str, now: datetime
) -> None:
    await audit.record(session, who, action, now, subject="customer", subject_id=customer_id, reason=reason)
