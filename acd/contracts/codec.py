"""Bytes to model and back. An unknown type and a bad payload are values, never crashes."""

from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from acd.contracts.commands import COMMAND, Command
from acd.contracts.events import EVENT, Event

MessageT = TypeVar("MessageT")


@dataclass(frozen=True, slots=True)
class UnknownType:
    """A newer publisher's message: counted and ignored."""

    type: str


@dataclass(frozen=True, slots=True)
class BadPayload:
    """The peer broke the contract: goes to the dead letter topic with the reason."""

    reason: str


def encode(message: BaseModel) -> bytes:
    return message.model_dump_json().encode()


def decode_event(payload: bytes) -> Event | UnknownType | BadPayload:
    return _decode(EVENT, payload)


def decode_command(payload: bytes) -> Command | UnknownType | BadPayload:
    return _decode(COMMAND, payload)


def _decode(adapter: TypeAdapter[MessageT], payload: bytes) -> MessageT | UnknownType | BadPayload:
    try:
        return adapter.validate_json(payload)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        if first["type"] == "union_tag_invalid":
            return UnknownType(str(first.get("ctx", {}).get("tag", "")))
        # Input values are left out: they may hold personal data.
        where = ".".join(str(part) for part in first["loc"])
        return BadPayload(f"{where}: {first['msg']}"[:300])
