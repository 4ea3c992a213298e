"""One-time codes by text message: six digits, five minutes, three tries, at most three an hour (requirements 4.4.4)."""

import secrets
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from anyio import to_thread
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.passwords import Passwords
from agent_api.customers import notices
from agent_api.customers import service as customers
from agent_api.db import Database
from agent_api.identity.models import SmsCode

LIFE = timedelta(minutes=5)
LIFE_FOR_RESET = timedelta(minutes=10)
"""A code that was right still counts when the caller has keyed the rest of what a reset needs."""
TRIES = 3
PER_HOUR = 3

CodeResult: TypeAlias = Literal["pass", "fail", "locked", "unknown"]


class SmsCodes:
    def __init__(self, db: Database, passwords: Passwords) -> None:
        self._db = db
        self._passwords = passwords

    async def send(self, number: str, now: datetime) -> Literal["sent", "limit", "unknown"]:
        """A new code to the line itself; the one before is worth nothing any more."""
        code = f"{secrets.randbelow(1_000_000):06d}"
        code_hash = await to_thread.run_sync(self._passwords.hash, code)
        async with self._db.write() as session:
            line = await customers.find_line(session, number)
            if line is None:
                return "unknown"
            recent = select(func.count()).where(SmsCode.number == number, SmsCode.sent_at > now - timedelta(hours=1))
            if (await session.scalar(recent) or 0) >= PER_HOUR:
                return "limit"
            session.add(SmsCode(number=number, code_hash=code_hash, sent_at=now, wrong_tries=0))
            language = "en" if line.customer.language == "en" else "zh"
            await notices.tell_number(
                session, number, "code.one_time", {"code": code}, now, language=language, expires_in=LIFE
            )
        return "sent"

    async def check(self, number: str, code: str, now: datetime) -> CodeResult:
        """Right once; three wrong tries spoil it."""
        return await self._check(number, code, now, LIFE, for_reset=False)

    async def check_for_reset(self, number: str, code: str, now: datetime) -> CodeResult:
        """A code may have passed `check` in the same call; after this it is used up."""
        return await self._check(number, code, now, LIFE_FOR_RESET, for_reset=True)

    async def _check(self, number: str, code: str, now: datetime, life: timedelta, for_reset: bool) -> CodeResult:
        async with self._db.read() as session:
            latest = await _latest(session, number)
        if latest is None or now - latest.sent_at > life or (latest.used_at is not None and not for_reset):
            return "unknown" if latest is None else "fail"
        if latest.wrong_tries >= TRIES:
            return "locked"
        good = await self._passwords.matches(code, latest.code_hash)
        async with self._db.write() as session:
            stored = await session.get(SmsCode, latest.code_id, with_for_update=True)
            # A parallel call may have used it up, or spoiled it, while we were hashing.
            if stored is None or (stored.used_at is not None and not for_reset):
                return "fail"
            if stored.wrong_tries >= TRIES:
                return "locked"
            if not good:
                stored.wrong_tries += 1
                return "locked" if stored.wrong_tries >= TRIES else "fail"
            if for_reset:
                await session.delete(stored)
            else:
                stored.used_at = now
        return "pass"


async def _latest(session: AsyncSession, number: str) -> SmsCode | None:
    found: SmsCode | None = await session.scalar(
        select(SmsCode).where(SmsCode.number == number).order_by(SmsCode.sent_at.desc()).limit(1)
    )
    return found
