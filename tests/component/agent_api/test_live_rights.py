"""An open live connection follows the rights in force at once: roles, centre, session. No reconnect is waited for."""

import json
from typing import Any

import pytest

from agent_api.auth import service as auth
from agent_api.auth.models import DeskSession, Staff
from agent_api.live import Client
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component

PERSON = {"name": "沈国栋", "center_id": "js", "queues": [], "skills": {}, "language": "zh", "disabled": False}
CALL = {"call_id": "c1", "center_id": "js-nj"}


async def open_desk(desk: Desk, agent_no: str, token: str) -> Client:
    """As the live socket joins, on the session of a signed-in desk."""
    async with desk.context.db.read() as session:
        who = await auth.principal(session, agent_no)
    client = desk.context.hub.join(who, None, token_hash=auth.token_hash(token))
    told(client)
    return client


def told(client: Client) -> list[dict[str, Any]]:
    return [json.loads(client.outbox.get_nowait()) for _ in range(client.outbox.qsize())]


async def test_a_role_taken_away_takes_the_floor_away(desk: Desk) -> None:
    async with desk.signed_in("8101") as boss, desk.signed_in("9001") as admin:
        client = await open_desk(desk, "8101", boss.cookies["hotline_session"])
        desk.context.hub.floor_call("c1", CALL)
        answer = await admin.put("/api/v1/admin/people/8101", json=PERSON | {"roles": ["agent"]})
        assert answer.status_code == 200, answer.text
        rights, snapshot = told(client)  # what waited for it under the old rights is gone
        assert (rights["type"], snapshot["type"], snapshot["data"]["calls"]) == ("rights", "snapshot", [])
        desk.context.hub.floor_call("c1", CALL | {"state": "talking"})
        assert told(client) == []


async def test_another_centre_shows_another_floor(desk: Desk) -> None:
    async with desk.signed_in("8102") as boss, desk.signed_in("9001") as admin:
        client = await open_desk(desk, "8102", boss.cookies["hotline_session"])
        desk.context.hub.floor_call("c1", CALL)
        assert told(client) == []
        await admin.put("/api/v1/admin/people/8102", json=PERSON | {"roles": ["supervisor"]})
        assert told(client)[-1]["data"]["calls"] == [CALL]


async def test_a_changed_cell_of_the_role_table_counts_at_once(desk: Desk) -> None:
    async with desk.signed_in("8101") as boss, desk.signed_in("9001") as admin:
        client = await open_desk(desk, "8101", boss.cookies["hotline_session"])
        desk.context.hub.floor_call("c1", CALL)
        cells = [{"role": role, "permission": "floor.read", "may": False} for role in ("supervisor", "team_leader")]
        body = {"cells": cells, "reason": "测试收回", "based_on": 0}
        assert (await admin.put("/api/v1/role-matrix/cn", json=body)).status_code == 200
        assert [message["type"] for message in told(client)] == ["rights", "snapshot"]
        desk.context.hub.floor_call("c1", None)
        assert told(client) == []


@pytest.mark.parametrize("how", ["ended", "disabled", "signed out"])
async def test_the_end_of_a_session_ends_its_connection(desk: Desk, how: str) -> None:
    async with desk.signed_in("8101") as boss, desk.signed_in("9001") as admin:
        client = await open_desk(desk, "8101", boss.cookies["hotline_session"])
        match how:
            case "ended":
                await admin.delete("/api/v1/admin/people/8101/sessions")
            case "disabled":
                await admin.put("/api/v1/admin/people/8101", json=PERSON | {"roles": ["supervisor"], "disabled": True})
            case _:
                await boss.delete("/api/v1/session")
        assert client.signed_out.is_set()
        assert client not in desk.context.hub.clients()


async def test_what_another_process_changed_is_followed_with_the_next_look(desk: Desk) -> None:
    async with desk.signed_in("8101") as boss, desk.signed_in("8001") as agent:
        client = await open_desk(desk, "8101", boss.cookies["hotline_session"])
        other = await open_desk(desk, "8001", agent.cookies["hotline_session"])
        async with desk.context.db.write() as session:
            (await session.get_one(Staff, "8101")).roles = ["agent"]
            row = await session.get_one(DeskSession, auth.token_hash(agent.cookies["hotline_session"]))
            await session.delete(row)
        await desk.context.rights.look()
        assert [message["type"] for message in told(client)] == ["rights", "snapshot"]
        assert other.signed_out.is_set()
        await desk.context.rights.look()
        assert told(client) == []
