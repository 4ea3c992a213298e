"""Takes over what the emergency script left while the voice menu was away: each report becomes one ticket.

The script (ivr/emergency.py) writes a report complete or not at all; it is moved to imported/ after the commit, and one
that comes again (we died in between) finds its ticket by its name.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.customers import service as customers
from agent_api.customers.rules import normal_number
from agent_api.db import Database
from agent_api.masking import mask_number
from agent_api.tickets import attachments, reports
from agent_api.tickets.words import TicketType

log = structlog.get_logger(__name__)
CALL_BACK_HOURS = 1


@dataclass(frozen=True, slots=True)
class EmergencyReport:
    name: str
    kind: str
    at: datetime
    call_id: str
    caller: str = field(repr=False)
    number: str = field(default="", repr=False)
    recording: Path | None = None


class EmergencyImporter:
    def __init__(
        self, db: Database, folder: Path, attachments_folder: Path, clock: Callable[[], datetime], zone: ZoneInfo
    ) -> None:
        self._db = db
        self._folder = folder
        self._attachments = attachments_folder
        self._clock = clock
        self._zone = zone
        self._complained: set[str] = set()

    async def look(self) -> int:
        """How many reports were taken over."""
        taken = 0
        for file in _waiting(self._folder):
            try:
                report = _read(file)
            except OSError as error:
                self._complain(file.name, error)
                continue
            if report is None:
                log.error("an emergency report cannot be read", file=file.name)
                _put_away(file, None, "unreadable")
                continue
            async with self._db.write() as session:
                await self._open_ticket(session, report)
            _put_away(file, report.recording, "imported")
            taken += 1
        return taken

    def _complain(self, name: str, error: OSError) -> None:
        """Once for a file: it belongs to a user whose files we may not read, and stays where it is."""
        if name not in self._complained:
            self._complained.add(name)
            log.error("an emergency report may not be read", file=name, reason=error.strerror)

    async def _open_ticket(self, session: AsyncSession, report: EmergencyReport) -> None:
        source = f"emergency:{report.name}"
        if await reports.known(session, source) is not None:
            return
        line = await customers.find_line(session, report.number or report.caller)
        message = report.kind == "message"
        row = await reports.open_ticket(
            session,
            reports.Report(
                TicketType.MESSAGE if message else TicketType.URGENT,
                "应急语音留言" if message else "紧急停机申请(待核实)",
                "应急菜单留言" if message else _request_text(report.number, line is not None),
                "M.EMERGENCY" if message else "U.STOP",
                line.customer if line else None,
                report.caller,
                report.call_id,
                limit_hours=None if message else CALL_BACK_HOURS,
                source=source,
            ),
            min(report.at, self._clock()),
            self._zone,
        )
        if report.recording is not None:
            attachments.keep(session, row.ticket_no, report.recording, 0, self._attachments, self._clock())


def _request_text(number: str, known: bool) -> str:
    """A customer of ours is named by the ticket; a number we do not know has to be readable."""
    return f"来电人申请紧急停机,号码{mask_number(number) if known else number},须回电核实身份后办理"


def _waiting(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.json")) if folder.is_dir() else []


def _read(file: Path) -> EmergencyReport | None:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        recording = content.get("recording")
        return EmergencyReport(
            file.stem,
            {"message": "message", "suspension": "suspension"}[content["kind"]],
            datetime.fromisoformat(content["at"]).astimezone(),
            str(content["call_id"])[:64],
            normal_number(str(content["caller"]))[:32],
            normal_number(str(content.get("number", "")))[:32],
            file.with_name(Path(recording).name) if recording else None,
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _put_away(file: Path, recording: Path | None, where: str) -> None:
    """The recording first: the report is what is looked for."""
    folder = file.parent / where
    folder.mkdir(mode=0o700, exist_ok=True)
    for each in _present(recording, file):
        each.rename(folder / each.name)


def _present(*files: Path | None) -> Iterator[Path]:
    return (file for file in files if file is not None and file.exists())
