"""What a unit of work changed, as two digests: its rows as they were and as they are. Tells no content."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, SessionTransaction

from agent_api.db import Base

_CHANGED = "changed rows"
NOT_PROVED = frozenset({
    "audit_entry", "desk_session", "login_failure", "ticket_alert", "ticket_counter", "message", "sink_text",
})  # fmt: skip
"""Beside the matter of an act: the log itself, sessions, what tells people."""
Values = Mapping[str, Any]


class ChangedRow:
    """A row of this unit of work, and what it was before the first change."""

    def __init__(self, row: Base, before: Values | None) -> None:
        self.row, self.before, self.gone = row, before, False


def digest(rows: list[tuple[str, Values]]) -> str:
    """Empty for nothing; columns without a value count as missing."""
    if not rows:
        return ""
    plain = [[table, {key: value for key, value in values.items() if value is not None}] for table, values in rows]
    texts = sorted(json.dumps(each, ensure_ascii=False, sort_keys=True, default=_plain) for each in plain)
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def digest_of(*rows: Base) -> str:
    """Of stored rows, to compare with an entry of the log."""
    return digest([(row.__tablename__, _values(row)) for row in rows])


def changes(session: AsyncSession) -> tuple[str, str]:
    """Before and after, of everything flushed so far; two empty words where nothing changed."""
    known: dict[int, ChangedRow] = session.sync_session.info.get(_CHANGED, {})
    before = [(each.row.__tablename__, each.before) for each in known.values() if each.before is not None]
    after = [(each.row.__tablename__, _values(each.row)) for each in known.values() if not each.gone]
    return digest(before), digest(after)


def _values(row: Base) -> Values:
    loaded = inspect(row).dict
    found = [each.key for each in inspect(row).mapper.column_attrs if not each.deferred]
    return {key: loaded[key] for key in found if key in loaded}


def _before(row: Base) -> Values:
    old = inspect(row).committed_state
    return {key: old.get(key, value) for key, value in _values(row).items()}


@event.listens_for(Session, "before_flush")
def _notice(session: Session, *_: object) -> None:
    known: dict[int, ChangedRow] = session.info.setdefault(_CHANGED, {})
    for row in session.new:
        if row.__tablename__ not in NOT_PROVED:
            known.setdefault(id(row), ChangedRow(row, None))
    for row in [*session.dirty, *session.deleted]:
        if row.__tablename__ not in NOT_PROVED and id(row) not in known:
            known[id(row)] = ChangedRow(row, _before(row))
    for row in session.deleted:
        if (changed := known.get(id(row))) is not None:
            changed.gone = True


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(_CHANGED, None)


def _plain(value: object) -> str:
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case Decimal():
            return f"{value:.4f}"
        case _:
            return str(value)
