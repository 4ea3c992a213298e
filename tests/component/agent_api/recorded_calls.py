"""A call that was recorded, for tests of recordings: Asterisk's file, the ACD's events, what is stored."""

import os
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
import soundfile
from sqlalchemy import select

from acd.contracts.events import Event
from agent_api import effects
from agent_api.auth import audit
from agent_api.auth.models import AuditEntry
from agent_api.recordings.aftermath import RecordingAftermath
from agent_api.recordings.models import Recording
from agent_api.recordings.settings import RecordingSettings
from agent_api.recordings.sound import RATE
from tests.component.agent_api.harness import ZONE, Desk, desk_on
from tests.support.events import Stream

CALL = "n1-1763764000.12"


@pytest.fixture
async def plain_desk(demo_database: str, tmp_path: Path) -> AsyncIterator[Desk]:
    """With a local folder; for what does not depend on the store."""
    (tmp_path / "spool").mkdir()
    kept = RecordingSettings(spools={"n1": tmp_path / "spool"}, folder=tmp_path / "kept")
    async with desk_on(demo_database, recordings=kept) as running:
        yield running


def write(desk: Desk, seconds: float = 3, call_id: str = CALL, age: timedelta = timedelta(seconds=5)) -> Path:
    """The customer's side is 1000, the agent's -2000."""
    file = desk.context.settings.recordings.spools["n1"] / f"{call_id}.raw"
    np.tile(np.array([1000, -2000], "<i2"), (int(seconds * RATE), 1)).tofile(file)
    at = (desk.clock() - age).timestamp()
    os.utime(file, (at, at))
    return file


async def take(desk: Desk, events: list[Event]) -> None:
    """As the intake does."""
    async with desk.context.db.write() as session:
        applied = await effects.apply(session, events, ZONE)
        await RecordingAftermath(desk.clock)(session, events, applied)


def a_call(desk: Desk, call_id: str = CALL, agent: str = "8001", ago: timedelta = timedelta(minutes=5)) -> list[Event]:
    """Recorded for 3 s, in two parts with 8 s in the password menu between."""
    stream = Stream(at=desk.clock() - ago)
    stream.answered_call(call_id, agent)
    stream.at = desk.clock() - ago
    for seconds, state, reason in (
        (0, "started", ""), (1, "paused", "away"), (8, "resumed", ""), (2, "paused", "away"), (1, "stopped", "")
    ):  # fmt: skip
        stream.add(
            "call.recording_changed", seconds, call_id=call_id, state=state, file=f"{call_id}.raw", reason=reason
        )
    return stream.events


async def put_away(desk: Desk) -> int:
    desk.clock.move(seconds=10)
    return await desk.context.recordings.worker.look()


async def stored(desk: Desk, **how: Any) -> None:
    await take(desk, a_call(desk, **how))
    write(desk, call_id=how.get("call_id", CALL))
    assert await put_away(desk) == 1


async def row(desk: Desk, call_id: str = CALL) -> Recording:
    async with desk.context.db.read() as session:
        return await session.get_one(Recording, call_id)


async def audited(desk: Desk, action: str) -> list[AuditEntry]:
    async with desk.context.db.read() as session:
        assert await audit.first_break_in_log(session) is None
        return list(await session.scalars(select(AuditEntry).where(AuditEntry.action == action)))


def sound_of(answer: httpx.Response, folder: Path) -> Any:
    assert answer.status_code == 200, answer.text
    (folder / "heard.flac").write_bytes(answer.content)
    samples, rate = soundfile.read(folder / "heard.flac", dtype="int16")
    assert rate == RATE
    return samples
