"""The audit log: append only, each entry's hash covers the one before (requirements.md 6.4)."""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import proof, repository
from agent_api.auth.models import AuditEntry
from agent_api.auth.principal import Principal
from agent_api.db import lock_until_commit

_CHAIN = 0x0A0D17


async def record(
    session: AsyncSession,
    who: Principal,
    action: str,
    now: datetime,
    *,
    subject: str = "",
    subject_id: str = "",
    reason: str = "",
    result: str = "ok",
    ticket_no: str = "",
) -> None:
    """Add one entry in the caller's transaction, with digests of what it changed so far.

    Never pass personal data: ids only.
    """
    entry = AuditEntry(
        at=now.astimezone(UTC),
        actor=who.agent_no,
        roles=",".join(sorted(who.roles)),
        center_id=who.center.center_id,
        ip=who.ip,
        action=action,
        subject=subject,
        subject_id=subject_id,
        reason=reason[:200],
        result=result,
        ticket_no=ticket_no or (subject_id if subject == "ticket" else ""),
    )
    await append(session, entry)


async def count(session: AsyncSession, who: Principal, action: str, since: datetime) -> int:
    """How often this person did it, successfully, since then."""
    return await repository.count_audited(session, who.agent_no, action, since)


async def count_about(session: AsyncSession, subject_id: str, action: str, since: datetime) -> int:
    """How often it was done to this subject since then, by anybody."""
    return await repository.count_audited_about(session, subject_id, action, since)


async def append(session: AsyncSession, entry: AuditEntry) -> None:
    await (await session.connection()).run_sync(lock_until_commit, _CHAIN)
    await session.flush()
    entry.before_hash, entry.after_hash = proof.changes(session)
    entry.previous_hash = await repository.last_audit_hash(session)
    entry.entry_hash = entry_hash(entry)
    session.add(entry)
    await session.flush()


def entry_hash(entry: AuditEntry) -> str:
    """What `entry_hash` must be for the entry as it stands."""
    fields = [
        entry.previous_hash,
        entry.at.isoformat(),
        entry.actor,
        entry.roles,
        entry.center_id,
        entry.ip,
        entry.action,
        entry.subject,
        entry.subject_id,
        entry.reason,
        entry.result,
    ]
    later = [entry.ticket_no or "", entry.before_hash or "", entry.after_hash or ""]
    if any(later):  # entries of before these columns keep the hash they were given
        fields += later
    return hashlib.sha256(json.dumps(fields, ensure_ascii=False).encode()).hexdigest()


def first_break(entries: Iterable[AuditEntry], previous_hash: str = "") -> int | None:
    """Id of the first entry that was changed or whose predecessor is gone; None when the chain is whole."""
    for entry in entries:
        if entry.previous_hash != previous_hash or entry.entry_hash != entry_hash(entry):
            return entry.entry_id
        previous_hash = entry.entry_hash
    return None


async def first_break_in_log(session: AsyncSession) -> int | None:
    """`first_break` over the whole stored log, page by page."""
    after, previous_hash = 0, ""
    while page := await repository.audit_log(session, after):
        if (broken := first_break(page, previous_hash)) is not None:
            return broken
        after, previous_hash = page[-1].entry_id, page[-1].entry_hash
    return None
