"""The committed JSON Schema is what the models say, and the models only ever gain fields."""

import json
from pathlib import Path
from typing import get_args
from uuid import UUID

import pytest

import acd.contracts
from acd.contracts import codec, topics
from acd.contracts.events import Event
from acd.contracts.schemas import CONTRACTS, schema_text

pytestmark = pytest.mark.contract

FOLDER = Path(acd.contracts.__file__).parent / "schema"


def committed(name: str) -> str:
    return (FOLDER / f"{name}.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", CONTRACTS)
def test_the_committed_schema_is_up_to_date(name: str) -> None:
    assert committed(name) == schema_text(name), "run: uv run python -m acd schema"


def test_there_is_no_schema_without_a_contract() -> None:
    assert {path.stem for path in FOLDER.glob("*.json")} == set(CONTRACTS)


def event_types() -> list[type]:
    union = get_args(Event)[0]
    return [member for member in get_args(union) if hasattr(member, "model_fields")]


def test_every_event_has_a_topic_of_its_own() -> None:
    types = [kind.model_fields["type"].default for kind in event_types()]  # type: ignore[attr-defined]
    assert len(types) == len(set(types)) == len(json.loads(committed("events"))["discriminator"]["mapping"])


GOLDEN: dict[str, dict[str, object]] = {
    "call.offered": {"call_id": "n1-1.1", "direction": "inbound", "did": "10010", "caller_number": "13900000001"},
    "call.connected": {"call_id": "n1-1.1", "queue": "bill", "agent_id": "8001", "wait_ms": 3000, "ring_ms": 900},
    "attempt.finished": {"attempt_id": "a1", "code": "BLOCKED", "rule": "CAP_DAY"},
    "command.done": {"command_id": str(UUID(int=5)), "ok": False, "code": "agent.not_logged_in"},
}
"""Messages a reader of the first version must understand for ever."""
TOPICS = {
    "call.offered": "cc/v1/evt/call/n1-1.1/offered",
    "call.connected": "cc/v1/evt/call/n1-1.1/connected",
    "attempt.finished": "cc/v1/evt/attempt/a1/finished",
    "command.done": f"cc/v1/evt/command/{UUID(int=5)}/done",
}


@pytest.mark.parametrize("kind", GOLDEN)
def test_golden_messages(kind: str) -> None:
    envelope = {"event_id": str(UUID(int=1)), "stream": str(UUID(int=2)), "seq": 1, "at": "2026-11-21T02:00:00Z"}
    payload = json.dumps({"type": kind, **envelope, **GOLDEN[kind], "a_field_of_tomorrow": 1}).encode()
    event = codec.decode_event(payload)
    assert not isinstance(event, codec.UnknownType | codec.BadPayload)
    assert topics.event_topic(event) == TOPICS[kind]
    again = json.loads(codec.encode(event))
    assert {key: again[key] for key in GOLDEN[kind]} == GOLDEN[kind]


def test_a_type_of_tomorrow_is_a_value() -> None:
    assert codec.decode_event(b'{"type": "call.beamed"}') == codec.UnknownType("call.beamed")


@pytest.mark.parametrize("payload", [b"", b"{", b"[]", b'{"type": "call.offered"}', b"\xff\xfe"])
def test_a_bad_payload_is_a_value_without_its_content(payload: bytes) -> None:
    decoded = codec.decode_event(payload)
    assert isinstance(decoded, codec.BadPayload)
