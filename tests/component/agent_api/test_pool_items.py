"""The whole pool: every kind waits in it, is claimed once for half an hour, and shows its stage."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from agent_api import effects
from agent_api.auth import service as auth
from agent_api.orders import service as orders
from agent_api.orders.models import OrderRow
from agent_api.pool import claiming
from agent_api.pool.stages import Kind
from agent_api.tickets import service as tickets
from agent_api.tickets.words import Act, TicketType
from tests.component.agent_api.harness import NOW, ZONE, Desk, ask
from tests.support.events import Stream

pytestmark = pytest.mark.component
FIRST = "13900000001"


async def items(client: httpx.AsyncClient, **asked: str) -> Any:
    answer = await client.get("/api/v1/pool/items", params={"limit": "500", **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def order(desk: Desk) -> str:
    """One that people carry out."""
    body = {"product": "mobile", "number": FIRST, "service": "suspend_keep", "choice": None, "call_id": "n1-9.9"}
    done = await ask(desk, "order", **body)
    assert done["result"] == "ok", done
    async with desk.context.db.read() as session:
        row = await session.scalar(select(OrderRow).order_by(OrderRow.created_at.desc()))
    assert row is not None
    return row.order_no


async def test_all_kinds_wait_and_are_counted(desk: Desk) -> None:
    async with desk.signed_in("8301") as client:
        found = await items(client)
        assert {"ticket", "contact", "visit"} <= set(found["kinds"])
        assert sum(found["kinds"].values()) == sum(found["stages"].values()) == len(found["items"])
        only = await items(client, kind="contact")
        assert {each["kind"] for each in only["items"]} == {"contact"}


async def test_a_contact_is_held_by_one_and_free_after_half_an_hour(desk: Desk) -> None:
    async with desk.signed_in("8301") as client, desk.signed_in("8101") as other:
        (contact, *_) = (await items(client, kind="contact", stage="POOLED"))["items"]
        wish = {"kinds": ["contact"], "number": contact["number"]}
        assert (await client.post("/api/v1/pool/items/claim", json=wish)).json()["stage"] == "CLAIMED"
        assert (await other.post("/api/v1/pool/items/claim", json=wish)).json()["code"] == "pool.taken"
        back = f"/api/v1/pool/items/contact/{contact['number']}/give-back"
        assert (await other.post(back)).json()["code"] == "pool.not_yours"
        assert (await client.post(back)).status_code == 204
        assert (await other.post("/api/v1/pool/items/claim", json=wish)).status_code == 200
    desk.clock.move(minutes=30)
    async with desk.signed_in("8301") as client:
        assert (await client.post("/api/v1/pool/items/claim", json=wish)).json()["owner"] == "8301"


async def test_two_at_once_never_get_the_same(desk: Desk) -> None:
    async def take(agent_no: str) -> str:
        async with desk.context.db.write() as session:
            who = await auth.principal(session, agent_no)
            item = await claiming.claim(session, who, desk.clock(), [Kind.CONTACT, Kind.VISIT, Kind.TICKET])
            assert item is not None
            return f"{item.kind}/{item.number}"

    got = await asyncio.gather(*(take(agent_no) for agent_no in ("8301", "8101", "8301", "8101")))
    assert len(set(got)) == 4


async def test_an_order_that_settles_a_ticket_shows_as_its_stage(desk: Desk) -> None:
    order_no = await order(desk)
    async with desk.context.db.write() as session:
        agent, lead = await auth.principal(session, "8001"), await auth.principal(session, "8101")
        customer = (await orders.get(session, order_no)).customer_id
        new = tickets.NewTicket(TicketType.COMPLAINT, "装机地址变更", "", "T.SERVICE.3", customer_id=customer)
        number = (await tickets.create(session, new, agent, desk.clock(), ZONE)).row.ticket_no
        await tickets.act(session, number, Act.TO_DISPATCH, lead, desk.clock(), "", {})

    async def stage(client: httpx.AsyncClient) -> str:
        return next(str(each["stage"]) for each in (await items(client))["items"] if each["number"] == number)

    async with desk.signed_in("8301") as client:
        assert await stage(client) == "POOLED"
        assert (await client.post(f"/api/v1/pool/{number}/order", json={"order_no": order_no})).status_code == 204
        assert await stage(client) == "ORDER_SUBMITTED"
        assert order_no in [each["number"] for each in (await items(client, kind="order"))["items"]]
        missing = await client.post(f"/api/v1/pool/{number}/order", json={"order_no": "YW1"})
        assert missing.status_code == 404


async def test_a_missed_caller_is_called_back_by_one_of_them(desk: Desk) -> None:
    async with desk.context.db.write() as session:
        stream = Stream(at=NOW - timedelta(hours=1))
        await effects.apply(session, stream.abandoned_call("n1-1.1", FIRST), ZONE)
    wish = {"kinds": ["missed"], "number": "n1-1.1"}
    async with desk.signed_in("8101") as client, desk.signed_in("8102") as other:
        missed = {each["number"]: each for each in (await items(client, kind="missed"))["items"]}
        assert (missed["n1-1.1"]["stage"], missed["n1-1.1"]["type"]) == ("POOLED", "bill")
        assert "139****0001" in missed["n1-1.1"]["title"]
        assert not any(FIRST in each["title"] for each in missed.values())
        assert (await client.post("/api/v1/pool/items/claim", json=wish)).json()["stage"] == "CLAIMED"
        assert (await other.post("/api/v1/pool/items/claim", json=wish)).json()["code"] == "pool.taken"
