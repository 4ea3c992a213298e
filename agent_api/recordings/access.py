"""Who may hear a recording (requirements.md 6.2), and who is listening, so that one play is audited once."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied
from agent_api.recordings.models import Recording
from agent_api.tickets import service as tickets

ONE_PLAY = timedelta(minutes=15)
"""A player asks for many parts of one recording; so long they count as one play."""


async def may_hear(session: AsyncSession, row: Recording, who: Principal) -> bool:
    if who.agent_no in row.agents and who.may(Permission.RECORDING_OWN):
        return True
    if row.center_id in who.visible_centers and who.may(Permission.RECORDING_CENTER):
        return True
    return who.may(Permission.RECORDING_TICKET) and await _by_ticket(session, row.call_id, who)


async def _by_ticket(session: AsyncSession, call_id: str, who: Principal) -> bool:
    if not who.may(Permission.TICKET_READ):
        return False
    for ticket_no in (await tickets.numbers_of_calls(session, [call_id])).get(call_id, []):
        try:
            await tickets.get_for(session, ticket_no, who)
        except Denied:
            continue
        return True
    return False


class Listeners:
    """Who heard what lately. A restart forgets it: then a play is audited twice, never not at all."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._until: dict[tuple[str, str], datetime] = {}

    def begins(self, who: Principal, call_id: str) -> bool:
        """Whether this is a new play, to be audited. It counts as one from now on."""
        now = self._clock()
        self._until = {play: until for play, until in self._until.items() if until > now}
        new = (who.agent_no, call_id) not in self._until
        self._until.setdefault((who.agent_no, call_id), now + ONE_PLAY)
        return new
