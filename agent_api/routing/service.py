"""Versions of the table of queues: which is live, publishing, roll-back. One change at a time. Never commits."""

import tomllib
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.ids import CenterId
from acd.contracts.queue_file import table_of
from acd.contracts.routing import RoutingTable
from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.db import lock_until_commit
from agent_api.errors import NotFound, Refused
from agent_api.menus import service as menus
from agent_api.routing.checks import Problem, Server, problems
from agent_api.routing.models import RoutingVersion

_ROUTING = 0x0A0D19
SHIPPED = 0


@cache
def shipped(path: Path) -> RoutingTable:
    """Version 0: what the ACD starts with, from its own file."""
    return table_of(tomllib.loads(path.read_text(encoding="utf-8")))


async def live(session: AsyncSession) -> RoutingVersion | None:
    """None: the shipped table is in force."""
    found: RoutingVersion | None = await session.scalar(select(RoutingVersion).where(RoutingVersion.state == "live"))
    return found


async def live_table(session: AsyncSession, file: Path) -> RoutingTable:
    """As it was published: centres that came since then are in the next version."""
    row = await live(session)
    if row is not None:
        return RoutingTable.model_validate(row.content)
    return await _completed(session, shipped(file), SHIPPED)


async def table_of_version(session: AsyncSession, version: int, file: Path) -> RoutingTable:
    """As it was published."""
    if version == SHIPPED:
        return await _completed(session, shipped(file), SHIPPED)
    row = await session.get(RoutingVersion, version)
    if row is None:
        raise NotFound("routing_version", str(version))
    return RoutingTable.model_validate(row.content)


async def versions(session: AsyncSession) -> Sequence[RoutingVersion]:
    return (await session.scalars(select(RoutingVersion).order_by(RoutingVersion.version.desc()))).all()


async def problems_of(session: AsyncSession, table: RoutingTable) -> list[Problem]:
    tables = await auth.role_tables(session)
    staff = [
        Server(frozenset(each.queues), each.skills)
        for each in await auth.all_staff(session)
        if not each.disabled and Permission.AGENT_WORK in tables[each.center_id].permissions_of(each.roles)
    ]
    return problems(table, staff, await menus.queues_in_use(session))


async def publish(
    session: AsyncSession, who: Principal, based_on: int, table: RoutingTable, note: str, now: datetime
) -> RoutingTable:
    """Live from now on. Whether it may be is the caller's to check; telling the ACD, too."""
    present = await _lock(session)
    version = present.version if present else SHIPPED
    if version != based_on:
        raise Refused("routing.changed")
    return await _go_live(session, who, table, note, "routing.published", now, version)


async def roll_back(session: AsyncSession, who: Principal, file: Path, now: datetime) -> RoutingTable:
    """The content that was live before is live again, as a new version: versions only grow, the ACD relies on it."""
    present = await _lock(session)
    if present is None:
        raise Refused("routing.no_earlier_version")
    wanted = present.replaced
    before = await session.get(RoutingVersion, wanted) if wanted != SHIPPED else None
    table = shipped(file) if before is None else RoutingTable.model_validate(before.content)
    # Rolled back once more it leads on to what was before that.
    further = before.replaced if before else SHIPPED
    return await _go_live(session, who, table, f"回退到版本 {wanted}", "routing.rolled_back", now, further)


async def _go_live(
    session: AsyncSession,
    who: Principal,
    table: RoutingTable,
    note: str,
    action: str,
    now: datetime,
    replaced: int,
) -> RoutingTable:
    present = await live(session)
    number = (await session.scalar(select(func.max(RoutingVersion.version))) or SHIPPED) + 1
    if present is not None:
        present.state = "retired"
        await session.flush()
    complete = await _completed(session, table, number)
    session.add(
        RoutingVersion(
            version=number,
            content=complete.model_dump(mode="json"),
            note=note,
            author=who.agent_no,
            created_at=now,
            state="live",
            replaced=replaced,
        )
    )
    await audit.record(session, who, action, now, subject="routing", subject_id=str(number), reason=note)
    return complete


async def _completed(session: AsyncSession, table: RoutingTable, version: int) -> RoutingTable:
    """With its number, and the centres as they are."""
    above = {
        CenterId(center): CenterId(parent)
        for center, parent in (await auth.parents(session)).items()
        if parent is not None
    }
    return table.model_copy(update={"version": version, "parents": above})


async def _lock(session: AsyncSession) -> RoutingVersion | None:
    await (await session.connection()).run_sync(lock_until_commit, _ROUTING)
    return await live(session)
