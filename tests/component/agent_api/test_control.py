"""Commands to calls and agents through the API: what the ACD is told, who may say it, and what the audit log keeps."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from acd.contracts.commands import LoginAgent, TransferCall
from agent_api.auth import repository as auth_repository
from tests.component.agent_api.acd_double import AcdDouble, agent_state
from tests.component.agent_api.harness import Served, served
from tests.support.mosquitto import Mosquitto
from tests.support.processes import eventually_async

pytestmark = pytest.mark.component

Json = dict[str, Any]
CALL = "n1-1.1"
TO = {"to": {"kind": "agent", "id": "8002"}}


@pytest.fixture
async def desk(demo_database: str, mosquitto: Mosquitto, acd: AcdDouble) -> AsyncIterator[Served]:
    async with served(demo_database, mosquitto.settings) as running:

        async def is_up() -> bool:
            return running.context.board.acd_up

        await eventually_async(is_up, "the desk hears the ACD", within=30)
        yield running


async def talking(desk: Served, acd: AcdDouble, agent: str = "8001", center: str = "js") -> None:
    """The agent has the call CALL, and the floor shows it."""
    await acd.show(agent_state(agent, "talking", CALL, center))

    async def is_known() -> bool:
        return agent in desk.context.board.agents

    await eventually_async(is_known, "the agent's state is known")
    events = acd.stream.answered_call(CALL, agent)
    del acd.stream.events[9:]  # the rest has not happened yet
    await acd.publish(*events[:9])

    async def is_shown() -> bool:
        row = desk.context.board.calls.get(CALL)
        return row is not None and row["state"] == "talking"

    await eventually_async(is_shown, "the call is on the floor")


async def test_every_button_is_one_command(desk: Served, acd: AcdDouble) -> None:
    asked: list[tuple[str, Json, str]] = [
        ("hold", {}, "call.hold"),
        ("resume", {}, "call.resume"),
        ("transfer", TO | {"note": "查账单"}, "call.transfer"),
        ("consult", TO, "call.consult"),
        ("consult/end", {}, "call.end_consult"),
        ("consult/complete", {}, "call.complete_transfer"),
        ("conference", {}, "call.conference"),
        ("conference/leave", {}, "call.leave_conference"),
        ("help", {"note": "要主管"}, "call.ask_for_help"),
        ("end", {"survey": False}, "call.end"),
        ("recording/pause", {}, "call.pause_recording"),
        ("recording/resume", {}, "call.resume_recording"),
    ]
    async with desk.signed_in("8001") as client:
        for path, body, _ in asked:
            answer = await client.post(f"/api/v1/calls/{CALL}/{path}", json=body)
            assert (answer.status_code, answer.json()) == (200, {"ok": True}), path
        sign_on = {"session": "desk-1", "devices": ["phone"]}
        assert (await client.post("/api/v1/agent/login", json=sign_on)).status_code == 200
        assert (await client.post("/api/v1/agent/wrap-up", json={"seconds": 30})).status_code == 200
        bad = await client.post(f"/api/v1/calls/{CALL}/consult", json={"to": {"kind": "agent", "id": "80 02"}})
        assert bad.status_code == 422
        acd.refuse_with = "target.not_ready"
        refused = await client.post(f"/api/v1/calls/{CALL}/consult", json=TO)
        assert (refused.status_code, refused.json()["code"]) == (409, "target.not_ready")
    assert [command.type for command in acd.acts()] == [
        *(kind for _, _, kind in asked), "agent.login", "agent.wrap_up", "call.consult"]  # fmt: skip
    transfer, login = acd.acts()[2], acd.acts()[12]
    assert isinstance(transfer, TransferCall)
    assert (transfer.agent_id, transfer.call_id, transfer.to.id, transfer.note) == ("8001", CALL, "8002", "查账单")
    assert isinstance(login, LoginAgent)
    assert (login.session, login.devices) == ("desk-1", ("phone",))
    async with desk.signed_in("8201") as nobody:
        assert (await nobody.post(f"/api/v1/calls/{CALL}/hold", json={})).status_code == 403


async def test_supervisors_command_their_centre_and_everything_is_audited(desk: Served, acd: AcdDouble) -> None:
    await talking(desk, acd)
    acd.commands.clear()
    asked: list[tuple[str, Json]] = [
        ("agents/8001/ready", {}),
        ("agents/8001/pause", {"reason": "training"}),
        ("agents/8001/assign", {"queues": ["bill"], "skills": {"bill": 5}}),
        ("agents/8001/logout", {}),
        (f"calls/{CALL}/spy", {"mode": "whisper"}),
        (f"calls/{CALL}/stop", {}),
        (f"calls/{CALL}/take-over", {}),
        (f"calls/{CALL}/redirect", {"to": {"kind": "queue", "id": "vip"}}),
        ("queues/bill/closed", {"closed": True}),
        ("queues/bill/closed", {"closed": False}),
    ]
    async with desk.signed_in("8101") as boss:
        for path, body in asked:
            assert (await boss.post(f"/api/v1/supervision/{path}", json=body)).status_code == 200, path
        acd.refuse_with = "supervisor.busy"
        assert (await boss.post(f"/api/v1/supervision/calls/{CALL}/spy", json={"mode": "listen"})).status_code == 409
        assert (await boss.post("/api/v1/supervision/calls/none/spy", json={"mode": "listen"})).status_code == 404
    assert [command.type for command in acd.acts()] == [
        "agent.ready", "agent.pause", "agent.assign", "agent.logout", "supervision.spy", "supervision.stop",
        "supervision.take_over", "supervision.redirect", "routing.close_queue", "routing.close_queue",
        "supervision.spy",
    ]  # fmt: skip
    said_by = {getattr(command, "by", "") or getattr(command, "agent_id", "") for command in acd.acts()}
    assert said_by == {"8101"}
    async with desk.context.db.read() as session:
        log = [entry for entry in await auth_repository.audit_log(session) if entry.action.startswith("supervision.")]
    assert [(entry.action, entry.subject_id, entry.result) for entry in log] == [
        ("supervision.ready", "8001", "ok"), ("supervision.pause", "8001", "ok"), ("supervision.assign", "8001", "ok"),
        ("supervision.logout", "8001", "ok"), ("supervision.spy", CALL, "ok"), ("supervision.stop", CALL, "ok"),
        ("supervision.take_over", CALL, "ok"), ("supervision.redirect", CALL, "ok"),
        ("supervision.close", "bill", "ok"), ("supervision.open", "bill", "ok"),
        ("supervision.spy", CALL, "ok"), ("supervision.spy", CALL, "supervisor.busy"),
    ]  # fmt: skip


async def test_other_centres_and_other_people_are_out_of_reach(desk: Served, acd: AcdDouble) -> None:
    await talking(desk, acd)
    acd.commands.clear()
    async with desk.signed_in("8102") as elsewhere, desk.signed_in("8001") as agent, desk.signed_in("8201") as nation:
        for path, body, above in (("agents/8001/logout", {}, 403), (f"calls/{CALL}/spy", {"mode": "listen"}, 200)):
            denied = await elsewhere.post(f"/api/v1/supervision/{path}", json=body)
            assert (denied.status_code, denied.json()["code"]) == (403, "supervision.not_your_center")
            assert (await agent.post(f"/api/v1/supervision/{path}", json=body)).json()["code"] == "auth.forbidden"
            assert (await nation.post(f"/api/v1/supervision/{path}", json=body)).status_code == above
        assert (await elsewhere.get("/api/v1/floor")).json() == {"agents": [], "calls": [], "waiting": []}
        assert (await agent.get("/api/v1/floor")).status_code == 403
    assert [command.type for command in acd.acts()] == ["supervision.spy"]


async def test_the_floor_and_where_calls_can_go(desk: Served, acd: AcdDouble) -> None:
    await acd.show(agent_state("8002", "ready"))
    await talking(desk, acd)
    async with desk.signed_in("8101") as boss, desk.signed_in("8001") as agent:
        floor = (await boss.get("/api/v1/floor")).json()
        (call,) = floor["calls"]
        assert (call["call_id"], call["state"], call["agent_no"], call["queue"]) == (CALL, "talking", "8001", "general")
        assert (call["caller_masked"], call["center_id"]) == ("139****0001", "js")
        assert call["customer_name_masked"].endswith("*")
        one = next(row for row in floor["agents"] if row["agent_no"] == "8001")
        assert (one["state"], one["call_id"], one["skills"]["bill"], one["desk"]) == ("talking", CALL, 9, False)
        found = (await agent.get("/api/v1/targets", params={"q": "800"})).json()
        assert [each["id"] for each in found["agents"]] == ["8002"]
        assert (await agent.get("/api/v1/targets", params={"q": "南京"})).json()["centers"][0]["id"] == "js-nj"
        detail = (await agent.get(f"/api/v1/calls/{CALL}")).json()
        assert [each["agent_no"] for each in detail["decisions"]] == ["8001"]
        assert (detail["legs"][0]["agent_no"], detail["story"], detail["recording"]) == ("8001", [], None)
