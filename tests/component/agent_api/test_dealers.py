"""Dealers: sign-in, cards, commission, orders, notices. No customer's data."""

import pytest
from sqlalchemy import select

from agent_api.auth import repository as auth_repository
from agent_api.dealers.models import Dealer
from agent_api.demo.services import DEALER_PASSWORD, dealer_card
from agent_api.messages.models import Message
from tests.component.agent_api.harness import Desk, ask

pytestmark = pytest.mark.component


async def sign_in(desk: Desk, password: str = DEALER_PASSWORD, code: str = "5001") -> object:
    return (await ask(desk, "dealer/verify", code=code, password=password))["result"]


async def test_sign_in(desk: Desk) -> None:
    assert await ask(desk, "dealer/verify", code="5002", password=DEALER_PASSWORD) == {"result": "pass", "center": "sc"}
    assert await sign_in(desk, code="9999") == "unknown"
    assert [await sign_in(desk, "1"), await sign_in(desk), await sign_in(desk, "1")] == ["fail", "pass", "fail"]


async def test_three_wrong_ones_lock_until_staff_unlock(desk: Desk) -> None:
    assert [await sign_in(desk, "1") for _ in range(3)] == ["fail", "fail", "locked"]
    desk.clock.move(days=30)
    assert await sign_in(desk) == "locked"
    reason = {"reason": "渠道经理核实身份"}
    async with desk.signed_in("8001") as agent:
        assert (await agent.post("/api/v1/dealers/5001/unlock", json=reason)).status_code == 403
    async with desk.signed_in("8101") as lead:
        assert (await lead.post("/api/v1/dealers/9999/unlock", json=reason)).status_code == 404
        assert (await lead.post("/api/v1/dealers/5001/unlock", json=reason)).status_code == 204
    assert await sign_in(desk) == "pass"
    async with desk.context.db.read() as session:
        entries = [entry for entry in await auth_repository.audit_log(session) if entry.action == "dealer.unlock"]
        stored = await session.get_one(Dealer, "5001")
    assert [(entry.actor, entry.subject_id) for entry in entries] == [("8101", "5001")]
    assert stored.password_hash.startswith("$argon2id$")


async def test_only_the_own_cards(desk: Desk) -> None:
    async def activation(code: str, card: str) -> object:
        return (await ask(desk, "dealer/activation", code=code, card=card))["result"]

    assert await activation("5001", dealer_card("5001", 1)) == "active"
    assert await activation("5001", dealer_card("5001", 2)) == "inactive"
    assert await activation("5001", dealer_card("5002", 1)) == "unknown"
    assert await activation("5001", "123456") == "unknown"


async def test_figures(desk: Desk) -> None:
    assert await ask(desk, "dealer/commission", code="5001") == {
        "result": "ok",
        "month": "2026-10",
        "amount": "1234.50",
    }
    assert await ask(desk, "dealer/orders", code="5001") == {"result": "ok", "open": 1, "done": 2}
    for what in ("commission", "orders", "notices"):
        assert (await ask(desk, f"dealer/{what}", code="9999"))["result"] == "unknown"


async def test_notices_go_to_the_registered_telephone(desk: Desk) -> None:
    assert (await ask(desk, "dealer/notices", code="5001"))["result"] == "ok"
    async with desk.context.db.read() as session:
        (message,) = await session.scalars(select(Message).where(Message.template == "dealer.notices"))
    assert (message.address, message.values["notices"]) == ("13600005001", "暂无新的政策公告")
