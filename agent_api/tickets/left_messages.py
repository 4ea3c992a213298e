"""Voice messages whose menu could not hand them over (we were away, or it was): none stays unheard in the spool."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from agent_api.calls import service as calls
from agent_api.db import Database
from agent_api.errors import NotFound
from agent_api.tickets import attachments, hotline

SURELY_OVER = timedelta(minutes=15)
"""Longer than a caller may stay in the menus: nobody records or confirms such a file any more."""
SHORTEST_SECONDS = 3


class LeftMessages:
    def __init__(
        self, db: Database, folder: Path, attachments_folder: Path, clock: Callable[[], datetime], zone: ZoneInfo
    ) -> None:
        self._db = db
        self._folder = folder
        self._attachments = attachments_folder
        self._clock = clock
        self._zone = zone

    async def look(self) -> int:
        """How many messages became tickets. What is too short to be one is deleted."""
        taken = 0
        for file in self._left():
            seconds = attachments.length_of(file)
            if seconds >= SHORTEST_SECONDS:
                await self._take(file, seconds)
                taken += 1
            file.unlink(missing_ok=True)
        return taken

    def _left(self) -> Iterator[Path]:
        before = (self._clock() - SURELY_OVER).timestamp()
        files = sorted(self._folder.glob("*.wav")) if self._folder.is_dir() else []
        return (file for file in files if file.stat().st_mtime < before)

    async def _take(self, file: Path, seconds: int) -> None:
        """What the message is about nobody knows any more: the menu's own report did not arrive."""
        call_id = file.stem.rpartition("-")[0][:64]
        async with self._db.write() as session:
            try:
                call = await calls.get(session, call_id)
            except NotFound:
                call = None
            number = call.caller_number if call else ""
            message = hotline.VoiceMessage("general", file, seconds, number, call_id if call else "")
            await hotline.take_message(session, message, self._attachments, self._clock(), self._zone)
