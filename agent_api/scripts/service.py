"""The sentences a centre works with, and who has read them. Never commits."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.principal import Principal
from agent_api.documents import service as documents
from agent_api.errors import Invalid, Refused
from agent_api.scripts.lines import Line, unknown_variables
from agent_api.scripts.models import ScriptReading

KIND = "scripts"
_FILE = Path(__file__).with_name("shipped.toml")


@dataclass(frozen=True, slots=True)
class Sentences:
    center_id: str
    """Whose they are; empty for the shipped ones."""
    version: int
    note: str
    lines: tuple[Line, ...]


@cache
def shipped() -> tuple[Line, ...]:
    found: list[Line] = []
    for sheet in tomllib.loads(_FILE.read_text(encoding="utf-8"))["line"]:
        english = sheet.pop("en", "")
        found.append(Line.model_validate(sheet))
        if english:
            found.append(Line.model_validate(sheet | {"text": english, "title": "", "language": "en"}))
    return tuple(found)


async def in_force(session: AsyncSession, center_id: str) -> Sentences:
    found = await documents.in_force(session, KIND, center_id)
    if found.version == 0:
        return Sentences("", 0, "", shipped())
    lines = tuple(Line.model_validate(each) for each in found.content)
    return Sentences(found.center_id, found.version, found.note, lines)


async def publish(
    session: AsyncSession,
    who: Principal,
    center_id: str,
    lines: tuple[Line, ...],
    note: str,
    based_on: int,
    now: datetime,
) -> Sentences:
    """Agents of the centre and of those below without their own must read it before they take calls again."""
    if unknown := unknown_variables(lines):
        raise Invalid("scripts.unknown_variable", {"names": unknown})
    content = [line.model_dump(mode="json", exclude_defaults=True) for line in lines]
    row = await documents.publish(session, who, KIND, center_id, content, note, based_on, now)
    return Sentences(center_id, row.version, note, lines)


async def is_read(session: AsyncSession, who: Principal, center_id: str, version: int) -> bool:
    """The shipped ones need no reading: they are what agents were trained on."""
    return version == 0 or await session.get(ScriptReading, (who.agent_no, center_id, version)) is not None


async def acknowledge(session: AsyncSession, who: Principal, version: int, now: datetime) -> None:
    """Only what is in force: nobody can acknowledge what he was not shown."""
    found = await documents.in_force(session, KIND, who.center.center_id)
    if found.version != version:
        raise Refused("document.changed", {"version": found.version})
    if not await is_read(session, who, found.center_id, version):
        reading = ScriptReading(agent_no=who.agent_no, center_id=found.center_id, version=version, read_at=now)
        session.add(reading)


async def check_read(session: AsyncSession, who: Principal) -> None:
    """Raises Refused as long as new sentences wait to be read (requirements.md U-9.1.1)."""
    found = await documents.in_force(session, KIND, who.center.center_id)
    if not await is_read(session, who, found.center_id, found.version):
        raise Refused("scripts.not_read", {"version": found.version, "note": found.note})
