"""Sign-in, sign-out, who a session belongs to, accounts. Never commits; hashing happens outside of transactions."""

import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit, repository
from agent_api.auth.models import Center, DeskSession, Installation, LoginFailure, Staff
from agent_api.auth.principal import CenterRef, Principal, centers_above, centers_below
from agent_api.auth.roles import SHIPPED, Cell, RoleTable
from agent_api.auth.rules import LockoutPolicy, locked_until
from agent_api.errors import NotFound, NotSignedIn


@dataclass(frozen=True, slots=True)
class CenterPlace:
    """A centre and where it stands in the tree."""

    center_id: str
    name: str
    level: str
    parent_id: str | None
    home: str | None
    """Peer on the way to it; None: it works here."""


@dataclass(frozen=True, slots=True)
class NewStaff:
    agent_no: str
    name: str
    center_id: str
    roles: tuple[str, ...]
    queues: tuple[str, ...] = ()
    skills: tuple[tuple[str, int], ...] = ()
    language: str = "zh"
    mobile: str = ""


def token_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


async def password_hash_of(session: AsyncSession, agent_no: str) -> str | None:
    """None for an unknown or disabled account."""
    found = await repository.staff(session, agent_no)
    return None if found is None or found.disabled else found.password_hash


async def lock_of(session: AsyncSession, agent_no: str, policy: LockoutPolicy, now: datetime) -> datetime | None:
    failures = await repository.failures_since(session, agent_no, now - policy.window - policy.length)
    return locked_until(failures, policy, now)


async def note_failure(session: AsyncSession, agent_no: str, ip: str, now: datetime) -> None:
    session.add(LoginFailure(agent_no=agent_no, at=now))
    if who := await find_principal(session, agent_no, ip):
        await audit.record(session, who, "session.failed", now, subject="staff", subject_id=agent_no, result="denied")


async def desk_session(session: AsyncSession, token: str, now: datetime) -> DeskSession:
    """At any stage."""
    found = await repository.session_and_staff(session, token_hash(token), now)
    if found is None:
        raise NotSignedIn("auth.required")
    return found[0]


async def end_sessions(session: AsyncSession, agent_no: str, now: datetime, but: DeskSession | None = None) -> None:
    standing = await repository.sessions_of(session, agent_no, now)
    await repository.end_sessions(session, [each.token_hash for each in standing if each is not but])


async def sessions_standing(
    session: AsyncSession, hashes: Collection[str], now: datetime
) -> dict[str, tuple[Principal, str]]:
    """Who has each of these sessions, and at which stage; those that are over are missing."""
    centers = {center.center_id: center for center in await repository.centers(session)}
    cells = await repository.role_cells_in_force(session)
    return {
        desk.token_hash: (_as_principal(staff, "", centers, cells), desk.stage)
        for desk, staff in await repository.sessions_and_staff(session, hashes, now)
    }


async def touch(session: AsyncSession, token: str, now: datetime) -> None:
    """A person did something at this desk."""
    await repository.touch_session(session, token_hash(token), now)


async def close_session(session: AsyncSession, token: str, who: Principal, now: datetime) -> None:
    await repository.end_sessions(session, [token_hash(token)])
    await audit.record(session, who, "session.closed", now, subject="staff", subject_id=who.agent_no)


async def note_softphone(session: AsyncSession, token: str, who: Principal, now: datetime, zone: ZoneInfo) -> None:
    """Once a session and day: a page that is loaded anew reads it again."""
    day_start = datetime.combine(now.astimezone(zone).date(), time(), zone)
    since = max(day_start, (await desk_session(session, token, now)).created_at)
    if not await audit.count(session, who, "softphone.read", since):
        await audit.record(session, who, "softphone.read", now, subject="staff", subject_id=who.agent_no)


async def find_principal(session: AsyncSession, agent_no: str, ip: str = "") -> Principal | None:
    found = await repository.staff(session, agent_no)
    return None if found is None else await _principal(session, found, ip)


async def principal(session: AsyncSession, agent_no: str, ip: str = "") -> Principal:
    found = await find_principal(session, agent_no, ip)
    if found is None:
        raise NotFound("agent", agent_no)
    return found


async def staff_of(session: AsyncSession, agent_no: str) -> Staff:
    found = await repository.staff(session, agent_no)
    if found is None:
        raise NotFound("agent", agent_no)
    return found


async def colleagues(session: AsyncSession, words: str, limit: int) -> Sequence[Staff]:
    """Anywhere, who work here now; `words` is the start of a number or part of a name."""
    return await repository.at_work(session, words, limit)


async def all_staff(session: AsyncSession) -> Sequence[Staff]:
    return await repository.all_staff(session)


async def staff_in(session: AsyncSession, center_id: str) -> Sequence[Staff]:
    """Who works at the centre; not below it."""
    return await repository.staff_in(session, center_id)


async def roles_in(session: AsyncSession, center_id: str) -> Mapping[str, Sequence[str]]:
    """Of everybody who works at the centre."""
    return await repository.roles_in(session, center_id)


async def all_centers(session: AsyncSession) -> list[CenterRef]:
    return [CenterRef(each.center_id, each.name, each.level) for each in await repository.centers(session)]


async def parents(session: AsyncSession) -> dict[str, str | None]:
    """Each centre to the one above it."""
    return {each.center_id: each.parent_id for each in await repository.centers(session)}


async def places(session: AsyncSession) -> dict[str, CenterPlace]:
    return {
        each.center_id: CenterPlace(each.center_id, each.name, each.level, each.parent_id, each.home)
        for each in await repository.centers(session)
    }


async def works_here(session: AsyncSession, center_id: str) -> bool:
    """At this installation, not at another one that is reached over a peer."""
    return await repository.home_of(session, center_id) is None


async def installation(session: AsyncSession) -> Installation | None:
    """Which of several this one is; None: it is the only one."""
    return await repository.installation(session)


async def lead_to(session: AsyncSession, peer_id: str, center_ids: Collection[str]) -> None:
    """These centres work at another installation, on the way over this peer; its earlier ones work here again."""
    known = {each.center_id: each for each in await repository.centers(session)}
    for center_id in center_ids:
        if center_id not in known:
            raise NotFound("center", center_id)
    for each in known.values():
        if each.center_id in center_ids:
            each.home = peer_id
        elif each.home == peer_id:
            each.home = None


async def name_installation(session: AsyncSession, name: str, number_code: str) -> None:
    if (old := await repository.installation(session)) is not None:
        await session.delete(old)
        await session.flush()
    session.add(Installation(name=name, number_code=number_code))


async def center(session: AsyncSession, center_id: str) -> CenterRef:
    found = next((each for each in await repository.centers(session) if each.center_id == center_id), None)
    if found is None:
        raise NotFound("center", center_id)
    return CenterRef(found.center_id, found.name, found.level)


async def accepting_center(session: AsyncSession, center_id: str | None) -> CenterRef:
    """Who accepts what comes without an agent: the customer's province; the national centre for a stranger."""
    known = {each.center_id: each for each in await repository.centers(session)}
    found = known.get(center_id or "")
    if found is not None and found.level == "C" and found.parent_id is not None:
        found = known[found.parent_id]
    if found is None:
        found = next(each for each in known.values() if each.parent_id is None)
    return CenterRef(found.center_id, found.name, found.level)


async def create_staff(
    session: AsyncSession, new: NewStaff, password_hash: str, now: datetime, *, initial: bool = False
) -> bool:
    """False, and nothing changed, when the number exists. Telephone secrets are made here."""
    if await repository.staff(session, new.agent_no) is not None:
        return False
    session.add(
        Staff(
            agent_no=new.agent_no,
            name=new.name,
            center_id=new.center_id,
            roles=list(new.roles),
            queues=list(new.queues),
            skills=dict(new.skills),
            language=new.language,
            mobile=new.mobile,
            password_hash=password_hash,
            phone_password=secrets.token_urlsafe(18),
            browser_password=secrets.token_urlsafe(18),
            created_at=now,
            password_is_initial=initial,
        )
    )
    await session.flush()
    return True


async def _principal(session: AsyncSession, found: Staff, ip: str) -> Principal:
    centers = {center.center_id: center for center in await repository.centers(session)}
    return _as_principal(found, ip, centers, await repository.role_cells_in_force(session))


def _as_principal(
    found: Staff, ip: str, centers: Mapping[str, Center], cells: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Principal:
    own = centers[found.center_id]
    parents = {key: center.parent_id for key, center in centers.items()}
    return Principal(
        agent_no=found.agent_no,
        name=found.name,
        roles=frozenset(found.roles),
        center=CenterRef(own.center_id, own.name, own.level),
        visible_centers=centers_below(own.center_id, parents),
        queues=tuple(found.queues),
        skills=found.skills,
        language=found.language,
        ip=ip,
        table=table_of(own.center_id, parents, cells),
    )


async def role_table(session: AsyncSession, center_id: str) -> RoleTable:
    return table_of(center_id, await parents(session), await repository.role_cells_in_force(session))


async def role_tables(session: AsyncSession) -> dict[str, RoleTable]:
    """What roles may do, at each centre."""
    above, cells = await parents(session), await repository.role_cells_in_force(session)
    return {center_id: table_of(center_id, above, cells) for center_id in above}


def table_of(
    center_id: str, above: Mapping[str, str | None], cells: Mapping[str, Sequence[Mapping[str, Any]]]
) -> RoleTable:
    """A centre's own word on a cell goes before that of the centre above it."""
    line = [center for center in reversed(centers_above(center_id, above)) if center in cells]
    return SHIPPED.with_cells(Cell(**cell) for center in line for cell in cells[center]) if line else SHIPPED
