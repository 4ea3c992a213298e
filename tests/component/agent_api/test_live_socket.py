"""The live connection on real sockets: snapshot, pop, masking, resuming, sign-out, latency."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from acd.contracts.snapshots import QueueSnapshot
from agent_api.live_view import apply_all
from tests.component.agent_api.acd_double import AcdDouble, agent_state, now
from tests.component.agent_api.harness import Served, served
from tests.support.mosquitto import Mosquitto
from tests.support.processes import eventually_async

pytestmark = pytest.mark.component

Json = dict[str, Any]


@pytest.fixture
async def desk(demo_database: str, mosquitto: Mosquitto, acd: AcdDouble) -> AsyncIterator[Served]:
    async with served(demo_database, mosquitto.settings) as running:

        async def is_up() -> bool:
            return running.context.board.acd_up

        await eventually_async(is_up, "the desk hears the ACD", within=30)
        yield running


class LiveDesk:
    """One desk's live connection: everything it was told, and the view that follows from it."""

    def __init__(self, socket: ClientConnection, agent_no: str) -> None:
        self.socket, self.agent_no = socket, agent_no
        self.seen: list[Json] = []

    async def until(self, is_it: Callable[[Json], bool], within: float = 10) -> Json:
        async with asyncio.timeout(within):
            while True:
                message: Json = json.loads(await self.socket.recv())
                self.seen.append(message)
                if is_it(message):
                    return message

    async def until_type(self, kind: str) -> Json:
        return await self.until(lambda message: message["type"] == kind)

    async def until_event(self, kind: str) -> Json:
        return await self.until(lambda message: message["type"] == "event" and message["event"]["type"] == kind)

    @property
    def last_id(self) -> int:
        return int(self.seen[-1]["event_id"])

    @property
    def view(self) -> Json:
        return apply_all({}, self.seen, self.agent_no)


@asynccontextmanager
async def live(desk: Served, agent_no: str, query: str = "", **headers: str) -> AsyncIterator[LiveDesk]:
    async with desk.signed_in(agent_no) as client:
        cookie = f"hotline_session={client.cookies['hotline_session']}"
        url = f"ws://127.0.0.1:{desk.port}/api/v1/live{query}"
        async with connect(url, additional_headers={"Cookie": cookie} | headers, proxy=None, open_timeout=30) as socket:
            yield LiveDesk(socket, agent_no)


def queue(ready: int) -> QueueSnapshot:
    return QueueSnapshot.model_validate({"at": now(), "queue": "bill", "title": "话费业务", "agents_ready": ready})


async def test_snapshot_then_the_call_pops_up(desk: Served, acd: AcdDouble) -> None:
    await acd.show(agent_state("8001", "ready"))
    async with live(desk, "8001") as mine, live(desk, "8002") as other, live(desk, "8101") as boss:
        for each in (mine, other, boss):
            assert (await each.until_type("snapshot"))["data"]["my_call"] is None
        events = acd.stream.answered_call("n1-1.1")
        await acd.publish(*events[:8])
        pop = await mine.until_type("pop")
        assert pop["call"]["caller_number"] == "13900000001"
        assert pop["call"]["customer_id"] == "C000001"
        assert pop["call"]["ivr_path"][0]["node"] == "menu/main"
        assert pop["call"]["connected_at"] is None
        await acd.show(agent_state("8001", "ringing", "n1-1.1"))
        await acd.publish(events[8])
        assert (await mine.until_type("pop"))["call"]["wait_ms"] == 9000
        await acd.publish(*events[9:])
        await mine.until_event("call.ended")
        await boss.until_event("call.ended")
        await acd.show(queue(1))
        await other.until(lambda message: message.get("kind") == "queue")
    offered = next(m["event"] for m in boss.seen if m["type"] == "event" and m["event"]["type"] == "call.offered")
    assert offered["caller_number"] == "139****0001"
    assert "13900000001" not in json.dumps([*boss.seen, *other.seen])
    assert {message["type"] for message in other.seen} == {"snapshot", "state"}


async def test_what_was_missed_comes_after_reconnecting(desk: Served, acd: AcdDouble) -> None:
    async with live(desk, "8101") as before:
        await before.until_type("snapshot")
        await acd.show(queue(1))
        await before.until_type("state")
    await acd.show(queue(2))
    await acd.publish(*acd.stream.answered_call("n1-1.1"))
    async with live(desk, "8101", f"?last_event_id={before.last_id}") as after:
        await after.until_event("call.ended")
    assert "snapshot" not in {message["type"] for message in after.seen}
    ids = [message["event_id"] for message in [*before.seen, *after.seen]]
    assert ids == sorted(set(ids))


async def test_view_before_and_messages_make_the_view_after(desk: Served, acd: AcdDouble) -> None:
    async with live(desk, "8001") as long_lived:
        await long_lived.until_type("snapshot")
        await acd.show(agent_state("8001", "ready"))
        await acd.publish(*acd.stream.answered_call("n1-1.1")[:8])
        await acd.show(agent_state("8001", "ringing", "n1-1.1"))
        await acd.show(agent_state("8005", "paused", center="js-nj"))
        await acd.show(queue(7))
        # The call comes by way of the database, the queue does not: either may be the later one.
        await long_lived.until(lambda _: bool(long_lived.view["queues"]) and long_lived.view["my_call"] is not None)
        async with live(desk, "8001") as fresh:
            await fresh.until_type("snapshot")
    assert long_lived.view == fresh.view
    assert fresh.view["my_call"]["call_id"] == "n1-1.1"


async def test_a_desk_that_starts_in_mid_call_shows_it(
    demo_database: str, mosquitto: Mosquitto, acd: AcdDouble
) -> None:
    """agent_api was killed and started again: the retained state says who is in which call."""
    async with served(demo_database, mosquitto.settings) as first, live(first, "8001") as mine:
        await acd.publish(*acd.stream.answered_call("n1-1.1")[:9])
        await mine.until_type("pop")
        await acd.show(agent_state("8001", "talking", "n1-1.1"))
        await mine.until_type("state")
    async with served(demo_database, mosquitto.settings) as second:

        async def is_shown() -> bool:
            return second.context.hub.call_on_screen("8001") == "n1-1.1"

        await eventually_async(is_shown, "the call is on the agent's screen again")


async def test_old_calls_from_a_backlog_do_not_pop_up(desk: Served, acd: AcdDouble) -> None:
    acd.stream.at = acd.stream.at.replace(year=2025)
    async with live(desk, "8001") as mine:
        await mine.until_type("snapshot")
        await acd.publish(*acd.stream.answered_call("n1-1.1")[:9])
        await mine.until_event("call.connected")
        await acd.show(queue(1))
        await mine.until_type("state")
    assert "pop" not in {message["type"] for message in mine.seen}


@pytest.mark.parametrize(
    ("headers", "code"),
    [({"Cookie": "hotline_session=forged"}, 4401), ({"Origin": "https://evil.example"}, 4403)],
    ids=["no session", "foreign page"],
)
async def test_strangers_are_turned_away(desk: Served, headers: dict[str, str], code: int) -> None:
    url = f"ws://127.0.0.1:{desk.port}/api/v1/live"
    async with connect(url, additional_headers=headers, proxy=None) as socket:
        with pytest.raises(ConnectionClosed):
            await socket.recv()
        assert socket.close_code == code


async def test_from_the_bus_to_the_screen_in_a_moment(desk: Served, acd: AcdDouble) -> None:
    """Most of it must be far below the 100 ms that are allowed; a busy test machine is given slack."""
    clock = asyncio.get_running_loop().time
    delays = []
    async with live(desk, "8001") as mine:
        await mine.until_type("snapshot")
        for number in range(20):
            events = acd.stream.answered_call(f"n1-{number}.1")
            await acd.publish(*events[:7])
            sent = clock()
            await acd.publish(events[7])
            await mine.until_type("pop")
            delays.append(clock() - sent)
            await acd.publish(*events[8:])
            await mine.until_event("call.ended")
    assert sorted(delays)[len(delays) // 2] < 0.1, sorted(delays)
