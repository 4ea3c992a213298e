"""Whether somebody has a reason to look at a customer, and the alarm when not. Never commits."""

from collections.abc import Sequence
from datetime import datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.access import repository
from agent_api.access.models import AccessAlarm, WatchedPerson
from agent_api.access.rules import AFTER_CALL, ONE_LOOK, AlarmKind, Contact, alarm_of
from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.calls import service as calls
from agent_api.campaigns import service as campaigns
from agent_api.customers import service as customers
from agent_api.errors import NotFound, Refused
from agent_api.tickets import service as tickets


async def contact_of(
    session: AsyncSession, who: Principal, customer_id: str, on_screen: str | None, now: datetime
) -> Contact | None:
    """A call with this customer, now or just now; an open ticket in this person's hands; a debt to be called about."""
    for call in await calls.page(session, 3, None, agent_no=who.agent_no, customer_id=customer_id):
        if call.ended_at is None or now - call.ended_at <= AFTER_CALL:
            return Contact.CALL
    if on_screen is not None and await _is_caller(session, on_screen, customer_id):
        return Contact.CALL
    for ticket in await tickets.open_of_customer(session, customer_id):
        if ticket.created_by == who.agent_no or {ticket.center_id, ticket.target} & who.visible_centers:
            return Contact.TICKET
    if who.may(Permission.DUNNING_DIAL) and await _is_debtor(session, customer_id):
        return Contact.DUNNING
    return None


async def _is_caller(session: AsyncSession, call_id: str, customer_id: str) -> bool:
    try:
        call = await calls.get(session, call_id)
    except NotFound:
        return False
    line = await customers.find_line(session, call.caller_number)
    return call.customer_id == customer_id or (line is not None and line.customer.customer_id == customer_id)


async def _is_debtor(session: AsyncSession, customer_id: str) -> bool:
    try:
        return (await campaigns.get_case(session, campaigns.case_id_of(customer_id))).state != "paid"
    except NotFound:
        return False


async def look_needs_alarm(
    session: AsyncSession, who: Principal, customer_id: str, on_screen: str | None, now: datetime
) -> AlarmKind | None:
    """Reads only: most looks are explained, and cost no writing."""
    contact = await contact_of(session, who, customer_id, on_screen, now)
    kind = alarm_of(contact, await repository.is_watched(session, customer_id))
    if kind and await repository.same_look(session, who.agent_no, customer_id, kind.value, now - ONE_LOOK):
        return None
    return kind


async def raise_alarm(
    session: AsyncSession, who: Principal, customer_id: str, kind: AlarmKind, now: datetime, zone: ZoneInfo
) -> AccessAlarm:
    """Written down, audited, and counted for the person's day."""
    midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
    alarm = AccessAlarm(
        kind=kind.value,
        at=now,
        agent_no=who.agent_no,
        agent_name=who.name,
        center_id=who.center.center_id,
        customer_id=customer_id,
        count_today=await repository.count_since(session, who.agent_no, midnight) + 1,
        checked_by="",
        finding="",
    )
    session.add(alarm)
    await audit.record(
        session, who, f"access.{kind.value}", now, subject="customer", subject_id=customer_id, result="alarm"
    )
    return alarm


async def check(session: AsyncSession, alarm_id: int, finding: str, who: Principal, now: datetime) -> AccessAlarm:
    """Somebody looked into it; nobody checks alarms about themselves."""
    alarm = await session.get(AccessAlarm, alarm_id, with_for_update=True)
    if alarm is None:
        raise NotFound("alarm", str(alarm_id))
    if alarm.center_id not in who.visible_centers and not who.may(Permission.AUDIT_READ):
        raise NotFound("alarm", str(alarm_id))
    if alarm.agent_no == who.agent_no:
        raise Refused("access.own_alarm")
    alarm.checked_by, alarm.checked_at, alarm.finding = who.agent_no, now, finding
    await audit.record(session, who, "access.checked", now, subject="alarm", subject_id=str(alarm_id), reason=finding)
    return alarm


async def watch(session: AsyncSession, customer_id: str, reason: str, who: Principal, now: datetime) -> None:
    await customers.get(session, customer_id)
    if await repository.is_watched(session, customer_id):
        raise Refused("access.watched_already")
    session.add(WatchedPerson(customer_id=customer_id, reason=reason, added_by=who.agent_no, added_at=now))
    await audit.record(session, who, "access.watch", now, subject="customer", subject_id=customer_id, reason=reason)


async def unwatch(session: AsyncSession, customer_id: str, who: Principal, now: datetime) -> None:
    found = await session.get(WatchedPerson, customer_id)
    if found is None:
        raise NotFound("watched person", customer_id)
    await session.delete(found)
    await audit.record(session, who, "access.unwatch", now, subject="customer", subject_id=customer_id)


async def watched(session: AsyncSession) -> Sequence[WatchedPerson]:
    return await repository.watched(session)


async def alarms(session: AsyncSession, who: Principal, since: datetime, limit: int) -> Sequence[AccessAlarm]:
    return await repository.alarms(session, _scope(who), since, limit)


async def counts(session: AsyncSession, who: Principal, since: datetime) -> Sequence[tuple[str, str, int]]:
    return await repository.counts(session, _scope(who), since)


def _scope(who: Principal) -> frozenset[str] | None:
    """An auditor sees them all, a supervisor those of the own centres."""
    return None if who.may(Permission.AUDIT_READ) else who.visible_centers
