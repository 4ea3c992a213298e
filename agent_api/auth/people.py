"""Accounts of one's own centre and those below: made, changed, locked out. Never commits."""

import secrets
import string
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit, grants, password_rules, repository, service, signing_in
from agent_api.auth.models import Center, SecondFactor, Staff
from agent_api.auth.principal import Principal
from agent_api.auth.service import NewStaff
from agent_api.errors import Denied, Invalid, Refused

_SIGNS = string.ascii_letters + string.digits + "!#%+-=?"


@dataclass(frozen=True, slots=True)
class PersonFields:
    name: str
    center_id: str
    roles: tuple[str, ...]
    queues: tuple[str, ...]
    skills: dict[str, int]
    language: str
    disabled: bool
    mobile: str | None = None
    """None: as it is."""


def initial_password() -> str:
    """For one sign-in."""
    while True:
        found = "".join(secrets.choice(_SIGNS) for _ in range(14))
        if password_rules.classes(found) > password_rules.LEAST_CLASSES:
            return found


async def create(
    session: AsyncSession, who: Principal, agent_no: str, wanted: PersonFields, password_hash: str, now: datetime
) -> Staff:
    await _check(session, who, wanted)
    new = NewStaff(
        agent_no, wanted.name, wanted.center_id, wanted.roles, wanted.queues, (), wanted.language, wanted.mobile or ""
    )
    if not await service.create_staff(session, new, password_hash, now, initial=True):
        raise Refused("person.there_already")
    row = await service.staff_of(session, agent_no)
    row.skills = dict(wanted.skills)
    await _note(session, who, "person.created", agent_no, now, ",".join(wanted.roles))
    return row


async def change(session: AsyncSession, who: Principal, agent_no: str, wanted: PersonFields, now: datetime) -> Staff:
    row = await person(session, who, agent_no)
    _not_oneself(who, agent_no)
    await _check(session, who, wanted)
    before, after = ",".join(sorted(row.roles)), ",".join(sorted(wanted.roles))
    row.name, row.center_id, row.roles, row.queues = wanted.name, wanted.center_id, [*wanted.roles], [*wanted.queues]
    row.skills, row.language = dict(wanted.skills), wanted.language
    row.mobile = row.mobile if wanted.mobile is None else wanted.mobile
    if wanted.disabled and not row.disabled:
        await service.end_sessions(session, agent_no, now)
    row.disabled = wanted.disabled
    if before != after:
        await _note(session, who, "role.changed", agent_no, now, f"{before} -> {after}")
    await _note(session, who, "person.changed", agent_no, now, "disabled" if row.disabled else "")
    return row


async def person(session: AsyncSession, who: Principal, agent_no: str) -> Staff:
    row = await service.staff_of(session, agent_no)
    if row.center_id not in who.visible_centers:
        raise Denied("person.not_your_center")
    return row


async def reset_password(
    session: AsyncSession, who: Principal, agent_no: str, password_hash: str, now: datetime
) -> None:
    """Must be changed at the next sign-in; present sessions end."""
    row = await person(session, who, agent_no)
    _not_oneself(who, agent_no)
    await signing_in.set_password(session, row, password_hash, now, initial=True)
    await repository.forget_failures(session, agent_no)
    await service.end_sessions(session, agent_no, now)
    await _note(session, who, "password.reset", agent_no, now)


async def reset_second_factor(session: AsyncSession, who: Principal, agent_no: str, now: datetime) -> None:
    await person(session, who, agent_no)
    _not_oneself(who, agent_no)
    if (row := await session.get(SecondFactor, agent_no)) is not None:
        await session.delete(row)
    await service.end_sessions(session, agent_no, now)
    await _note(session, who, "factor.reset", agent_no, now)


async def unlock(session: AsyncSession, who: Principal, agent_no: str, now: datetime) -> None:
    """Before the half hour is over."""
    await person(session, who, agent_no)
    await repository.forget_failures(session, agent_no)
    await _note(session, who, "person.unlocked", agent_no, now)


async def sign_out(session: AsyncSession, who: Principal, agent_no: str, now: datetime) -> None:
    await person(session, who, agent_no)
    await service.end_sessions(session, agent_no, now)
    await _note(session, who, "session.ended", agent_no, now)


async def create_center(
    session: AsyncSession, who: Principal, center_id: str, name: str, parent_id: str, now: datetime
) -> Center:
    """One tier below its parent."""
    parent = await service.center(session, parent_id)
    if parent_id not in who.visible_centers or parent.level == "C":
        raise Denied("person.not_your_center")
    if await session.get(Center, center_id) is not None:
        raise Refused("center.there_already")
    row = Center(center_id=center_id, name=name, level={"N": "P", "P": "C"}[parent.level], parent_id=parent_id)
    session.add(row)
    await session.flush()
    await audit.record(session, who, "center.created", now, subject="center", subject_id=center_id)
    return row


async def rename_center(session: AsyncSession, who: Principal, center_id: str, name: str, now: datetime) -> Center:
    await service.center(session, center_id)
    if center_id not in who.visible_centers:
        raise Denied("person.not_your_center")
    row = await session.get_one(Center, center_id)
    row.name = name
    await audit.record(session, who, "center.renamed", now, subject="center", subject_id=center_id)
    return row


async def _check(session: AsyncSession, who: Principal, wanted: PersonFields) -> None:
    center = await service.center(session, wanted.center_id)
    if wanted.center_id not in who.visible_centers:
        raise Denied("person.not_your_center")
    if (why_not := grants.objection(wanted.roles, center.level, who.center.level)) is not None:
        raise Invalid(why_not)


def _not_oneself(who: Principal, agent_no: str) -> None:
    if who.agent_no == agent_no:
        raise Denied("person.yourself")


async def _note(
    session: AsyncSession, who: Principal, action: str, agent_no: str, now: datetime, reason: str = ""
) -> None:
    await audit.record(session, who, action, now, subject="staff", subject_id=agent_no, reason=reason)
