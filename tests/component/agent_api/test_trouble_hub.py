"""Events to listeners: what is told to whom, in order, again after a failure, and to allowed hosts only."""

import json
import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from sqlalchemy import func, select

from agent_api.trouble_tickets.models import HubDelivery, HubListener
from agent_api.trouble_tickets.sender import HubSender
from agent_api.trouble_tickets.settings import TroubleTicketSettings
from tests.component.agent_api.harness import Desk, desk_on
from tests.component.agent_api.test_trouble_tickets import NEW, is_error, system

pytestmark = pytest.mark.component


@dataclass
class Listener:
    """A real server that keeps what it is told; it fails as often as a test wants."""

    url: str
    heard: list[dict[str, Any]] = field(default_factory=list)
    failures: int = 0
    redirects: int = 0

    @property
    def types(self) -> list[str]:
        return [each["eventType"].removeprefix("TroubleTicket").removesuffix("Event") for each in self.heard]


@pytest.fixture
def listener() -> Iterator[Listener]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            status = 201
            if told.failures:
                told.failures, status = told.failures - 1, 500
            elif told.redirects:
                told.redirects, status = told.redirects - 1, 307
            else:
                told.heard.append(json.loads(body))
            self.send_response(status)
            if status == 307:
                self.send_header("Location", "http://169.254.169.254/")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Not into the test's output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told = Listener(f"http://127.0.0.1:{server.server_port}/events")
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield told
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
async def hub_desk(demo_database: str) -> AsyncIterator[Desk]:
    settings = TroubleTicketSettings(hub_hosts=["127.0.0.1"], base_url="https://desk.example.cn")
    async with desk_on(demo_database, trouble_tickets=settings) as desk:
        await HubSender(desk.context.db, settings, desk.clock).look()  # the demo's own news
        yield desk


def sender(desk: Desk) -> HubSender:
    return HubSender(desk.context.db, desk.context.settings.trouble_tickets, desk.clock)


async def listen(client: httpx.AsyncClient, listener: Listener, query: str = "") -> str:
    answer = await client.post("/hub", json={"callback": listener.url} | ({"query": query} if query else {}))
    assert answer.status_code == 201, answer.text
    found: str = answer.json()["id"]
    return found


async def test_a_ticket_s_life_is_told_in_order(hub_desk: Desk, listener: Listener) -> None:
    async with system(hub_desk) as client:
        listening = await listen(client, listener)
        assert is_error(await client.post("/hub", json={"callback": listener.url}), 409)
        ticket = (await client.post("/troubleTicket", json=NEW)).json()
        address = f"/troubleTicket/{ticket['id']}"
        await client.patch(address, json={"description": "已定位"})
        await client.patch(address, json={"status": "cancelled", "statusChangeReason": "已恢复"})
        await sender(hub_desk).look()
        await client.delete(address)
        await sender(hub_desk).look()
        assert (await client.delete(f"/hub/{listening}")).status_code == 204
        await client.post("/troubleTicket", json=NEW)
        await sender(hub_desk).look()
    assert sorted(listener.types) == ["AttributeValueChange", "Create", "Delete", "StatusChange"]
    assert listener.types[-1] == "Delete"
    told = {each["eventType"]: each for each in listener.heard}
    created, changed = told["TroubleTicketCreateEvent"], told["TroubleTicketStatusChangeEvent"]
    assert created["event"]["troubleTicket"]["status"] == "acknowledged", "as it stood then"
    assert changed["event"]["troubleTicket"]["status"] == "cancelled"
    assert created["event"]["troubleTicket"]["href"].startswith("https://desk.example.cn/tmf-api/")
    assert created.keys() >= {"id", "eventId", "eventTime", "eventType", "correlationId", "domain", "timeOcurred"}
    async with hub_desk.context.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(HubDelivery)) == 0


async def test_a_listener_that_fails_gets_everything_later_and_in_order(hub_desk: Desk, listener: Listener) -> None:
    listener.failures = 2
    async with system(hub_desk) as client:
        await listen(client, listener, "eventType=TroubleTicketCreateEvent")
        made = [(await client.post("/troubleTicket", json=NEW)).json()["id"] for _ in range(3)]
    await sender(hub_desk).look()
    assert listener.heard == []
    async with hub_desk.context.db.read() as session:
        assert (await session.scalars(select(HubListener.failing_since))).one() is not None
    hub_desk.clock.move(seconds=6)
    await sender(hub_desk).look()
    assert listener.heard == [], "failed a second time, and waits longer"
    hub_desk.clock.move(seconds=11)
    await sender(hub_desk).look()
    assert [each["correlationId"] for each in listener.heard] == made
    assert len({each["eventId"] for each in listener.heard}) == 3


async def test_only_what_the_query_asks_for(hub_desk: Desk, listener: Listener) -> None:
    query = "eventType=TroubleTicketCreateEvent&event.troubleTicket.severity=Critical,Major"
    async with system(hub_desk) as client, system(hub_desk, center_id="sc") as other:
        await listen(client, listener, query)
        await client.post("/troubleTicket", json=NEW | {"severity": "Minor"})
        await other.post("/troubleTicket", json=NEW)
        wanted = (await client.post("/troubleTicket", json=NEW | {"severity": "Critical"})).json()
        await client.patch(f"/troubleTicket/{wanted['id']}", json={"status": "cancelled"})
    await sender(hub_desk).look()
    assert [each["correlationId"] for each in listener.heard] == [wanted["id"]]


async def test_tickets_of_the_desk_are_told_too(hub_desk: Desk, listener: Listener) -> None:
    async with system(hub_desk) as client:
        await listen(client, listener)
        body = {"type": "praise", "title": "表扬8001", "category": "P.1"}
        async with hub_desk.signed_in("8001") as agent:
            ticket = (await agent.post("/api/v1/tickets", json=body)).json()["ticket_no"]
    await sender(hub_desk).look()
    assert [(each["correlationId"], each["event"]["troubleTicket"]["ticketType"]) for each in listener.heard] == [
        (ticket, "praise")
    ]


ELSEWHERE = (
    "http://169.254.169.254/latest", "http://10.0.0.1/x", "ftp://127.0.0.1/x", "http://user@127.0.0.1/x",
    "http://127.0.0.1.evil.cn/x", "http://[::1]/", "file:///etc/passwd", "http://127.0.0.1:99999/", "nonsense",
)  # fmt: skip


async def test_other_hosts_are_refused(hub_desk: Desk) -> None:
    async with system(hub_desk) as client:
        for callback in ELSEWHERE:
            assert is_error(await client.post("/hub", json={"callback": callback}), 400), callback


async def test_redirects_are_not_followed_and_an_old_event_is_given_up(hub_desk: Desk, listener: Listener) -> None:
    listener.redirects = 1000
    async with system(hub_desk) as client:
        await listen(client, listener)
        await client.post("/troubleTicket", json=NEW)
    for hours in (0, 23, 2):
        hub_desk.clock.move(hours=hours)
        await sender(hub_desk).look()
    assert listener.heard == []
    async with hub_desk.context.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(HubDelivery)) == 0


async def test_a_query_that_cannot_be_read_is_refused(hub_desk: Desk, listener: Listener) -> None:
    async with system(hub_desk) as client:
        for query in ["eventType=Nonsense", "event.troubleTicket.color=red", "just words", "="]:
            assert is_error(await client.post("/hub", json={"callback": listener.url, "query": query}), 400), query


async def test_another_system_s_event_is_noted_at_our_ticket(hub_desk: Desk) -> None:
    async with system(hub_desk) as client:
        ticket = (await client.post("/troubleTicket", json=NEW | {"externalId": "NMS-9"})).json()
        event = {"eventId": "e1", "event": {"troubleTicket": {"id": "NMS-9", "status": "resolved"}}}
        answer = await client.post("/listener/troubleTicketStatusChangeEvent", json=event)
        read = (await client.get(f"/troubleTicket/{ticket['id']}")).json()
        assert is_error(await client.post("/listener/somethingEvent", json=event), 404)
    assert (answer.status_code, answer.json()["id"]) == (201, "e1")
    assert [each["text"] for each in read["note"]] == ["status: resolved"]
