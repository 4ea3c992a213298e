"""The customer directory over HTTP (agent_api). Numbers and passwords travel in bodies only and are never logged."""

import asyncio
import time
from datetime import timedelta
from typing import Any, TypeVar

import httpx
from pydantic import SecretStr, TypeAdapter, ValidationError

from ivr.observe import Metrics
from ivr.ports import Bill, Caller, DunningScript, Unavailable, Verification

AnswerT = TypeVar("AnswerT")

CALLER = TypeAdapter(Caller)
VERIFICATION = TypeAdapter(Verification)
BILL = TypeAdapter(Bill)
DUNNING_SCRIPT = TypeAdapter(DunningScript)


class HttpDirectory:
    """Every question has one deadline for everything: connecting, waiting, reading."""

    def __init__(self, base_url: str, token: SecretStr, deadline: timedelta, metrics: Metrics) -> None:
        self._seconds = deadline.total_seconds()
        self._metrics = metrics
        self._client = httpx.AsyncClient(
            base_url=base_url,
            headers={"Authorization": f"Bearer {token.get_secret_value()}"},
            timeout=self._seconds,
            limits=httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=60),
            trust_env=False,
        )
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
        await self._client.aclose()

    async def _ask(self, what: str, body: dict[str, Any], answer: TypeAdapter[AnswerT]) -> AnswerT:
        began = time.monotonic()
        try:
            async with asyncio.timeout(self._seconds):
                response = await self._client.post(f"/internal/v1/{what}", json=body)
            response.raise_for_status()
            result = answer.validate_json(response.content)
        except (TimeoutError, httpx.TimeoutException):
            raise self._unavailable(what, "timeout") from None
        except httpx.HTTPStatusError as error:
            raise self._unavailable(what, f"http_{error.response.status_code}") from None
        except httpx.HTTPError as error:
            raise self._unavailable(what, type(error).__name__) from None
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
        return Unavailable(f"{what}: {reason}")
