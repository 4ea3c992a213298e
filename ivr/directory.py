"""The customer directory over HTTP (agent_api). Numbers and passwords travel in bodies only and are never logged."""

import asyncio
import dataclasses
import json
import time
from datetime import timedelta
from functools import cache
from typing import Any, TypeVar, get_args

import structlog
from pydantic import SecretStr, TypeAdapter, ValidationError

from ivr.breaker import Breaker
from ivr.keepalive import ExchangeFailed, KeepAliveClient
from ivr.observe import Metrics
from ivr.ports import Unavailable
from ivr.steps import LookUp

AnswerT = TypeVar("AnswerT")
RESTING = "resting"
LATELY_SECONDS = 60.0
log = structlog.get_logger(__name__)


class HttpDirectory:
    """Every question has one deadline for everything: connecting, waiting, reading."""

    def __init__(self, base_url: str, token: SecretStr, deadline: timedelta, metrics: Metrics) -> None:
        self._seconds = deadline.total_seconds()
        self._metrics = metrics
        self._client = KeepAliveClient(base_url, {"Authorization": f"Bearer {token.get_secret_value()}"})
        self._breakers: dict[str, Breaker] = {}
        self._failures: dict[str, tuple[float, str]] = {}
        """Question to when and how it last failed, until it is answered again."""

    @property
    def state(self) -> str:
        """For /health: what has failed lately, in words."""
        since = time.monotonic() - LATELY_SECONDS
        return "; ".join(f"{what}: {reason}" for what, (at, reason) in self._failures.items() if at > since) or "ok"

    async def answer(self, question: LookUp[AnswerT]) -> AnswerT:
        what = question.path
        breaker = self._breakers.setdefault(what, Breaker())
        began = time.monotonic()
        if not breaker.lets_through(began):
            raise self._unavailable(what, RESTING)
        try:
            status, content = await self._post(what, body_of(question))
        except TimeoutError:
            breaker.failed(time.monotonic())
            raise self._unavailable(what, "timeout") from None
        except ExchangeFailed as error:
            breaker.failed(time.monotonic())
            raise self._unavailable(what, str(error)) from None
        breaker.worked()
        result = self._read(question, status, content)
        self._failures.pop(what, None)
        self._metrics.lookups.labels(what, "ok").inc()
        self._metrics.lookup_seconds.labels(what).observe(time.monotonic() - began)
        return result

    async def close(self) -> None:
        await self._client.close()

    async def _post(self, what: str, body: bytes) -> tuple[int, bytes]:
        async with asyncio.timeout(self._seconds):
            return await self._client.post(f"/internal/v1/{what}", body)

    def _read(self, question: LookUp[AnswerT], status: int, content: bytes) -> AnswerT:
        what = question.path
        kind: Any = type(question)
        if status != 200:
            raise self._unavailable(what, f"http_{status}")
        try:
            result: AnswerT = _adapter(kind).validate_json(content)
        except ValidationError:
            # Without its cause: the text of a validation error quotes the data.
            raise self._unavailable(what, "bad_answer") from None
        if getattr(result, "result", "") == "down":
            raise self._unavailable(what, "down")
        return result

    def _unavailable(self, what: str, reason: str) -> Unavailable:
        self._metrics.lookups.labels(what, reason).inc()
        if reason != RESTING:
            self._failures[what] = (time.monotonic(), reason)
            log.warning("directory unavailable", what=what, reason=reason)
        return Unavailable(f"{what}: {reason}")


def body_of(question: LookUp[Any]) -> bytes:
    """The question's fields are the body."""
    names = (field.name for field in dataclasses.fields(question))  # type: ignore[arg-type]  # each is a dataclass
    return json.dumps({name: getattr(question, name) for name in names}).encode()


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    """Reads the answer named in `class Question(LookUp[Answer])`."""
    (base,) = kind.__orig_bases__
    return TypeAdapter(get_args(base)[0])
