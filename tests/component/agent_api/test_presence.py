"""Desks that go and come back: the ACD is told after a moment, once, whichever tab or replica it was."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from acd.contracts.commands import DeskBack, DeskLost
from agent_api.agents.models import DeskSocket
from agent_api.agents.presence import DeskPresence
from tests.component.agent_api.acd_double import AcdDouble, agent_state
from tests.component.agent_api.harness import Served, served
from tests.component.agent_api.test_live_socket import live
from tests.support.mosquitto import Mosquitto
from tests.support.processes import eventually_async

pytestmark = pytest.mark.component

DESK = "?desk=desk-1"


@pytest.fixture
async def desk(demo_database: str, mosquitto: Mosquitto, acd: AcdDouble) -> AsyncIterator[Served]:
    async with served(demo_database, mosquitto.settings) as running:
        running.context.presence._grace = timedelta(seconds=0.3)
        await acd.show(agent_state("8001", "ready"))

        async def is_known() -> bool:
            return "8001" in running.context.board.agents

        await eventually_async(is_known, "the agent is known", within=10)
        yield running


def told(acd: AcdDouble) -> list[type]:
    return [type(command) for command in acd.commands if isinstance(command, DeskLost | DeskBack)]


async def test_a_closed_desk_is_told_after_a_moment_and_its_return_at_once(desk: Served, acd: AcdDouble) -> None:
    async with live(desk, "8001", DESK) as mine:
        await mine.until_type("snapshot")
        assert desk.context.presence.is_open("8001")

    async def is_lost() -> bool:
        return DeskLost in told(acd)

    await eventually_async(is_lost, "the ACD hears that the desk is gone")
    lost = next(command for command in acd.commands if isinstance(command, DeskLost))
    assert (lost.agent_id, lost.session) == ("8001", "desk-1")
    async with live(desk, "8001", DESK):

        async def is_back() -> bool:
            return told(acd)[-1] is DeskBack

        await eventually_async(is_back, "the ACD hears that the desk is back")
    await eventually_async(lambda: _count(acd, DeskLost, 2), "gone again")


async def _count(acd: AcdDouble, kind: type, expected: int) -> bool:
    return told(acd).count(kind) == expected


async def test_a_reload_and_a_second_tab_lose_nothing(desk: Served, acd: AcdDouble) -> None:
    desk.context.presence._grace = timedelta(seconds=10)
    async with live(desk, "8001", DESK), live(desk, "8001", DESK) as second:
        await second.until_type("snapshot")
        # the second tab is closed, and the first one reloads:
    async with live(desk, "8001", DESK) as again, live(desk, "8002", "?desk=desk-2") as other:
        await again.until_type("snapshot")
        await other.until_type("snapshot")
    async with desk.signed_in("8001"), live(desk, "8001", DESK) as once_more:
        await once_more.until_type("snapshot")
        assert DeskLost not in told(acd)


async def test_a_desk_that_is_open_at_another_replica_is_not_lost(desk: Served, acd: AcdDouble) -> None:
    context = desk.context
    other = DeskPresence(context.db, context.commands, context.board, context.clock, "agent-api-2")
    other.came("8001", "desk-1")
    async with live(desk, "8001", DESK) as mine:
        await mine.until_type("snapshot")
    await eventually_async(lambda: _rows(desk, ["agent-api-2"]), "this replica's row is gone")
    assert DeskLost not in told(acd)
    await other.end()


async def _rows(desk: Served, expected: list[str]) -> bool:
    async with desk.context.db.read() as session:
        return sorted(await session.scalars(select(DeskSocket.consumer))) == expected


async def test_desks_of_a_replica_that_died_are_lost_after_a_while(desk: Served, acd: AcdDouble) -> None:
    context = desk.context
    async with context.db.write() as session:
        old = context.clock() - timedelta(minutes=2)
        session.add(DeskSocket(agent_no="8001", session="desk-9", consumer="agent-api-9", seen_at=old))
    await context.presence.look()
    lost = next(command for command in acd.commands if isinstance(command, DeskLost))
    assert lost.session == "desk-9"
    assert await _rows(desk, [])


async def test_signing_in_elsewhere_tells_the_old_desk(desk: Served) -> None:
    async with live(desk, "8001", DESK) as old, live(desk, "8001", "?desk=desk-2") as new, live(desk, "8002") as other:
        for each in (old, new, other):
            await each.until_type("snapshot")
        async with desk.signed_in("8001") as client:
            assert (await client.post("/api/v1/agent/login", json={"session": "desk-2"})).status_code == 200
        assert (await old.until_type("moved"))["session"] == "desk-2"
    assert "moved" not in {message["type"] for message in [*new.seen, *other.seen]}
