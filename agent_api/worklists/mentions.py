"""Who is mentioned in the words of an act, and how they hear of it: in a list, and live at every replica."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.db import Database
from agent_api.live import Hub
from agent_api.tickets.models import TicketEvent
from agent_api.worklists import repository
from agent_api.worklists.models import TicketMention
from agent_api.worklists.rules import mentioned
from agent_api.worklists.schemas import MentionOut

MOST = 20
EXCERPT = 200
OFFERED = 10


async def note(session: AsyncSession, act: TicketEvent) -> None:
    """Only people who may read tickets, and never oneself."""
    for number in mentioned(act.comment)[:MOST]:
        who = await auth.find_principal(session, number)
        if who is None or number == act.actor or not who.may(Permission.TICKET_READ):
            continue
        session.add(
            TicketMention(
                ticket_no=act.ticket_no,
                seq=act.seq,
                agent_no=number,
                by=act.actor,
                words=act.comment[:EXCERPT],
                at=act.at,
            )
        )


async def people(session: AsyncSession, words: str) -> list[Principal]:
    """A few of those who hear of a mention."""
    found = [await auth.principal(session, each.agent_no) for each in await auth.colleagues(session, words, OFFERED)]
    return [each for each in found if each.may(Permission.TICKET_READ)]


def mention_out(row: TicketMention) -> MentionOut:
    return MentionOut.model_validate(row, from_attributes=True)


class MentionTeller:
    """Looks for mentions that are new, whoever wrote them down."""

    def __init__(self, db: Database, hub: Hub, clock: Callable[[], datetime]) -> None:
        self._db, self._hub, self._clock = db, hub, clock
        self._last: int | None = None

    async def look(self) -> None:
        async with self._db.glance() as session:
            if self._last is None:
                self._last = await repository.last_mention(session)
                return
            rows = await repository.mentions_after(session, self._last)
        for row in rows:
            self._hub.mention(row.agent_no, mention_out(row).model_dump(mode="json"))
            self._last = row.mention_id
