"""A plan visits a list of customers; who refused such calls, or cannot be called, is left out. Never commits."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.customers.models import Customer
from agent_api.errors import Invalid
from agent_api.visits import service
from agent_api.visits.models import VisitPlan
from agent_api.visits.rules import Rule, Subject, When, rules
from agent_api.visits.service import Matter, scope

AT_ONCE = 500


async def add(
    session: AsyncSession,
    title: str,
    rule_id: str,
    customer_ids: Sequence[str],
    due_at: datetime | None,
    who: Principal,
    now: datetime,
    zone: ZoneInfo,
) -> tuple[VisitPlan, int]:
    """The plan, and how many visits it has."""
    rule = rules().get(rule_id)
    if rule is None or rule.when is not When.PLAN or (due_at is not None and due_at <= now):
        raise Invalid("visit.bad_plan")
    wanted = list(dict.fromkeys(customer_ids))
    known = await _customers(session, wanted)
    plan = VisitPlan(
        plan_id=uuid4().hex,
        title=title,
        rule_id=rule_id,
        center_id=who.center.center_id,
        created_by=who.agent_no,
        created_at=now,
        due_at=due_at or now + rule.within,
        left_out={each: why for each in wanted if (why := _left_out(known.get(each), rule, who))},
    )
    session.add(plan)
    await session.flush()
    visited = [known[each] for each in wanted if each not in plan.left_out]
    for customer in visited:
        await service.plan(session, rule, _matter(plan, customer), now, zone)
    await audit.record(
        session, who, "visit.planned", now, subject="visit_plan", subject_id=plan.plan_id, reason=f"{len(visited)}"
    )
    return plan, len(visited)


def _left_out(customer: Customer | None, rule: Rule, who: Principal) -> str:
    centers = scope(who)
    if customer is None or (centers is not None and customer.center_id not in centers):
        return "unknown"
    if rule.consent and customer.consent.get(rule.consent) is False:
        return "no_consent"
    return "" if customer.contact_number else "no_number"


def _matter(plan: VisitPlan, customer: Customer) -> Matter:
    return Matter(
        Subject.PLAN,
        f"{plan.plan_id[:12]}:{customer.customer_id}",
        plan.title,
        customer.center_id,
        customer.contact_number,
        customer.customer_id,
        first_owner=customer.manager,
        fast=customer.level in ("vip", "svip"),
        plan_id=plan.plan_id,
        due_at=plan.due_at,
    )


async def _customers(session: AsyncSession, wanted: Sequence[str]) -> dict[str, Customer]:
    found: dict[str, Customer] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = await session.scalars(select(Customer).where(Customer.customer_id.in_(wanted[start : start + AT_ONCE])))
        found |= {row.customer_id: row for row in rows}
    return found
