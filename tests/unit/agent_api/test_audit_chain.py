"""The audit log's chain shows every change."""

import hashlib
import json
from datetime import timedelta

import pytest

from agent_api.auth.audit import entry_hash, first_break
from agent_api.auth.models import AuditEntry
from tests.support.events import NOON

pytestmark = pytest.mark.unit


def chain(length: int = 5) -> list[AuditEntry]:
    entries: list[AuditEntry] = []
    for number in range(1, length + 1):
        entry = AuditEntry(
            entry_id=number,
            at=NOON + timedelta(seconds=number),
            actor="8001",
            roles="agent",
            center_id="js",
            ip="127.0.0.1",
            action="customer.unmask",
            subject="customer",
            subject_id=f"C{number:06d}",
            reason="核实身份",
            result="ok",
            ticket_no="TS20261118000001" if number % 2 else "",
            before_hash="1" * 64 if number % 2 else "",
            after_hash="2" * 64 if number % 2 else "",
            previous_hash=entries[-1].entry_hash if entries else "",
        )
        entry.entry_hash = entry_hash(entry)
        entries.append(entry)
    return entries


def test_a_whole_chain() -> None:
    assert first_break(chain()) is None


FIELDS = ["at", "actor", "roles", "ip", "action", "subject_id", "reason", "result"]
PROOF = ["ticket_no", "before_hash", "after_hash"]


@pytest.mark.parametrize("place", [2, 3])
@pytest.mark.parametrize("field", [*FIELDS, *PROOF])
def test_a_changed_entry_shows(field: str, place: int) -> None:
    """Also where it had no proof before."""
    entries = chain()
    changed = NOON if field == "at" else "changed"
    setattr(entries[place], field, changed)
    assert first_break(entries) == place + 1


@pytest.mark.parametrize("field", PROOF)
def test_proof_that_was_taken_away_shows(field: str) -> None:
    entries = chain()
    setattr(entries[2], field, "")
    assert first_break(entries) == 3


def test_an_entry_of_before_the_proof_keeps_its_hash() -> None:
    """What was written by the first release, word by word."""
    entry = chain()[1]
    assert entry_hash(entry) == hashlib.sha256(
        json.dumps([
            entry.previous_hash, entry.at.isoformat(), "8001", "agent", "js", "127.0.0.1", "customer.unmask",
            "customer", "C000002", "核实身份", "ok",
        ], ensure_ascii=False).encode()
    ).hexdigest()  # fmt: skip


def test_a_removed_entry_shows() -> None:
    entries = chain()
    del entries[2]
    assert first_break(entries) == 4


def test_an_entry_rewritten_with_its_own_hash_shows_at_the_next() -> None:
    entries = chain()
    entries[2].reason = "changed"
    entries[2].entry_hash = entry_hash(entries[2])
    assert first_break(entries) == 4
