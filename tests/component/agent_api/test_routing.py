"""The table of queues in versions: published to the ACD, refused when it is wrong, told again after a start."""

from typing import Any

import httpx
import pytest

from acd.contracts.commands import ConfigureRouting
from agent_api.auth import repository as auth_repository
from agent_api.menus.keeper import MenuKeeper
from tests.component.agent_api.acd_double import AcdDouble
from tests.component.agent_api.harness import Desk, served
from tests.support.mosquitto import Mosquitto
from tests.support.processes import eventually_async

pytestmark = pytest.mark.component

Json = dict[str, Any]


async def read(client: httpx.AsyncClient) -> Json:
    answer = await client.get("/api/v1/routing")
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def changed(table: Json, seconds: int) -> Json:
    """The same table with another ring time everywhere."""
    return table | {"queues": [queue | {"ring_seconds": seconds} for queue in table["queues"]]}


async def publish(client: httpx.AsyncClient, based_on: int, table: Json) -> httpx.Response:
    return await client.put("/api/v1/routing", json={"based_on": based_on, "table": table, "note": "试一试"})


async def test_versions_are_published_checked_and_rolled_back(desk: Desk) -> None:
    async with desk.signed_in("8101") as boss:
        first = await read(boss)
        assert (first["live"], first["table"]["version"], first["versions"][0]["version"]) == (0, 0, 0)
        assert first["table"]["parents"]["js-nj"] == "js"
        assert [problem for problem in first["problems"] if problem["severity"] == "error"] == []
        for seconds in (20, 25):
            answer = await publish(boss, (await read(boss))["live"], changed(first["table"], seconds))
            assert answer.status_code == 200, answer.text
        assert [(row["version"], row["state"]) for row in answer.json()["versions"]] == [
            (2, "live"), (1, "retired"), (0, "retired")]  # fmt: skip
        late = await publish(boss, 1, changed(first["table"], 30))
        assert (late.status_code, late.json()["code"]) == (409, "routing.changed")
        back = (await boss.post("/api/v1/routing/rollback")).json()
        assert (back["live"], back["table"]["queues"][0]["ring_seconds"]) == (3, 20)
        old = (await boss.get("/api/v1/routing/versions/2")).json()
        assert (old["version"], old["queues"][0]["ring_seconds"]) == (2, 25)
        assert (await boss.get("/api/v1/routing/versions/0")).json()["queues"][0]["ring_seconds"] == 15
        assert (await boss.get("/api/v1/routing/versions/99")).status_code == 404
        again = (await boss.post("/api/v1/routing/rollback")).json()
        assert (again["live"], again["table"]["queues"][0]["ring_seconds"]) == (4, 15)
        async with desk.context.db.read() as session:
            log = [entry.action for entry in await auth_repository.audit_log(session)]
    assert log[-4:] == ["routing.published", "routing.published", "routing.rolled_back", "routing.rolled_back"]


async def test_a_wrong_table_is_not_published(desk: Desk) -> None:
    await MenuKeeper(desk.context.db, desk.clock).look()
    async with desk.signed_in("8601") as editor:
        table = (await read(editor))["table"]
        table["queues"][1]["skills"] = [{"skill": "sings"}]
        assert (await editor.post("/api/v1/routing/check", json={"table": table})).json()["problems"][0]["code"]
        refused = await publish(editor, 0, table)
        assert (refused.status_code, refused.json()["code"]) == (409, "routing.has_problems")
        assert {each["code"] for each in refused.json()["detail"]["problems"]} >= {"unknown_skill", "nobody_able"}
        table["queues"] = table["queues"][:1]
        assert (await publish(editor, 0, table)).json()["code"] == "routing.has_problems", "menus use the others"
        assert (await read(editor))["live"] == 0
        twice = {"queues": [table["queues"][0], table["queues"][0]]}
        assert (await publish(editor, 0, twice)).status_code == 422
    async with desk.signed_in("8001") as agent, desk.signed_in("8501") as reader:
        assert (await agent.get("/api/v1/routing")).status_code == 403
        assert (await publish(reader, 0, table)).status_code == 403


def tables(acd: AcdDouble) -> list[int]:
    return [command.table.version for command in acd.commands if isinstance(command, ConfigureRouting)]


async def test_the_acd_is_told_at_once_and_again_when_it_starts(
    demo_database: str, mosquitto: Mosquitto, acd: AcdDouble
) -> None:
    async with served(demo_database, mosquitto.settings) as desk:

        async def is_up() -> bool:
            return desk.context.board.acd_up

        await eventually_async(is_up, "the desk hears the ACD", within=30)
        await desk.context.routing.look()
        assert tables(acd) == [], "the shipped table is the ACD's own"
        async with desk.signed_in("8101") as boss:
            table = (await read(boss))["table"]
            assert (await publish(boss, 0, changed(table, 20))).json()["in_force"] == 1
            assert tables(acd) == [1]
            await desk.context.routing.look()
            assert tables(acd) == [1], "told once"
            await acd.publish(acd.stream.add("acd.started"))

            async def is_told_again() -> bool:
                return tables(acd) == [1, 1]

            await eventually_async(is_told_again, "an ACD that starts anew is told again", within=10)
            await acd.publish(acd.stream.add("routing.configured", version=7))

            async def is_corrected() -> bool:
                return tables(acd) == [1, 1, 1]

            await eventually_async(is_corrected, "another version is corrected", within=10)
            acd.refuse_with = "routing.older_version"
            assert (await publish(boss, 1, changed(table, 30))).status_code == 200, "stored, though refused"


async def test_agents_are_told_how_long_they_may_pause(desk: Desk) -> None:
    async with desk.signed_in("8101") as boss:
        first = await read(boss)
        limits = [{"reason": "break", "longest_seconds": 900, "most_agents": 3}]
        assert (await publish(boss, first["live"], first["table"] | {"pause_limits": limits})).status_code == 200
    async with desk.signed_in("8001") as agent:
        told = (await agent.get("/api/v1/agent/pause-limits")).json()
    assert told == [limits[0] | {"agents_paused": 0}]
