"""Shows new alarms live to supervisors: those of this replica and of the others."""

from agent_api.access import repository
from agent_api.access.schemas import alarm_out
from agent_api.db import Database
from agent_api.live import Hub


class AlarmTeller:
    def __init__(self, db: Database, hub: Hub) -> None:
        self._db = db
        self._hub = hub
        self._last: int | None = None
        """None: not looked yet; what was raised before the start is on the page."""

    async def look(self) -> None:
        async with self._db.glance() as session:
            if self._last is None:
                self._last = await repository.last_id(session)
                return
            fresh = await repository.after(session, self._last)
        for alarm in fresh:
            self._hub.alarm(alarm.center_id, alarm_out(alarm).model_dump(mode="json"))
            self._last = alarm.alarm_id
