"""Changes of a customer's record: every one keeps what it replaced, and who did it. Never commits."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.customers.models import Customer, CustomerVersion
from agent_api.errors import Invalid, NotFound, Refused

REACHED_BY = ("contact_number", "alternative_number", "email", "address", "language")
"""What agents may change; everything else comes from the company's own system."""


async def change(
    session: AsyncSession,
    customer: Customer,
    values: Mapping[str, Any],
    changed_by: str,
    now: datetime,
    *,
    source: str,
    reason: str = "",
) -> list[str]:
    """Names of what is different now. Nothing is written when that is nothing."""
    different = {name: value for name, value in values.items() if getattr(customer, name) != value}
    if not different:
        return []
    before = {name: _kept(getattr(customer, name)) for name in different}
    session.add(
        CustomerVersion(
            customer_id=customer.customer_id,
            version=customer.version,
            before=before,
            changed_by=changed_by,
            changed_at=now,
            source=source,
            reason=reason[:200],
        )
    )
    for name, value in different.items():
        setattr(customer, name, value)
    customer.version += 1
    return sorted(different)


async def of_version(session: AsyncSession, customer_id: str, version: int, for_update: bool = False) -> Customer:
    """The record, if it is still the one the person saw; else 409."""
    customer = await session.get(Customer, customer_id, with_for_update=for_update or None)
    if customer is None:
        raise NotFound("customer", customer_id)
    if customer.version != version:
        raise Refused("customer.changed", {"version": customer.version})
    return customer


async def edit(
    session: AsyncSession,
    customer_id: str,
    version: int,
    values: Mapping[str, Any],
    who: Principal,
    now: datetime,
    reason: str,
) -> Customer:
    """At the desk: of the version the person saw, else 409. Audited by the names of the fields."""
    customer = await of_version(session, customer_id, version, for_update=True)
    wanted = dict(values)
    if wanted.get("manager"):
        await _check_manager(session, wanted["manager"])
    if "consent" in wanted:
        wanted["consent"] = customer.consent | wanted["consent"]
    changed = await change(session, customer, wanted, who.agent_no, now, source="desk", reason=reason)
    if changed:
        told = f"{','.join(changed)}: {reason}"
        await audit.record(session, who, "customer.edit", now, subject="customer", subject_id=customer_id, reason=told)
    return customer


async def versions(session: AsyncSession, customer_id: str) -> Sequence[CustomerVersion]:
    """Latest first."""
    query = select(CustomerVersion).where(CustomerVersion.customer_id == customer_id)
    return (await session.scalars(query.order_by(CustomerVersion.version.desc()).limit(100))).all()


async def _check_manager(session: AsyncSession, agent_no: str) -> None:
    """Somebody who takes calls and still works here."""
    found = await auth.find_principal(session, agent_no)
    if found is None or not found.may(Permission.AGENT_WORK) or (await auth.staff_of(session, agent_no)).disabled:
        raise Invalid("customer.unknown_manager")


def _kept(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
