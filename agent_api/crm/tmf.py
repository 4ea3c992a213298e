"""The port over another system's TMF629, TMF678, TMF622 and TMF676 (v4): deadlines, attempts, and a breaker."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any, TypeVar
from urllib.parse import quote

import httpx
import structlog
from circuitbreaker import CircuitBreaker, CircuitBreakerError
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from agent_api.crm import mapping
from agent_api.crm.mapping import BadAnswer
from agent_api.crm.port import CrmBill, CrmCustomer, OrderState, Paid, Placed
from agent_api.crm.settings import CrmSettings
from agent_api.errors import NotFound, Refused, Unavailable

log = structlog.get_logger(__name__)
T = TypeVar("T")

CUSTOMERS = "/tmf-api/customerManagement/v4/customer"
BILLS = "/tmf-api/customerBillManagement/v4/customerBill"
RATES = "/tmf-api/customerBillManagement/v4/appliedCustomerBillingRate"
ORDERS = "/tmf-api/productOrderingManagement/v4/productOrder"
PAYMENTS = "/payment/v4/payment"
"""The specification's own path: this one has no tmf-api in front."""
LONGEST_WAIT = 2.0
LINES = 100


class _Again(Exception):
    """The other side may answer the same question later: no connection, too late, or a failure of its own."""


class TmfCustomers:
    def __init__(self, settings: CrmSettings) -> None:
        self._settings = settings
        self._http = httpx.AsyncClient(
            base_url=settings.base_url,
            headers={"Authorization": f"Bearer {settings.token.get_secret_value()}"},
            timeout=settings.timeout_seconds,
            follow_redirects=False,
            trust_env=False,
        )
        breaker = CircuitBreaker(
            failure_threshold=settings.failures,
            recovery_timeout=settings.rest_seconds,
            expected_exception=_Again,
            name="crm",
        )
        self._guarded = breaker.decorate(self._send)

    async def by_number(self, number: str) -> CrmCustomer | None:
        for attribute in ("characteristic.line.number", "contactMedium.characteristic.phoneNumber"):
            found = await self._many(CUSTOMERS, {attribute: number, "limit": "1"})
            if found:
                return _read(mapping.customer, found[0])
        return None

    async def get(self, ref: str) -> CrmCustomer | None:
        found = await self._one(f"{CUSTOMERS}/{quote(ref, safe='')}")
        return None if found is None else _read(mapping.customer, found)

    async def change(self, ref: str, values: Mapping[str, str]) -> CrmCustomer:
        if not values.keys() <= mapping.MEDIA.keys():
            raise Refused("crm.refused", {"fields": sorted(values.keys() - mapping.MEDIA.keys())})
        present = await self.get(ref)
        if present is None:
            raise NotFound("customer", ref)
        patch = {"contactMedium": mapping.contact_media(present, values)}
        answer = await self._ask("PATCH", f"{CUSTOMERS}/{quote(ref, safe='')}", json=patch)
        return _read(mapping.customer, _object(answer))

    async def bills(self, ref: str, months: int) -> Sequence[CrmBill]:
        present = await self.get(ref)
        if present is None:
            return []
        found = await self._many(BILLS, {"billingAccount.id": present.account_no, "limit": str(months * LINES)})
        bills = []
        for each in found:
            rates = await self._many(RATES, {"bill.id": str(each.get("id"))})
            bills.append(_read(partial(mapping.bill, rates=rates), each))
        newest = sorted({each.month for each in bills}, reverse=True)[:months]
        kept = [each for each in bills if each.month in newest]
        return sorted(kept, key=lambda each: (each.month, each.bill_no), reverse=True)

    async def order(self, ref: str, number: str, service: str, our_no: str) -> Placed:
        known = await self._many(ORDERS, {"externalId": our_no, "limit": "1"})
        if known:
            found = known[0]
        else:
            found = _object(await self._ask("POST", ORDERS, json=mapping.new_order(ref, number, service, our_no)))
        return Placed(str(found.get("id")), _read(mapping.order_state, found))

    async def order_state(self, order_ref: str) -> OrderState | None:
        found = await self._one(f"{ORDERS}/{quote(order_ref, safe='')}")
        return None if found is None else _read(mapping.order_state, found)

    async def pay(self, ref: str, amount: Decimal, our_no: str) -> Paid:
        present = await self.get(ref)
        if present is None:
            raise NotFound("customer", ref)
        known = await self._many(PAYMENTS, {"correlatorId": our_no, "limit": "1"})
        if known:
            return _read(mapping.paid, known[0])
        body = mapping.new_payment(present.account_no, amount, our_no)
        return _read(mapping.paid, _object(await self._ask("POST", PAYMENTS, json=body)))

    async def close(self) -> None:
        await self._http.aclose()

    async def _one(self, path: str) -> dict[str, Any] | None:
        answer = await self._ask("GET", path)
        return None if answer.status_code == 404 else _object(answer)

    async def _many(self, path: str, parameters: Mapping[str, str]) -> list[dict[str, Any]]:
        content = _content(await self._ask("GET", path, params=dict(parameters)))
        if not isinstance(content, list) or not all(isinstance(each, dict) for each in content):
            raise _unavailable("not a list")
        return content

    async def _ask(self, method: str, path: str, **what: Any) -> httpx.Response:
        """Reading is tried again; writing only where the question cannot have arrived."""
        attempts = self._settings.attempts if method == "GET" else 1
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(_Again),
            stop=stop_after_attempt(attempts),
            wait=wait_exponential_jitter(multiplier=self._settings.wait_seconds, max=LONGEST_WAIT, jitter=0.1),
            reraise=True,
        )
        try:
            answer: httpx.Response = await retrying(self._guarded, method, path, what)
        except (CircuitBreakerError, _Again) as failure:
            raise _unavailable(str(failure) or type(failure).__name__) from None
        if answer.status_code in (400, 403, 409):
            raise Refused("crm.refused", {"why": _reason(answer)})
        if not answer.is_success and answer.status_code != 404:
            raise _unavailable(f"status {answer.status_code}")
        return answer

    async def _send(self, method: str, path: str, what: dict[str, Any]) -> httpx.Response:
        try:
            answer = await self._http.request(method, path, **what)
        except httpx.HTTPError as error:
            raise _Again(type(error).__name__) from None
        if answer.status_code >= 500 or answer.status_code == 429:
            raise _Again(f"status {answer.status_code}")
        return answer


def _content(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError:
        raise _unavailable("not JSON") from None


def _object(answer: httpx.Response) -> dict[str, Any]:
    content = _content(answer)
    if answer.status_code == 404 or not isinstance(content, dict):
        raise _unavailable("not an object")
    return content


def _read(reader: Callable[[dict[str, Any]], T], found: dict[str, Any]) -> T:
    try:
        return reader(found)
    except BadAnswer as bad:
        raise _unavailable(str(bad)) from None


def _reason(answer: httpx.Response) -> str:
    """The code of TM Forum's error body; its words may quote the customer."""
    try:
        return str(answer.json().get("code", answer.status_code))[:40]
    except (ValueError, AttributeError):
        return str(answer.status_code)


def _unavailable(why: str) -> Unavailable:
    log.warning("the customer system gives no answer", why=why)
    return Unavailable("crm")
