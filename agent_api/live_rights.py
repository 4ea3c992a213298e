"""What open live connections may see follows the rights in force: roles, centres, sessions, changed by any process.

Decides nothing about rights: it compares what a connection was opened with and what holds now.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from agent_api.agents.presence import DeskPresence
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.auth.signing_in import Stage
from agent_api.db import Database
from agent_api.live import Client, Hub

AT_THE_DESK = (Stage.OPEN, Stage.LOCKED)
"""Calls come to a desk that locked itself, too."""


class RightsWatch:
    def __init__(self, db: Database, hub: Hub, presence: DeskPresence, clock: Callable[[], datetime]) -> None:
        self._db, self._hub, self._presence, self._clock = db, hub, presence, clock

    async def look(self) -> None:
        """Once a second for changes made elsewhere, and right after a change made here."""
        clients = [client for client in self._hub.clients() if client.token_hash]
        if not clients:
            return
        async with self._db.read() as session:
            hashes = {client.token_hash for client in clients}
            standing = await auth.sessions_standing(session, hashes, self._clock())
        for client in clients:
            who, stage = standing.get(client.token_hash, (None, ""))
            if who is None or stage not in AT_THE_DESK:
                self._hub.end(client)
            elif replace(client.who, ip="") != who:
                self._rescope(client, replace(who, ip=client.who.ip))

    def _rescope(self, client: Client, who: Principal) -> None:
        watched = client.desk is not None and client.who.may(Permission.AGENT_WORK)
        watches = client.desk is not None and who.may(Permission.AGENT_WORK)
        self._hub.rescope(client, who)
        if watches and not watched:
            self._presence.came(who.agent_no, client.desk or "")
        elif watched and not watches:
            self._presence.went(who.agent_no, client.desk or "")
