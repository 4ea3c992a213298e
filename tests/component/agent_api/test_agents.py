"""Agent commands: done, refused, unanswered, and the state as the ACD reports it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial

import pytest

from acd.contracts.commands import LoginAgent, PauseAgent
from tests.component.agent_api.acd_double import AcdDouble, agent_state
from tests.component.agent_api.harness import Served, served
from tests.support.mosquitto import Mosquitto
from tests.support.processes import eventually_async

pytestmark = pytest.mark.component


@pytest.fixture
async def desk(demo_database: str, mosquitto: Mosquitto, acd: AcdDouble) -> AsyncIterator[Served]:
    async with served(demo_database, mosquitto.settings) as running:

        async def is_up() -> bool:
            return running.context.board.acd_up

        await eventually_async(is_up, "the desk hears the ACD", within=30)
        yield running


async def test_signing_in_tells_the_acd_who_it_is(desk: Served, acd: AcdDouble) -> None:
    async with desk.signed_in("8001") as client:
        answer = await client.post("/api/v1/agent/login", json={})
    assert (answer.status_code, answer.json()) == (200, {"ok": True})
    (command,) = acd.commands
    assert isinstance(command, LoginAgent)
    assert (command.agent_id, command.name, command.center_id) == ("8001", "林晓雯", "js")
    assert "bill" in command.queues
    assert command.skills["bill"] == 9


async def test_ready_pause_and_logout(desk: Served, acd: AcdDouble) -> None:
    async with desk.signed_in("8001") as client:
        for path, body in (("ready", {}), ("pause", {"reason": "meal"}), ("logout", {})):
            assert (await client.post(f"/api/v1/agent/{path}", json=body)).status_code == 200
        assert (await client.post("/api/v1/agent/pause", json={"reason": "rona"})).status_code == 422
    assert [command.type for command in acd.commands] == ["agent.ready", "agent.pause", "agent.logout"]
    assert isinstance(acd.commands[1], PauseAgent)
    assert acd.commands[1].reason == "meal"


async def test_a_refusal_comes_with_its_code_and_words(desk: Served, acd: AcdDouble) -> None:
    acd.refuse_with = "agent.not_logged_in"
    async with desk.signed_in("8001") as client:
        answer = await client.post("/api/v1/agent/ready", json={})
    assert answer.status_code == 409
    assert answer.json() == {"code": "agent.not_logged_in", "message": "您还没有签入", "detail": {}}


async def test_an_acd_that_does_not_answer(desk: Served, acd: AcdDouble) -> None:
    acd.silent, desk.context.commands.timeout = True, timedelta(seconds=0.3)
    async with desk.signed_in("8001") as client:
        answer = await client.post("/api/v1/agent/ready", json={})
    assert (answer.status_code, answer.json()["detail"]) == (503, {"what": "acd"})
    assert answer.headers["retry-after"] == "2"


async def test_without_queues_there_is_nothing_to_join(desk: Served, acd: AcdDouble) -> None:
    async with desk.signed_in("8101") as client:
        assert (await client.post("/api/v1/agent/login", json={})).status_code == 200
    async with desk.signed_in("8201") as client:
        assert (await client.post("/api/v1/agent/login", json={})).status_code == 403
    assert len(acd.commands) == 1


async def test_the_state_is_what_the_acd_says(desk: Served, acd: AcdDouble) -> None:
    async with desk.signed_in("8001") as client:
        assert (await client.get("/api/v1/agent/state")).json()["state"] == "logged_out"
        await acd.show(agent_state("8001", "ready"))

        async def is_ready() -> bool:
            return bool((await client.get("/api/v1/agent/state")).json()["state"] == "ready")

        await eventually_async(is_ready, "the state is shown")


async def test_a_killed_broker_is_told_in_words_and_the_desk_still_signs_in(
    demo_database: str, mosquitto: Mosquitto
) -> None:
    async with served(demo_database, mosquitto.settings) as desk:
        async with desk.signed_in("8001") as client:

            async def bus_is(up: bool) -> bool:
                parts = {part["name"]: part for part in (await client.get("/health")).json()["parts"]}
                return bool(parts["bus"]["ok"] is up)

            await eventually_async(partial(bus_is, True), "the bus is there", within=10)
            mosquitto.process.kill()
            await eventually_async(partial(bus_is, False), "the bus is missed")
            health = await client.get("/health")
            answer = await client.post("/api/v1/agent/ready", json={})
        async with desk.signed_in("8002") as other:
            assert (await other.get("/api/v1/session")).status_code == 200
    assert (health.status_code, health.json()["status"]) == (503, "down")
    assert "does not answer" in next(part["detail"] for part in health.json()["parts"] if part["name"] == "bus")
    assert (answer.status_code, answer.json()["detail"]) == (503, {"what": "bus"})
