"""A job: faxes that Asterisk received (dialplans/fax.conf, [cc-fax-in]) become contacts, each once.

Beside the pages lies one line, written when the machine hung up: status|pages|caller|called|name of the station.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.principal import SYSTEM
from agent_api.channels import registering, service
from agent_api.channels.arrivals import Arrived, ArrivedFile
from agent_api.channels.files import page_count
from agent_api.channels.flow import Fact
from agent_api.channels.registering import Registry
from agent_api.db import Database
from agent_api.tickets.files import Kind
from agent_api.tickets.words import Channel

log = structlog.get_logger(__name__)
FIELDS = 5


@dataclass(frozen=True, slots=True)
class FaxReport:
    call_id: str
    status: str
    caller: str = field(repr=False)
    """What the exchange says, else what the machine says of itself."""
    station: str = field(repr=False)
    at: datetime
    pages_file: Path


class FaxIntake:
    def __init__(self, db: Database, folder: Path, registry: Registry, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._folder = folder
        self._registry = registry
        self._clock = clock

    async def look(self) -> int:
        """How many were taken over."""
        taken = 0
        for file in self._finished():
            report = read_report(file)
            if report is None:
                log.error("a fax's report cannot be read", file=file.name)
                file.rename(file.with_suffix(".unreadable"))
                continue
            async with self._db.write() as session:
                await self._take(session, report)
            report.pages_file.unlink(missing_ok=True)
            file.unlink(missing_ok=True)
            taken += 1
        return taken

    def _finished(self) -> Iterator[Path]:
        return iter(sorted(self._folder.glob("*.txt")) if self._folder.is_dir() else [])

    async def _take(self, session: AsyncSession, report: FaxReport) -> None:
        source = f"fax:{report.call_id}"
        if await service.known(session, source) is not None:
            return
        now = self._clock()
        content = report.pages_file.read_bytes() if report.pages_file.is_file() else b""
        pages = page_count(content) if content else 0
        if pages == 0 and report.status != "SUCCESS" and not content:
            log.info("a fax call without pages", call_id=report.call_id, status=report.status)
        arrived = Arrived(
            Channel.FAX,
            source,
            min(report.at, now),
            address=report.caller,
            name=report.station,
            subject=f"传真 {pages} 页" if pages else "无法读取的传真",
            call_id=report.call_id,
            files=(ArrivedFile(Kind.FAX, f"{report.call_id}.tif", "image/tiff", content, pages),) if pages else (),
            readable=pages > 0,
            note="" if report.status == "SUCCESS" else f"line: {report.status.lower()}",
        )
        row = await service.receive(session, arrived, now, self._registry.zone)
        self._registry.files.keep(session, row, arrived.files, now)
        if pages:
            values = {"contact_no": row.interaction_id, "pages": str(pages)}
            await registering.tell(session, row, "contact.received", values, now)
        elif await registering.tell(session, row, "contact.resend", {"contact_no": row.interaction_id}, now):
            await service.advance(session, row, Fact.ASKED_AGAIN, SYSTEM, now)


def read_report(file: Path) -> FaxReport | None:
    """None for what nobody of ours wrote."""
    parts = file.read_text("utf-8", "replace").strip().split("|")
    if len(parts) != FIELDS:
        return None
    status, _, caller, _, station = (part.strip() for part in parts)
    number = "".join(sign for sign in caller if sign.isdigit()) or "".join(sign for sign in station if sign.isdigit())
    at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    return FaxReport(file.stem[:64], status, number[:20], station[:40], at, file.with_suffix(".tiff"))
