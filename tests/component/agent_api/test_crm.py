"""One contract for every customer system: our own store, and TM Forum's interfaces of another process."""

import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from agent_api.crm.embedded import EmbeddedCustomers
from agent_api.crm.port import CustomerPort
from agent_api.crm.settings import CrmSettings
from agent_api.crm.tmf import TmfCustomers
from agent_api.errors import NotFound, Refused, Unavailable
from tests.component.agent_api.harness import ZONE, desk_on
from tests.support.tmf_server import TOKEN

pytestmark = pytest.mark.component

ROOT = Path(__file__).parents[3]
WHO, NUMBER = "C000001", "13900000001"


@pytest.fixture
def other_system() -> Iterator[str]:
    """Its address. A process of its own, new for every test."""
    command = [sys.executable, "-m", "tests.support.tmf_server"]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    port = process.stdout.readline().strip()
    yield f"http://127.0.0.1:{port}"
    process.kill()
    process.wait()
    process.stdout.close()


def settings(url: str) -> CrmSettings:
    return CrmSettings(
        kind="tmf", base_url=url, token=SecretStr(TOKEN), timeout_seconds=0.5, wait_seconds=0.01, rest_seconds=0.3
    )


@pytest.fixture(params=["embedded", "tmf"])
async def port(request: pytest.FixtureRequest, demo_database: str, other_system: str) -> AsyncIterator[CustomerPort]:
    if request.param == "tmf":
        system = TmfCustomers(settings(other_system))
        yield system
        await system.close()
        return
    async with desk_on(demo_database) as desk:
        yield EmbeddedCustomers(desk.context.db, desk.context.billing, desk.clock, ZONE)


@pytest.fixture
async def tmf(other_system: str) -> AsyncIterator[tuple[TmfCustomers, httpx.AsyncClient]]:
    made = TmfCustomers(settings(other_system))
    async with httpx.AsyncClient(base_url=other_system, trust_env=False) as control:
        yield made, control
    await made.close()


async def test_a_customer_by_number_and_by_reference(port: CustomerPort) -> None:
    found = await port.by_number(NUMBER)
    assert found is not None
    assert found == await port.get(found.ref)
    assert (found.ref, found.kind, found.level, found.contact_number) == (WHO, "person", "normal", NUMBER)
    assert NUMBER in [line.number for line in found.lines]
    assert found.name


async def test_who_is_not_there(port: CustomerPort) -> None:
    assert await port.by_number("19900000000") is None
    assert await port.get("nobody/../else") is None
    assert await port.order_state("nothing") is None
    assert list(await port.bills("nobody", 6)) == []
    for lost in (port.change("nobody", {"email": "x@example.cn"}), port.pay("nobody", Decimal(1), "n1")):
        with pytest.raises(NotFound):
            await lost


async def test_a_change_is_there_afterwards_and_changes_nothing_else(port: CustomerPort) -> None:
    before = await port.get(WHO)
    assert before is not None
    changed = await port.change(WHO, {"email": "neu@example.cn"})
    assert changed == await port.get(WHO)
    assert (changed.email, changed.contact_number, changed.address) == (
        "neu@example.cn", before.contact_number, before.address,
    )  # fmt: skip
    with pytest.raises(Refused):
        await port.change(WHO, {"credit_level": "A"})


async def test_bills_are_whole_and_latest_first(port: CustomerPort) -> None:
    bills = list(await port.bills(WHO, 2))
    months = [bill.month for bill in bills]
    assert months == sorted(months, reverse=True)
    assert months[0] == "2026-10"
    assert len(set(months)) == 2
    for bill in bills:
        assert sum(part.amount for part in bill.parts) == bill.total
        assert 0 <= bill.remaining <= bill.total
        assert bill.number
        assert bill.product == "MOBILE"


async def test_an_order_asked_for_twice_is_one(port: CustomerPort) -> None:
    first = await port.order(WHO, NUMBER, "suspend_keep", "our-1")
    assert first.state in ("submitted", "in_progress")
    assert await port.order(WHO, NUMBER, "suspend_keep", "our-1") == first
    assert await port.order_state(first.ref) == first.state
    for wrong in (port.order(WHO, "13999999999", "resume", "our-2"), port.order(WHO, NUMBER, "nothing_like_it", "3")):
        with pytest.raises(Refused):
            await wrong


async def test_a_payment_made_twice_is_one(port: CustomerPort) -> None:
    first = await port.pay(WHO, Decimal("15.00"), "pay-1")
    left = sum(bill.remaining for bill in await port.bills(WHO, 6))
    assert first.state == "done"
    assert await port.pay(WHO, Decimal("15.00"), "pay-1") == first
    assert sum(bill.remaining for bill in await port.bills(WHO, 6)) == left


async def test_reading_is_tried_again(tmf: tuple[TmfCustomers, httpx.AsyncClient]) -> None:
    port, control = tmf
    await control.post("/test/fault/500/2")
    assert await port.get(WHO) is not None
    assert len((await control.get("/test/asked")).json()) == 3


async def test_writing_is_not(tmf: tuple[TmfCustomers, httpx.AsyncClient]) -> None:
    port, control = tmf
    assert await port.get(WHO) is not None
    await control.post("/test/fault/500/100")
    with pytest.raises(Unavailable):
        await port._ask("POST", "/payment/v4/payment", json={})
    assert (await control.get("/test/asked")).json() == ["POST /payment/v4/payment"]


@pytest.mark.parametrize("fault", ["nonsense", "empty", "slow", "500"])
async def test_every_failure_has_the_one_name(tmf: tuple[TmfCustomers, httpx.AsyncClient], fault: str) -> None:
    port, control = tmf
    await control.post(f"/test/fault/{fault}/100")
    began = time.monotonic()
    with pytest.raises(Unavailable, match="unavailable"):
        await port.by_number(NUMBER)
    assert time.monotonic() - began < 4


async def test_after_some_failures_the_other_side_is_left_in_peace(
    tmf: tuple[TmfCustomers, httpx.AsyncClient],
) -> None:
    port, control = tmf
    await control.post("/test/fault/500/3")
    with pytest.raises(Unavailable):
        await port.get(WHO)
    before = len((await control.get("/test/asked")).json())
    with pytest.raises(Unavailable):
        await port.get(WHO)
    assert len((await control.get("/test/asked")).json()) == before, "not even asked"
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline:
        try:
            assert await port.get(WHO) is not None
            return
        except Unavailable:
            continue
    pytest.fail("it never came back")
