"""What the emergency script left behind becomes tickets, whenever we die in between."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from agent_api.emergency.importer import EmergencyImporter
from agent_api.tickets import repository
from agent_api.tickets.models import TicketAttachment, TicketRow
from tests.component.agent_api.harness import NOW, ZONE, Desk

pytestmark = pytest.mark.component

SPEECH = bytes(44) + bytes(16_000) * 5


def leave(folder: Path, name: str, **content: str) -> Path:
    """As ivr/emergency.py writes it."""
    report = {"at": (NOW - timedelta(hours=3)).isoformat(timespec="milliseconds"), "call_id": "n1-1.1", "caller": ""}
    file = folder / f"{name}.json"
    file.write_text(json.dumps(report | content), encoding="utf-8")
    return file


def importer(desk: Desk, folder: Path) -> EmergencyImporter:
    return EmergencyImporter(desk.context.db, folder, folder / "kept", desk.clock, ZONE)


def left(folder: Path, pattern: str = "*") -> list[str]:
    return sorted(each.name for each in folder.glob(pattern) if each.is_file())


async def imported(desk: Desk) -> list[TicketRow]:
    async with desk.context.db.read() as session:
        query = select(TicketRow).where(TicketRow.source.startswith("emergency:")).order_by(TicketRow.source)
        return list(await session.scalars(query))


async def test_a_message_and_a_request(desk: Desk, tmp_path: Path) -> None:
    leave(tmp_path, "message-1", kind="message", caller="13900000001", recording="message-1.wav")
    (tmp_path / "message-1.wav").write_bytes(SPEECH)
    leave(tmp_path, "suspension-2", kind="suspension", caller="02587654321", number="13900000003")
    leave(tmp_path, "suspension-3", kind="suspension", number="13800000000")
    assert await importer(desk, tmp_path).look() == 3
    message, request, stranger = await imported(desk)
    assert (message.type, message.customer_id, message.contact_number) == ("message", "C000001", "13900000001")
    assert message.created_at == NOW - timedelta(hours=3)
    assert (request.type, request.customer_id, request.contact_number) == ("urgent", "C000003", "02587654321")
    assert "139****0003" in request.description
    assert "13800000000" in stranger.description, "a number we do not know has to be readable"
    async with desk.context.db.read() as session:
        (attachment,) = await repository.attachments(session, message.ticket_no)
    assert attachment.seconds == 5
    assert left(tmp_path / "kept") == [f"{attachment.attachment_id}.wav"]
    assert left(tmp_path) == []
    assert left(tmp_path / "imported") == ["message-1.json", "message-1.wav", "suspension-2.json", "suspension-3.json"]


async def test_a_report_that_comes_again_is_the_same_ticket(desk: Desk, tmp_path: Path) -> None:
    for _ in range(2):
        leave(tmp_path, "message-1", kind="message", recording="message-1.wav")
        (tmp_path / "message-1.wav").write_bytes(SPEECH)
        assert await importer(desk, tmp_path).look() == 1
    assert len(await imported(desk)) == 1
    async with desk.context.db.read() as session:
        assert len((await session.scalars(select(TicketAttachment))).all()) == 1


async def test_half_written_and_broken_reports_stop_nothing(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "message-1.partial").write_text("{")
    (tmp_path / "message-0.json").write_text("{ nonsense")
    leave(tmp_path, "message-2", kind="dance")
    leave(tmp_path, "message-3", kind="message", caller="13900000001", recording="../../gone.wav")
    assert await importer(desk, tmp_path).look() == 1
    assert [row.source for row in await imported(desk)] == ["emergency:message-3"]
    assert left(tmp_path) == ["message-1.partial"]
    assert left(tmp_path / "unreadable") == ["message-0.json", "message-2.json"]


async def test_no_folder_is_no_report(desk: Desk, tmp_path: Path) -> None:
    assert await importer(desk, tmp_path / "nothing").look() == 0


async def test_a_report_that_may_not_be_read_is_left_alone_and_named_once(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "message-0.json").mkdir()  # reading it fails as a missing permission does; root is refused nothing
    leave(tmp_path, "message-3", kind="message", caller="13900000001")
    at_work = importer(desk, tmp_path)
    with capture_logs() as logs:
        assert [await at_work.look(), await at_work.look()] == [1, 0]
    assert [(entry["event"], entry["file"]) for entry in logs] == [
        ("an emergency report may not be read", "message-0.json")
    ]
