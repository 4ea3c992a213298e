"""Forgets codes and wrong tries that no longer count. A job."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete

from agent_api.db import Database
from agent_api.identity import tries
from agent_api.identity.models import SmsCode

CODES_KEPT = timedelta(days=1)


class ProofTidier:
    def __init__(self, db: Database, clock: Callable[[], datetime], zone: ZoneInfo) -> None:
        self._db = db
        self._clock = clock
        self._zone = zone

    async def look(self) -> None:
        now = self._clock()
        async with self._db.write() as session:
            await session.execute(delete(SmsCode).where(SmsCode.sent_at < now - CODES_KEPT))
            await tries.forget_before(session, now.astimezone(self._zone).date())
