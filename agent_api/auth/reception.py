"""Who is signed in, asked with every request: one query. Centres and roles are read again only when they changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from agent_api.auth import repository, service
from agent_api.auth.principal import CenterRef, Principal, centers_below
from agent_api.auth.roles import RoleTable
from agent_api.auth.signing_in import Stage
from agent_api.db import Database


@dataclass(frozen=True, slots=True)
class OpenDesk:
    """A desk session: what has to be done first, and when a person last did something there."""

    stage: Stage
    touched_at: datetime


@dataclass(frozen=True, slots=True)
class _Standing:
    """Centres and roles as they stood at these counts, which change whenever one of them does."""

    counts: tuple[int, int]
    parents: Mapping[str, str | None]
    cells: Mapping[str, list[dict[str, Any]]]
    at_center: dict[str, tuple[frozenset[str], RoleTable]] = field(default_factory=dict)
    """Visible centres and rights, worked out once for each centre."""

    def of(self, center_id: str) -> tuple[frozenset[str], RoleTable]:
        if center_id not in self.at_center:
            visible = centers_below(center_id, self.parents)
            self.at_center[center_id] = visible, service.table_of(center_id, self.parents, self.cells)
        return self.at_center[center_id]


class Reception:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._standing = _Standing((0, 0), {}, {})

    async def find(self, token: str, ip: str, now: datetime) -> tuple[Principal, OpenDesk] | None:
        """Whoever has this session, whatever must be done first."""
        rows = await self._db.ask(repository.SIGNED_IN, token_hash=service.token_hash(token), now=now)
        if not rows:
            return None
        (row,) = rows
        standing = await self._present((row.centers, row.role_versions or 0))
        return _principal(row, ip, *standing.of(row.center_id)), OpenDesk(
            Stage(row.stage), row.touched_at or row.created_at
        )

    async def _present(self, counts: tuple[int, int]) -> _Standing:
        if self._standing.counts != counts:
            async with self._db.read() as session:
                parents = await service.parents(session)
                self._standing = _Standing(counts, parents, await repository.role_cells_in_force(session))
        return self._standing


def _principal(row: Row[Any], ip: str, visible: frozenset[str], table: RoleTable) -> Principal:
    return Principal(
        agent_no=row.agent_no,
        name=row.name,
        roles=frozenset(row.roles),
        center=CenterRef(row.center_id, row.center_name, row.level),
        visible_centers=visible,
        queues=tuple(row.queues),
        skills=row.skills,
        language=row.language,
        ip=ip,
        table=table,
    )
