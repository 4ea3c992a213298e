"""The customer directory over HTTP (agent_api). Numbers and passwords travel in bodies only and are never logged."""

import asyncio
import json
import time
from datetime import timedelta
from typing import Any, TypeVar

import structlog
from pydantic import SecretStr, TypeAdapter, ValidationError

from ivr.keepalive import ExchangeFailed, KeepAliveClient
from ivr.observe import Metrics
from ivr.ports import Bill, Caller, DunningScript, Unavailable, Verification

AnswerT = TypeVar("AnswerT")
log = structlog.get_logger(__name__)

CALLER = TypeAdapter(Caller)
VERIFICATION = TypeAdapter(Verification)
BILL = TypeAdapter(Bill)
DUNNING_SCRIPT = TypeAdapter(DunningScript)


class HttpDirectory:
    """Every question has one deadline for everything: connecting, waiting, reading."""

    def __init__(self, base_url: str, token: SecretStr, deadline: timedelta, metrics: Metrics) -> None:
        self._seconds = deadline.total_seconds()
        self._metrics = metrics
        self._client = KeepAliveClient(base_url, {"Authorization": f"Bearer {token.get_secret_value()}"})
        self.state = "ok"
        """How the last question went, in words."""

    async def find_caller(self, number: str, did: str) -> Caller:
        return await self._ask("caller", {"caller_number": number, "did": did}, CALLER)

    async def verify_password(self, number: str, password: str) -> Verification:
        return await self._ask("verify", {"number": number, "password": password}, VERIFICATION)

    async def fetch_bill(self, number: str) -> Bill:
        return await self._ask("bill", {"number": number}, BILL)

    async def fetch_dunning_script(self, attempt_id: str) -> DunningScript:
        return await self._ask("dunning-script", {"attempt_id": attempt_id}, DUNNING_SCRIPT)

    async def close(self) -> None:
        await self._client.close()

    async def _ask(self, what: str, body: dict[str, Any], answer: TypeAdapter[AnswerT]) -> AnswerT:
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._seconds):
                status, content = await self._client.post(f"/internal/v1/{what}", json.dumps(body).encode())
            if status != 200:
                raise self._unavailable(what, f"http_{status}")
            result = answer.validate_json(content)
        except TimeoutError:
            raise self._unavailable(what, "timeout") from None
        except ExchangeFailed as error:
            raise self._unavailable(what, str(error)) from None
        except ValidationError:
            # Without its cause: the text of a validation error quotes the data.
            raise self._unavailable(what, "bad_answer") from None
        self.state = "ok"
        self._metrics.lookups.labels(what, "ok").inc()
        self._metrics.lookup_seconds.labels(what).observe(time.monotonic() - began)
        return result

    def _unavailable(self, what: str, reason: str) -> Unavailable:
        self.state = f"the last question ({what}) failed: {reason}"
        self._metrics.lookups.labels(what, reason).inc()
        log.warning("directory unavailable", what=what, reason=reason)
        return Unavailable(f"{what}: {reason}")
