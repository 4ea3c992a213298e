"""A recording the menu could not hand over becomes a ticket all the same, once."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from agent_api import effects
from agent_api.tickets.left_messages import LeftMessages
from agent_api.tickets.models import TicketRow
from tests.component.agent_api.harness import NOW, ZONE, Desk
from tests.support.events import Stream

pytestmark = pytest.mark.component

HEADER, SECOND = bytes(44), bytes(16_000)


def record(folder: Path, name: str, seconds: int, age: timedelta) -> Path:
    file = folder / f"{name}.wav"
    file.write_bytes(HEADER + SECOND * seconds)
    at = (NOW - age).timestamp()
    os.utime(file, (at, at))
    return file


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.glob("*.wav"))


async def test_only_what_is_left_for_good_is_taken(desk: Desk, tmp_path: Path) -> None:
    async with desk.context.db.write() as session:
        await effects.apply(session, Stream(at=NOW - timedelta(hours=1)).answered_call("n1-7.1", "8001"), ZONE)
    record(tmp_path, "n1-7.1-1", 6, timedelta(minutes=40))
    record(tmp_path, "n1-8.1-1", 1, timedelta(minutes=40))  # a breath
    fresh = record(tmp_path, "n1-9.1-1", 6, timedelta(minutes=2))  # its caller may still be listening to it
    left = LeftMessages(desk.context.db, tmp_path, tmp_path / "kept", desk.clock, ZONE)
    assert await left.look() == 1
    assert await left.look() == 0
    assert names(tmp_path) == [fresh.name]
    async with desk.context.db.read() as session:
        rows = list(await session.scalars(select(TicketRow).where(TicketRow.source.startswith("message:"))))
    (row,) = rows
    assert (row.type, row.call_id, row.contact_number) == ("message", "n1-7.1", "13900000001")
    assert len(names(tmp_path / "kept")) == 1
