"""What people should know of tickets: kept until seen, shown live by the teller. Never commits."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import SYSTEM
from agent_api.auth.roles import Permission
from agent_api.db import Database
from agent_api.live import Hub
from agent_api.tickets.models import TicketAlert

MOST = 30
"""People told of one thing: a whole centre need not be."""
TOLD_WITHIN = timedelta(minutes=2)
"""How old the first ones may be that a process tells after its start."""
COMMITTED_WITHIN = timedelta(seconds=20)
"""So long after its number was given an alert may turn up."""
MOST_AT_ONCE = 500


def tell(
    session: AsyncSession, people: Iterable[str], ticket_no: str, kind: str, data: Mapping[str, str], now: datetime
) -> None:
    session.add_all(
        TicketAlert(agent_no=agent_no, ticket_no=ticket_no, kind=kind, data=dict(data), at=now)
        for agent_no in sorted(set(people) - {"", SYSTEM})[:MOST]
    )


async def staff_with(session: AsyncSession, center_id: str, permission: Permission) -> set[str]:
    holders = (await auth.role_table(session, center_id)).holders(permission)
    roles = await auth.roles_in(session, center_id)
    return {agent_no for agent_no, own in roles.items() if not holders.isdisjoint(own)}


async def leads_of(session: AsyncSession, center_id: str) -> set[str]:
    return await staff_with(session, center_id, Permission.TICKET_LEAD)


async def unseen(session: AsyncSession, agent_no: str, limit: int) -> Sequence[TicketAlert]:
    """Latest first."""
    found = await session.scalars(
        select(TicketAlert)
        .where(TicketAlert.agent_no == agent_no, TicketAlert.seen_at.is_(None))
        .order_by(TicketAlert.alert_id.desc())
        .limit(limit)
    )
    return found.all()


async def see(session: AsyncSession, agent_no: str, up_to: int, now: datetime) -> None:
    await session.execute(
        update(TicketAlert)
        .where(TicketAlert.agent_no == agent_no, TicketAlert.alert_id <= up_to, TicketAlert.seen_at.is_(None))
        .values(seen_at=now)
    )


async def forget_before(session: AsyncSession, at: datetime) -> None:
    await session.execute(delete(TicketAlert).where(TicketAlert.at < at))


def alert_text(row: TicketAlert) -> dict[str, object]:
    return {
        "id": row.alert_id,
        "ticket_no": row.ticket_no,
        "kind": row.kind,
        "data": row.data,
        "at": row.at.isoformat(),
    }


class AlertTeller:
    """Shows new alerts on the desks of this replica, whoever wrote them. Reads each once, however many nobody saw."""

    def __init__(self, db: Database, hub: Hub, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._hub = hub
        self._clock = clock
        self._settled: int | None = None
        """Everything up to this number was told, or was there long before."""
        self._told: dict[int, datetime] = {}

    async def look(self) -> None:
        """Looks back a little: what another replica wrote may be seen later than its number says."""
        now = self._clock()
        async with self._db.glance() as session:
            if self._settled is None:
                self._settled = await _last_before(session, now - TOLD_WITHIN)
            fresh = [each for each in await unseen_after(session, self._settled) if each not in self._told]
            rows = await session.scalars(select(TicketAlert).where(TicketAlert.alert_id.in_(fresh[:MOST_AT_ONCE])))
        for row in sorted(rows, key=lambda each: each.alert_id):
            self._hub.ticket_alert(row.agent_no, alert_text(row))
            self._told[row.alert_id] = now
        self._settle(self._settled, now)

    def _settle(self, settled: int, now: datetime) -> None:
        self._settled = max((key for key, at in self._told.items() if now - at > COMMITTED_WITHIN), default=settled)
        self._told = {key: at for key, at in self._told.items() if key > self._settled}


async def _last_before(session: AsyncSession, at: datetime) -> int:
    query = select(TicketAlert.alert_id).where(TicketAlert.at <= at).order_by(TicketAlert.alert_id.desc()).limit(1)
    return await session.scalar(query) or 0


async def unseen_after(session: AsyncSession, alert_id: int) -> Sequence[int]:
    """Numbers only: there may be many, and most were told."""
    query = select(TicketAlert.alert_id).where(TicketAlert.alert_id > alert_id, TicketAlert.seen_at.is_(None))
    return (await session.scalars(query.order_by(TicketAlert.alert_id))).all()
