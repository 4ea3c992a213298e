"""Looks at the clocks of open tickets: each warning goes into the timeline once, by itself (requirements.md 2.8.5)."""

from collections.abc import Callable, Sequence
from datetime import datetime

from agent_api.auth import service as auth
from agent_api.auth.principal import system
from agent_api.db import Database
from agent_api.tickets import repository, service
from agent_api.tickets.models import TicketEvent, TicketRow
from agent_api.tickets.words import FINISHED, Act, Happening, State

SHARES = (50, 80, 100)


class ClockWatch:
    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock

    async def look(self) -> int:
        """How many warnings were written."""
        now = self._clock()
        async with self._db.read() as session:
            rows = await repository.unfinished(session, [*(state.value for state in FINISHED), State.DRAFT.value])
            timelines = await repository.timelines(session, [row.ticket_no for row in rows])
        due = [row.ticket_no for row in rows if _missing(row, timelines[row.ticket_no], now)]
        return sum([await self._warn(ticket_no, now) for ticket_no in due])

    async def _warn(self, ticket_no: str, now: datetime) -> int:
        async with self._db.write() as session:
            case = await service.case(session, ticket_no, for_update=True)
            who = system(await auth.center(session, case.row.center_id))
            missing = _missing(case.row, case.timeline, now)
            for share in missing:
                act = Act.OVERDUE if share == SHARES[-1] else Act.WARN
                case = await service.do(session, case, Happening(act, now, "", {"percent": str(share)}), who)
            return len(missing)


def _missing(row: TicketRow, timeline: Sequence[TicketEvent], now: datetime) -> list[int]:
    """Shares of the limit that are used up and not in the timeline of this round yet."""
    said: set[int] = set()
    for entry in timeline:
        if entry.act == Act.REOPEN:
            said.clear()
        elif entry.act in (Act.WARN, Act.OVERDUE):
            said.add(int(entry.data.get("percent", SHARES[-1])))
    used = service.used(row, timeline, now)
    return [share for share in SHARES if used * 100 >= share and share not in said]
