"""One-time codes (TOTP, RFC 6238) and recovery codes. The only user of pyotp and segno. Never commits."""

import hashlib
import secrets
from datetime import datetime, timedelta

import pyotp
import segno
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth.models import SecondFactor
from agent_api.auth.principal import Principal
from agent_api.errors import Invalid, Refused

ISSUER = "客服工作台"
STEP = 30
TOLERATED = (0, -1, 1)
"""Steps that a telephone's clock may be off."""
RECOVERY_CODES = 10


def matching_step(secret: str, code: str, now: datetime, after: int) -> int | None:
    """The step this code belongs to, if it is a recent one that was not used yet."""
    totp = pyotp.TOTP(secret, interval=STEP)
    for shift in TOLERATED:
        at = now + timedelta(seconds=shift * STEP)
        step = int(at.timestamp()) // STEP
        if step > after and secrets.compare_digest(totp.at(at).encode(), code.encode()):
            return step
    return None


def picture(secret: str, agent_no: str) -> tuple[str, str]:
    """What an authenticator reads: the address, and the same as a QR code in SVG."""
    uri = pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=agent_no, issuer_name=ISSUER)
    return uri, segno.make(uri, error="m").svg_inline(scale=4, border=2)


async def begin(session: AsyncSession, who: Principal) -> SecondFactor:
    """A new secret, not in force before a code of it was seen."""
    row = await session.get(SecondFactor, who.agent_no)
    if row is not None and row.confirmed_at is not None:
        raise Refused("factor.there_already")
    if row is None:
        row = SecondFactor(agent_no=who.agent_no, secret="", last_step=0, recovery_hashes=[])
        session.add(row)
    row.secret = pyotp.random_base32()
    return row


async def confirm(session: AsyncSession, who: Principal, code: str, now: datetime) -> list[str]:
    """Recovery codes, shown this once."""
    row = await session.get(SecondFactor, who.agent_no)
    if row is None or row.confirmed_at is not None:
        raise Refused("factor.not_begun")
    step = matching_step(row.secret, code, now, row.last_step)
    if step is None:
        raise Invalid("auth.code_wrong")
    codes = [f"{secrets.token_hex(3)}-{secrets.token_hex(3)}" for _ in range(RECOVERY_CODES)]
    row.confirmed_at, row.last_step, row.recovery_hashes = now, step, [_hash(each) for each in codes]
    await audit.record(session, who, "factor.enrolled", now, subject="staff", subject_id=who.agent_no)
    return codes


async def of(session: AsyncSession, agent_no: str) -> SecondFactor | None:
    """In force, if there is one."""
    row = await session.get(SecondFactor, agent_no)
    return row if row is not None and row.confirmed_at is not None else None


def use(row: SecondFactor, code: str, now: datetime) -> bool:
    """A code of the moment or a recovery code; either counts once."""
    step = matching_step(row.secret, code, now, row.last_step)
    if step is not None:
        row.last_step = step
        return True
    hashed = _hash(code.strip().lower())
    if hashed not in row.recovery_hashes:
        return False
    row.recovery_hashes = [each for each in row.recovery_hashes if each != hashed]
    return True


def _hash(code: str) -> str:
    """A recovery code is 48 random bits behind the account's lock: a plain digest is enough."""
    return hashlib.sha256(code.encode()).hexdigest()
