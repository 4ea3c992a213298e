"""A centre changes what roles may do; where somebody gets a right, a second administrator approves. Never commits."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit, repository, role_bounds, service
from agent_api.auth.models import RoleVersion
from agent_api.auth.principal import Principal, centers_below
from agent_api.auth.roles import Cell, RoleTable
from agent_api.db import lock_until_commit
from agent_api.errors import Denied, NotFound, Refused

_LOCK = 0x0A0D18
INDEPENDENT = timedelta(days=7)
"""So long ago at least must the author have had the second person's account in hand."""
IN_HAND = ("person.created", "password.reset", "factor.reset")


class State(StrEnum):
    PROPOSED = "proposed"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    REFUSED = "refused"


async def table_above(session: AsyncSession, center_id: str) -> RoleTable:
    """What holds at a centre before its own word."""
    parents, cells = await service.parents(session), await repository.role_cells_in_force(session)
    return service.table_of(center_id, parents, {key: value for key, value in cells.items() if key != center_id})


async def propose(
    session: AsyncSession,
    who: Principal,
    center_id: str,
    cells: Iterable[Cell],
    reason: str,
    based_on: int,
    now: datetime,
) -> RoleVersion:
    """In force at once where nobody gets a right by it; otherwise it waits for a second person."""
    await _enter(session, who, center_id)
    rows = await repository.role_versions(session, center_id)
    present = _in_force(rows)
    if present != based_on:
        raise Refused("document.changed", {"version": present})
    if any(row.state == State.PROPOSED for row in rows):
        raise Refused("roles.one_waits")
    base = await table_above(session, center_id)
    own = tuple(sorted(set(cells), key=lambda cell: (cell.role, cell.permission)))
    wider = await _check(session, center_id, base, own)
    row = RoleVersion(
        center_id=center_id,
        version=(rows[0].version if rows else 0) + 1,
        cells=[{"role": cell.role, "permission": cell.permission, "may": cell.may} for cell in own],
        reason=reason,
        state=State.PROPOSED,
        based_on=based_on,
        author=who.agent_no,
        made_at=now,
        decided_by="",
        remark="",
    )
    session.add(row)
    if not wider:
        await _put_in_force(session, rows, row)
    await _note(session, who, "roles.proposed" if wider else "roles.changed", row, now, reason)
    return row


async def approve(session: AsyncSession, who: Principal, center_id: str, version: int, now: datetime) -> RoleVersion:
    """By another administrator, whose account the author did not have in hand lately."""
    rows, row = await _waiting(session, who, center_id, version)
    if row.author == who.agent_no:
        raise Denied("roles.own_proposal")
    if await repository.dealt_with(session, row.author, who.agent_no, IN_HAND, now - INDEPENDENT):
        raise Denied("roles.not_independent")
    if _in_force(rows) != row.based_on:
        raise Refused("document.changed", {"version": _in_force(rows)})
    await _check(session, center_id, await table_above(session, center_id), [Cell(**cell) for cell in row.cells])
    row.decided_by, row.decided_at = who.agent_no, now
    await _put_in_force(session, rows, row)
    await _note(session, who, "roles.changed", row, now, row.reason)
    return row


async def refuse(
    session: AsyncSession, who: Principal, center_id: str, version: int, remark: str, now: datetime
) -> RoleVersion:
    """Its author takes it back the same way."""
    _, row = await _waiting(session, who, center_id, version)
    row.state, row.decided_by, row.decided_at, row.remark = State.REFUSED, who.agent_no, now, remark
    await _note(session, who, "roles.refused", row, now, remark)
    return row


async def _check(session: AsyncSession, center_id: str, base: RoleTable, cells: Sequence[Cell]) -> bool:
    """Whether somebody gets a right. Raises Refused with every cell that breaks a rule."""
    if len({(cell.role, cell.permission) for cell in cells}) < len(cells):
        raise Refused("roles.twice")
    parents, in_force = await service.parents(session), await repository.role_cells_in_force(session)
    changed = {**in_force, center_id: [{"role": c.role, "permission": c.permission, "may": c.may} for c in cells]}
    found, wider = role_bounds.unknown(cells, base), False
    for place in centers_below(center_id, parents):
        before, after = service.table_of(place, parents, in_force), service.table_of(place, parents, changed)
        found += [each for each in role_bounds.breaches(after) if each not in found]
        wider = wider or bool(role_bounds.widens(before, after))
        for person in await service.staff_in(session, place):
            if role_bounds.makes_and_approves(after, person.roles) > role_bounds.makes_and_approves(
                before, person.roles
            ):
                found.append(role_bounds.Breach("roles.person_makes_and_approves", person.agent_no, ""))
    if found:
        raise Refused("roles.break_rules", {"breaches": [each.as_dict() for each in found]})
    return wider


async def _waiting(
    session: AsyncSession, who: Principal, center_id: str, version: int
) -> tuple[Sequence[RoleVersion], RoleVersion]:
    await _enter(session, who, center_id)
    rows = await repository.role_versions(session, center_id)
    row = next((each for each in rows if each.version == version), None)
    if row is None:
        raise NotFound("role_version", f"{center_id}/{version}")
    if row.state != State.PROPOSED:
        raise Refused("roles.decided_already")
    return rows, row


async def _enter(session: AsyncSession, who: Principal, center_id: str) -> None:
    """One change of the table at a time."""
    await service.center(session, center_id)
    if center_id not in who.visible_centers:
        raise Denied("document.not_your_center")
    await (await session.connection()).run_sync(lock_until_commit, _LOCK)


def _in_force(rows: Sequence[RoleVersion]) -> int:
    return next((row.version for row in rows if row.state == State.IN_FORCE), 0)


async def _put_in_force(session: AsyncSession, rows: Sequence[RoleVersion], row: RoleVersion) -> None:
    for old in rows:
        if old.state == State.IN_FORCE:
            old.state = State.REPLACED
    row.state = State.IN_FORCE
    await session.flush()


async def _note(
    session: AsyncSession, who: Principal, action: str, row: RoleVersion, now: datetime, reason: str
) -> None:
    subject = f"{row.center_id}/{row.version}"
    await audit.record(session, who, action, now, subject="roles", subject_id=subject, reason=reason)
