"""From password and code to an open session, by way of what must be done first; the lock of an idle desk.

Never commits; hashing happens outside of transactions.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit, password_rules, repository, second_factor, service
from agent_api.auth.models import DeskSession, FormerPassword, Staff
from agent_api.auth.principal import Principal


class Stage(StrEnum):
    OPEN = "open"
    PASSWORD = "password"
    """The password must be changed first."""
    ENROL = "enrol"
    """A second factor must be set up first."""
    LOCKED = "locked"
    """Nobody touched the desk for a while: the password again."""


class CodeVerdict(StrEnum):
    GOOD = "good"
    MISSING = "auth.code_required"
    WRONG = "auth.code_wrong"


@dataclass(frozen=True, slots=True)
class Rules:
    length: timedelta
    most_sessions: int
    factor_roles: Collection[str]
    idle: timedelta
    """After so long without a touch a desk is locked."""


TOUCH_EVERY = timedelta(seconds=20)
"""Touches closer together than this are one."""


def present_stage(stage: Stage, touched_at: datetime, rules: Rules, now: datetime) -> Stage:
    """A desk nobody touched is locked whether its page says so or not."""
    return Stage.LOCKED if stage is Stage.OPEN and now - touched_at > rules.idle else stage


async def check_code(session: AsyncSession, agent_no: str, code: str, ip: str, now: datetime) -> CodeVerdict:
    """Of somebody whose password was right. A wrong code counts as a failed sign-in."""
    factor = await second_factor.of(session, agent_no)
    if factor is None:
        return CodeVerdict.GOOD
    if not code:
        return CodeVerdict.MISSING
    if second_factor.use(factor, code, now):
        return CodeVerdict.GOOD
    await service.note_failure(session, agent_no, ip, now)
    return CodeVerdict.WRONG


async def stage_of(session: AsyncSession, staff: Staff, rules: Rules, now: datetime) -> Stage:
    if staff.password_is_initial or password_rules.is_over(staff.password_set_at or staff.created_at, now):
        return Stage.PASSWORD
    if set(staff.roles) & set(rules.factor_roles) and await second_factor.of(session, staff.agent_no) is None:
        return Stage.ENROL
    return Stage.OPEN


async def open_session(
    session: AsyncSession, agent_no: str, ip: str, rules: Rules, now: datetime
) -> tuple[str, Principal, Stage]:
    """A new session of an account whose password was right: the cookie's token, who it is, what comes first."""
    who = await service.principal(session, agent_no, ip)
    staff = await service.staff_of(session, agent_no)
    stage = await stage_of(session, staff, rules, now)
    token = secrets.token_urlsafe(32)
    await repository.forget_failures(session, agent_no)
    await repository.forget_expired_sessions(session, now)
    too_many = (await repository.sessions_of(session, agent_no, now))[rules.most_sessions - 1 :]
    await repository.end_sessions(session, [old.token_hash for old in too_many])
    session.add(
        DeskSession(
            token_hash=service.token_hash(token),
            agent_no=agent_no,
            created_at=now,
            expires_at=now + rules.length,
            ip=ip,
            stage=stage.value,
        )
    )
    await audit.record(session, who, "session.opened", now, subject="staff", subject_id=agent_no)
    return token, who, stage


async def go_on(session: AsyncSession, desk: DeskSession, rules: Rules, now: datetime) -> Stage:
    """To what comes first now, after a step was taken."""
    stage = await stage_of(session, await service.staff_of(session, desk.agent_no), rules, now)
    desk.stage, desk.touched_at = stage.value, now
    return stage


async def set_password(
    session: AsyncSession, staff: Staff, password_hash: str, now: datetime, *, initial: bool = False
) -> None:
    session.add(FormerPassword(agent_no=staff.agent_no, password_hash=staff.password_hash, at=now))
    staff.password_hash, staff.password_set_at, staff.password_is_initial = password_hash, now, initial


async def used_before(session: AsyncSession, agent_no: str) -> list[str]:
    """Hashes of passwords that are not taken again: the present one and those before."""
    present = (await service.staff_of(session, agent_no)).password_hash
    return [present, *await repository.former_passwords(session, agent_no, password_rules.REMEMBERED)]
