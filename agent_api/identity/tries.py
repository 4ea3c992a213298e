"""Wrong tries of one day, of anything that must not be guessed. Other features use this; it never commits."""

from datetime import date

from sqlalchemy import Date, String, bindparam, delete, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.identity.models import WrongTries

ALLOWED_PER_DAY = 3

_ADD = text(
    "INSERT INTO wrong_tries (kind, subject, day, count) VALUES (:kind, :subject, :day, 1) "
    "ON CONFLICT (kind, subject, day) DO UPDATE SET count = wrong_tries.count + 1 RETURNING count"
).bindparams(bindparam("kind", type_=String), bindparam("subject", type_=String), bindparam("day", type_=Date))


async def left(session: AsyncSession, kind: str, subject: str, today: date) -> int:
    """How many more may be wrong today; none: locked until tomorrow."""
    count = await session.scalar(
        select(WrongTries.count).where(WrongTries.kind == kind, WrongTries.subject == subject, WrongTries.day == today)
    )
    return max(0, ALLOWED_PER_DAY - (count or 0))


async def add(session: AsyncSession, kind: str, subject: str, today: date) -> int:
    """One more was wrong; how many are left."""
    count: int = (await session.execute(_ADD, {"kind": kind, "subject": subject, "day": today})).scalar_one()
    return max(0, ALLOWED_PER_DAY - count)


async def forget(session: AsyncSession, kind: str, subject: str) -> None:
    """After a right one, or when staff unlock."""
    await session.execute(delete(WrongTries).where(WrongTries.kind == kind, WrongTries.subject == subject))


async def forget_before(session: AsyncSession, day: date) -> None:
    await session.execute(delete(WrongTries).where(WrongTries.day < day))
