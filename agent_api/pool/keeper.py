"""Frees what was claimed and not worked on for half an hour; tells supervisors of a pool that is too full."""

from collections.abc import Callable
from datetime import datetime, timedelta

from agent_api.auth import service as auth
from agent_api.auth.principal import system
from agent_api.auth.roles import Permission
from agent_api.db import Database
from agent_api.pool import claiming, service
from agent_api.tickets import alerts
from agent_api.tickets import service as tickets
from agent_api.tickets.thresholds import service as center_limits
from agent_api.tickets.words import Act, Happening

ALARM_EVERY = timedelta(hours=1)


class PoolKeeper:
    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock
        self._alarmed: dict[str, datetime] = {}

    async def look(self) -> int:
        """How many pieces were freed. What its holder has worked on meanwhile stays with the holder."""
        now, freed = self._clock(), 0
        async with self._db.write() as session:
            await claiming.forget_expired(session, now)
            for lease in await service.expired(session, now):
                case = await tickets.case(session, lease.ticket_no, for_update=True)
                idle = case.row.updated_at <= lease.claimed_at and case.ticket.owner == lease.agent_no
                await session.delete(lease)
                if idle:
                    who = system(await auth.center(session, case.row.center_id))
                    await tickets.do(session, case, Happening(Act.HAND_OVER, now, "超时释放", {"owner": ""}), who)
                    freed += 1
        return freed

    async def alarm(self) -> None:
        """Once an hour a centre, while it lasts."""
        now = self._clock()
        async with self._db.write() as session:
            for center in await auth.all_centers(session):
                if now - self._alarmed.get(center.center_id, now - ALARM_EVERY) < ALARM_EVERY:
                    continue
                limits = await center_limits.in_force(session, center.center_id)
                found = await service.backlog(session, center.center_id)
                if found.people == 0 or found.minutes <= limits.backlog_minutes:
                    continue
                first = (await session.scalars(service.in_order(center.center_id).limit(1))).one()
                people = await alerts.staff_with(session, center.center_id, Permission.TICKET_LEAD)
                data = {"waiting": str(found.waiting), "minutes": f"{found.minutes:.0f}"}
                alerts.tell(session, people, first.ticket_no, "backlog", data, now)
                self._alarmed[center.center_id] = now
