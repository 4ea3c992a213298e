"""Requests of other systems made safe to work with: bodies as models, filters as texts a database can hold."""

import json
import re
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError

from agent_api.trouble_tickets.errors import BadRequest

T = TypeVar("T", bound=BaseModel)
TICKET_NO = re.compile(r"[A-Za-z0-9]{1,20}")
MEDIA = ("application/json", "application/merge-patch+json")
LARGEST = 200_000
FURTHEST = 1_000_000_000


async def body_of(request: Request, model: type[T]) -> T:
    """Any failure is the sender's: 400 with the place, never the value, which may be personal."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in MEDIA:
        raise BadRequest("Content-Type", f"one of {', '.join(MEDIA)}")
    raw = await request.body()
    if len(raw) > LARGEST:
        raise BadRequest("body", f"more than {LARGEST} bytes")
    try:
        content = json.loads(raw)
        _check(json.dumps(content, ensure_ascii=False, allow_nan=False), "body")
    except (ValueError, RecursionError):
        raise BadRequest("body", "not JSON of plain text") from None
    if not isinstance(content, dict):
        raise BadRequest("body", "not an object")
    try:
        return model.model_validate(content)
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise BadRequest(".".join(str(part) for part in first["loc"])[:100], first["msg"]) from None


def filters_of(request: Request) -> dict[str, str]:
    """Each parameter once."""
    found: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        _check(name, "parameter")
        _check(value, name)
        if name in found:
            raise BadRequest(name, "given twice")
        found[name] = value
    return found


def whole(name: str, value: str | None, default: int, most: int = FURTHEST) -> int:
    if value is None:
        return default
    if not re.fullmatch(r"[0-9]{1,10}", value) or int(value) > FURTHEST:
        raise BadRequest(name, f"a whole number up to {most}")
    return min(int(value), most)


def _check(text: str, name: str) -> None:
    """What no database column holds: half characters, and the character nought."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadRequest(name[:60], "not text") from None
    if "\x00" in text or "\\u0000" in text:
        raise BadRequest(name.replace("\x00", "")[:60], "not text")
