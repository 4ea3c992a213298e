"""The alarm when somebody opens a customer without a contact: raised once, counted, told live, checked by another."""

import json
from datetime import timedelta
from typing import Any

import pytest

from agent_api.access.teller import AlarmTeller
from agent_api.auth import repository as auth_repository
from agent_api.calls.models import Call
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component

CARD = "/api/v1/customers/C000190"
ALARMS = "/api/v1/access/alarms"


async def alarms(desk: Desk, agent_no: str = "8101") -> list[dict[str, object]]:
    async with desk.signed_in(agent_no) as client:
        found: list[dict[str, object]] = (await client.get(ALARMS)).json()["items"]
    return [each for each in found if each["customer_id"] == "C000190"]


async def test_opening_a_customer_without_a_contact_is_an_alarm_once(desk: Desk) -> None:
    teller = AlarmTeller(desk.context.db, desk.context.hub)
    await teller.look()
    async with desk.context.db.read() as session:
        from agent_api.auth import service as auth

        js, sc = await auth.principal(session, "8101"), await auth.principal(session, "8102")
    supervisor, stranger = desk.context.hub.join(js, None), desk.context.hub.join(sc, None)
    async with desk.signed_in("8001") as client:
        for address in (CARD, f"{CARD}/timeline", f"{CARD}/bills"):
            assert (await client.get(address)).status_code == 200, "nobody is made to wait"
    await teller.look()
    [alarm] = await alarms(desk)
    assert (alarm["kind"], alarm["agent_no"], alarm["count_today"]) == ("no_contact", "8001", 1)
    told = [json.loads(supervisor.outbox.get_nowait()) for _ in range(supervisor.outbox.qsize())]
    assert told[-1]["type"] == "alarm"
    assert told[-1]["alarm"]["customer_id"] == "C000190"
    assert stranger.outbox.qsize() == 1, "the snapshot and nothing else"
    async with desk.context.db.read() as session:
        log = await auth_repository.audit_log(session)
    assert [entry.subject_id for entry in log if entry.action == "access.no_contact"] == ["C000190"]
    desk.clock.move(minutes=31)
    async with desk.signed_in("8001") as client:
        await client.get(CARD)
    assert [each["count_today"] for each in await alarms(desk)] == [2, 1]


@pytest.mark.parametrize(("ended_ago", "expected"), [(None, 0), (timedelta(minutes=29), 0), (timedelta(hours=1), 1)])
async def test_a_call_explains_the_look(desk: Desk, ended_ago: timedelta | None, expected: int) -> None:
    now = desk.clock.now
    call: dict[str, Any] = {column.key: None for column in Call.__table__.columns if column.nullable} | {
        "call_id": "n1-1", "direction": "inbound", "did": "10010", "caller_number": "13900000150",
        "customer_id": "C000190", "agent_no": "8001", "auth_level": 0, "decision": "", "ivr_path": [],
        "transfers": [], "decisions": [], "happenings": [], "offered_at": now - timedelta(hours=1, minutes=5),
        "talk_ms": 0, "hold_ms": 0, "missed_rings": 0, "dissatisfaction_reason": "", "dropped": False,
        "incomplete": False, "notes": "", "ended_at": None if ended_ago is None else now - ended_ago,
    }  # fmt: skip
    async with desk.context.db.write() as session:
        session.add(Call(**call))
    async with desk.signed_in("8001") as client:
        await client.get(CARD)
    assert len(await alarms(desk)) == expected


async def test_an_open_ticket_explains_the_look_of_its_own_units_only(desk: Desk) -> None:
    ticket = {"type": "complaint", "customer_id": "C000190", "title": "多收费", "category": "T.CHARGE.2"}
    async with desk.signed_in("8001") as client:
        assert (await client.post("/api/v1/tickets", json=ticket)).status_code == 201
    for agent_no in ("8002", "8007"):
        async with desk.signed_in(agent_no) as client:
            await client.get(CARD)
    assert [each["agent_no"] for each in await alarms(desk, "9002")] == ["8007"]


async def test_a_watched_record_is_always_an_alarm(desk: Desk) -> None:
    body = {"customer_id": "C000190", "reason": "公众人物"}
    async with desk.signed_in("9002") as auditor:
        assert (await auditor.post("/api/v1/access/watched", json=body)).status_code == 204
        assert (await auditor.post("/api/v1/access/watched", json=body)).status_code == 409
        assert [each["customer_id"] for each in (await auditor.get("/api/v1/access/watched")).json()] == ["C000190"]
    ticket = {"type": "complaint", "customer_id": "C000190", "title": "多收费", "category": "T.CHARGE.2"}
    async with desk.signed_in("8001") as client:
        await client.post("/api/v1/tickets", json=ticket)
        await client.get(CARD)
        assert (await client.get("/api/v1/access/watched")).status_code == 403
    assert [each["kind"] for each in await alarms(desk)] == ["watched"]
    async with desk.signed_in("9002") as auditor:
        assert (await auditor.delete("/api/v1/access/watched/C000190")).status_code == 204


async def test_an_alarm_is_checked_by_somebody_else(desk: Desk) -> None:
    for agent_no in ("8001", "8103"):
        async with desk.signed_in(agent_no) as client:
            await client.get(CARD)
    of = {str(each["agent_no"]): each["id"] for each in await alarms(desk)}
    finding = {"finding": "已核实,为质检抽查"}
    async with desk.signed_in("8103") as client:
        own = await client.post(f"{ALARMS}/{of['8103']}/check", json=finding)
        other = await client.post(f"{ALARMS}/{of['8001']}/check", json=finding)
    async with desk.signed_in("8102") as client:
        foreign = await client.post(f"{ALARMS}/{of['8001']}/check", json=finding)
    assert (own.status_code, own.json()["code"]) == (409, "access.own_alarm")
    assert (other.json()["checked_by"], other.json()["finding"]) == ("8103", "已核实,为质检抽查")
    assert foreign.status_code == 404


async def test_asking_for_more_than_the_day_allows_is_an_alarm(desk: Desk) -> None:
    ask = {"field": "number", "reason": "回拨客户"}
    async with desk.signed_in("8001") as client:
        for _ in range(20):
            await client.post(f"{CARD}/unmask", json=ask)
        assert (await client.post(f"{CARD}/unmask", json=ask)).status_code == 403
    (alarm,) = await alarms(desk)
    assert alarm["kind"] == "unmask_limit"


async def test_a_supervisor_allows_ten_more_that_day(desk: Desk) -> None:
    ask, said = {"field": "number", "reason": "回拨客户"}, {"finding": "批量回访,同意"}
    async with desk.signed_in("8001") as client, desk.signed_in("8101") as supervisor:
        for _ in range(21):
            await client.post(f"{CARD}/unmask", json=ask)
        (alarm,) = await alarms(desk)
        one = f"{ALARMS}/{alarm['id']}/allow"
        assert (await client.post(one, json=said)).status_code == 403
        assert (await supervisor.post(one, json=said)).json()["checked_by"] == "8101"
        answers = [(await client.post(f"{CARD}/unmask", json=ask)).status_code for _ in range(11)]
    assert answers == [200] * 10 + [403]
    desk.clock.move(days=1)
    async with desk.signed_in("8001") as client:
        for _ in range(20):
            await client.post(f"{CARD}/unmask", json=ask)
        assert (await client.post(f"{CARD}/unmask", json=ask)).status_code == 403
