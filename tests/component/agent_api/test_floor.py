"""What supervisors tell the desks, and the floor of a process that starts in the middle of calls."""

import json
from typing import Any

import pytest

from agent_api import effects
from agent_api.auth import repository as auth_repository
from agent_api.auth import service as auth
from agent_api.live import Client
from tests.component.agent_api.acd_double import now
from tests.component.agent_api.harness import ZONE, Desk, served
from tests.support.events import Stream
from tests.support.mosquitto import Mosquitto
from tests.support.processes import eventually_async

pytestmark = pytest.mark.component


async def join(desk: Desk, agent_no: str) -> Client:
    async with desk.context.db.read() as session:
        who = await auth.principal(session, agent_no)
    return desk.context.hub.join(who, None)


def told(client: Client) -> list[dict[str, Any]]:
    messages = []
    while not client.outbox.empty():
        messages.append(json.loads(client.outbox.get_nowait()))
    return [message for message in messages if message["type"].startswith("notice")]


async def test_a_word_to_the_desks(desk: Desk) -> None:
    province, city, elsewhere = await join(desk, "8001"), await join(desk, "8005"), await join(desk, "8007")
    async with desk.signed_in("8101") as boss:
        said = {"text": "系统22:00升级", "minutes": 10}
        notice = (await boss.post("/api/v1/supervision/broadcast", json=said)).json()
        await boss.post("/api/v1/supervision/broadcast", json=said | {"text": "贵宾注意", "queue": "vip"})
        far = await boss.post("/api/v1/supervision/broadcast", json=said | {"center_id": "sc"})
        assert (far.status_code, far.json()["code"]) == (403, "supervision.not_your_center")
        assert (notice["by"], notice["by_name"], notice["center_id"]) == ("8101", "沈国栋", "js")
        listed = (await boss.get("/api/v1/supervision/broadcasts")).json()["items"]
        assert {each["text"] for each in listed} == {"系统22:00升级", "贵宾注意"}
    assert [each["notice"]["text"] for each in told(province)] == ["系统22:00升级", "贵宾注意"], "8001 serves vip"
    assert [each["notice"] for each in told(city)] == [notice]
    assert told(elsewhere) == []
    late = await join(desk, "8005")
    assert json.loads(late.outbox.get_nowait())["data"]["notices"] == [notice]
    desk.clock.move(minutes=11)
    await desk.context.notices_told.look()
    assert [(each["type"], each["id"]) for each in told(city)] == [("notice_over", notice["id"])]
    async with desk.context.db.read() as session:
        log = [entry.action for entry in await auth_repository.audit_log(session)]
    assert log.count("supervision.broadcast") == 2


async def test_a_process_that_starts_in_mid_call_shows_the_floor(demo_database: str, mosquitto: Mosquitto) -> None:
    async with served(demo_database, mosquitto.settings) as first:
        stream = Stream(at=now())
        stream.answered_call("n1-1.1")
        stream.add("call.offered", call_id="n1-2.2", direction="inbound", did="10010", caller_number="13900000002")
        stream.add("call.queued", call_id="n1-2.2", queue="bill", priority=0, position=1)
        async with first.context.db.write() as session:
            await effects.apply(session, stream.events, ZONE)
    async with served(demo_database, mosquitto.settings) as second:

        async def is_shown() -> bool:
            return "n1-2.2" in second.context.board.calls

        await eventually_async(is_shown, "the waiting call is on the floor")
        assert set(second.context.board.calls) == {"n1-2.2"}, "the other one is over"
        async with second.signed_in("8101") as js, second.signed_in("8102") as sc:
            floors = [(await each.get("/api/v1/floor")).json()["calls"] for each in (js, sc)]
        ((call,),) = [floor for floor in floors if floor]
        assert (call["state"], call["queue"]) == ("waiting", "bill")


async def test_who_only_listens_cannot_speak_or_force(desk: Desk) -> None:
    """Requirements.md 6.2: quality and the national supervisor read the floor and listen, more they may not."""
    row = {"call_id": "c1", "center_id": "js"}
    desk.context.board.calls["c1"] = row
    for agent_no in ("8501", "8201"):
        async with desk.signed_in(agent_no) as client:
            spy = "/api/v1/supervision/calls/c1/spy"
            refused = [(await client.post(spy, json={"mode": mode})).status_code for mode in ("whisper", "barge")]
            force = await client.post("/api/v1/supervision/agents/8001/logout")
            assert [*refused, force.status_code] == [403, 403, 403]
            # Nobody answers for the ACD here: the command was let through.
            assert (await client.post(spy, json={"mode": "listen"})).status_code == 503
