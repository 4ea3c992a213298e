"""How often something may be done in an hour, kept in the database: a restart forgets nothing. Never commits."""

import hashlib
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.channels import repository
from agent_api.channels.models import ContactHit
from agent_api.errors import Refused

HOUR = timedelta(hours=1)


class TooOften(Refused):
    """Too many of these within an hour; later it may be done again."""

    status = 429
    example = "contact.too_often"


async def hit(session: AsyncSession, kind: str, subject: str, most: int, now: datetime) -> None:
    """Once more, or TooOften: then nothing is counted."""
    if not await may(session, kind, subject, most, now):
        raise TooOften("contact.too_often", {"per_hour": most})
    session.add(ContactHit(kind=kind, subject=_hashed(subject), at=now))
    await session.flush()


async def may(session: AsyncSession, kind: str, subject: str, most: int, now: datetime) -> bool:
    return await repository.count_hits(session, kind, _hashed(subject), now - HOUR) < most


def _hashed(subject: str) -> str:
    return hashlib.sha256(subject.encode()).hexdigest()
