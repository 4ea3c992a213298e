"""The intake on a real broker: duplicates, gaps, replays, rubbish, a killed broker, an away database."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiomqtt
import pytest
from sqlalchemy import func, select

from acd.contracts import topics
from acd.contracts.events import Event
from agent_api.calls.models import Call
from agent_api.eventlog import repository as eventlog
from agent_api.eventlog.models import StoredEvent
from tests.component.agent_api.acd_double import AcdDouble, acd_double, shuffled_pairs
from tests.component.agent_api.harness import Served, served
from tests.support.events import Stream
from tests.support.mosquitto import Mosquitto
from tests.support.processes import eventually_async

pytestmark = pytest.mark.component

QUICK = {"replay_timeout": timedelta(seconds=1), "replay_attempts": 2}


@pytest.fixture
async def desk(demo_database: str, mosquitto: Mosquitto, acd: AcdDouble) -> AsyncIterator[Served]:
    async with served(demo_database, mosquitto.settings, **QUICK) as running:
        await eventually_async(lambda: is_healthy(running), "the bus is connected and the ACD is seen")
        yield running


async def is_healthy(desk: Served) -> bool:
    async with desk.signed_in("8101") as client:
        return bool((await client.get("/health")).json()["status"] == "ok")


async def call_of(desk: Served, call_id: str) -> Call | None:
    async with desk.context.db.read() as session:
        return await session.get(Call, call_id)


async def has_ended(desk: Served, call_id: str) -> bool:
    call = await call_of(desk, call_id)
    return call is not None and call.ended_at is not None


async def stored(desk: Served, stream: Stream) -> int:
    async with desk.context.db.read() as session:
        query = select(func.count()).where(StoredEvent.stream == str(stream.stream))
        return await session.scalar(query) or 0


async def all_stored(desk: Served, stream: Stream) -> None:
    async def are_there() -> bool:
        return await stored(desk, stream) == len(stream.events)

    await eventually_async(are_there, f"all {len(stream.events)} events are stored", within=15)


async def figure(desk: Served, name: str) -> float:
    async with desk.signed_in("8101") as client:
        lines = (await client.get("/metrics")).text.splitlines()
    return sum(float(line.rsplit(" ", 1)[1]) for line in lines if line.split("{")[0].split(" ")[0] == name)


async def test_a_call_becomes_a_row(desk: Served, acd: AcdDouble) -> None:
    await acd.publish(*acd.stream.answered_call("n1-1.1"))
    await eventually_async(lambda: has_ended(desk, "n1-1.1"), "the call has ended")
    call = await call_of(desk, "n1-1.1")
    assert call is not None
    assert (call.agent_no, call.wait_ms, call.talk_ms, call.satisfaction) == ("8001", 9000, 60_000, 1)


async def test_duplicates_have_no_effect(desk: Served, acd: AcdDouble) -> None:
    events = acd.stream.answered_call("n1-1.1")
    await acd.publish(*events, *events, *events[3:7])
    await all_stored(desk, acd.stream)

    async def all_seen() -> bool:
        return await figure(desk, "desk_event_duplicates_total") == len(events) + 4

    await eventually_async(all_seen, "the repetitions were counted")
    call = await call_of(desk, "n1-1.1")
    assert call is not None
    assert len(call.ivr_path) == 1
    assert acd.replays() == []


async def test_order_does_not_matter(desk: Served, acd: AcdDouble) -> None:
    acd.silent = True
    await acd.publish(*shuffled_pairs(acd.stream.answered_call("n1-1.1")))
    await all_stored(desk, acd.stream)
    call = await call_of(desk, "n1-1.1")
    assert call is not None
    assert (call.wait_ms, call.hold_ms, call.incomplete) == (9000, 10_000, False)


async def test_a_gap_is_filled_by_replay(desk: Served, acd: AcdDouble) -> None:
    events = acd.stream.answered_call("n1-1.1")
    await acd.publish(*events[:4], *events[9:])
    await all_stored(desk, acd.stream)
    assert [(replay.stream, replay.after_seq) for replay in acd.replays()] == [(acd.stream.stream, 4)]

    async def is_filled() -> bool:
        async with desk.context.db.read() as session:
            return [gap.state for gap in await eventlog.gaps(session, "filled")] == ["filled"]

    await eventually_async(is_filled, "the gap is marked filled")
    call = await call_of(desk, "n1-1.1")
    assert call is not None
    assert call.wait_ms == 9000


async def test_a_stream_is_asked_for_from_its_beginning(desk: Served, acd: AcdDouble) -> None:
    events = acd.stream.answered_call("n1-1.1")
    await acd.publish(*events[6:])
    await all_stored(desk, acd.stream)
    assert acd.replays()[0].after_seq == 0


async def test_the_end_of_a_former_stream_is_asked_for(desk: Served, acd: AcdDouble) -> None:
    former = acd.stream
    await acd.publish(*former.answered_call("n1-1.1"))
    await all_stored(desk, former)
    acd.stream = Stream(at=former.at)
    await acd.publish(acd.stream.add("acd.started"))

    async def is_asked() -> bool:
        return [(replay.stream, replay.after_seq) for replay in acd.replays()] == [(former.stream, 13)]

    await eventually_async(is_asked, "a replay of the former stream is asked for")


@pytest.mark.parametrize("silent", [True, False], ids=["nobody answers", "the journal has forgotten"])
async def test_what_nobody_can_send_marks_the_figures(desk: Served, acd: AcdDouble, silent: bool) -> None:
    acd.silent, acd.forgotten = silent, True
    events = acd.stream.answered_call("n1-1.1")
    await acd.publish(*events[:4], *events[9:])

    async def is_lost() -> bool:
        return await figure(desk, "desk_events_lost_total") == 5

    await eventually_async(is_lost, "five events are given up", within=10)
    params = {"from": (events[0].at - timedelta(hours=1)).isoformat(), "to": (events[-1].at).isoformat()}
    async with desk.signed_in("8101") as client:
        rows = (await client.get("/api/v1/stats/intervals", params=params | {"minutes": "15"})).json()
    assert any(row["incomplete"] for row in rows)
    assert len(acd.replays()) == (2 if silent else 1)


async def test_rubbish_goes_to_the_dead_letters_and_the_intake_lives(
    desk: Served, acd: AcdDouble, mosquitto: Mosquitto
) -> None:
    async with aiomqtt.Client(mosquitto.settings.host, mosquitto.port) as watcher:
        await watcher.subscribe(topics.DEAD_LETTER)
        await acd.raw("cc/v1/evt/call/x/offered", b"\xff not json")
        await acd.raw("cc/v1/evt/call/x/offered", b'{"type":"call.offered","seq":"many"}')
        await acd.raw("cc/v1/state/agent/8001", b'{"state":"dancing"}')
        await acd.raw("cc/v1/state/agent/8001", b"", retain=True)
        letters: list[dict[str, Any]] = []
        async for message in watcher.messages:
            assert isinstance(message.payload, bytes)
            letters.append(json.loads(message.payload))
            if len(letters) == 3:
                break
    found = sorted(letter["topic"] for letter in letters)
    assert found == ["cc/v1/evt/call/x/offered", "cc/v1/evt/call/x/offered", "cc/v1/state/agent/8001"]
    assert all(letter["reason"] for letter in letters)
    await acd.publish(*acd.stream.answered_call("n1-1.1"))
    await eventually_async(lambda: has_ended(desk, "n1-1.1"), "calls still come in")


async def test_events_of_a_newer_publisher_are_counted_and_left_alone(desk: Served, acd: AcdDouble) -> None:
    newer = acd.stream.add("acd.started").model_dump(mode="json") | {"type": "call.taught_to_sing", "call_id": "x"}
    await acd.raw("cc/v1/evt/call/x/taught_to_sing", json.dumps(newer).encode())

    async def is_counted() -> bool:
        return await figure(desk, "desk_event_unknown_total") == 1

    await eventually_async(is_counted, "the unknown event is counted")


async def test_an_event_that_cannot_be_applied_does_not_stop_the_others(desk: Served, acd: AcdDouble) -> None:
    acd.silent = True
    events: list[Event] = acd.stream.answered_call("n1-1.1")
    # PostgreSQL takes no NUL in text: the one kind of content both sides of the contract let through.
    poison = acd.stream.add("call.offered", call_id="n1-2.2", direction="inbound", did="10\x0010")
    after = acd.stream.answered_call("n1-3.3")
    await acd.publish(*events, poison, *after)
    for call_id in ("n1-1.1", "n1-3.3"):
        await eventually_async(lambda call_id=call_id: has_ended(desk, call_id), f"{call_id} is there", within=15)  # type: ignore[misc]


async def test_a_killed_broker_costs_no_event(desk: Served, mosquitto: Mosquitto, demo_database: str) -> None:
    """kill -9 of mosquitto in the middle of a call; what the publisher could not send comes by replay."""
    async with acd_double(mosquitto.settings) as before:
        events = before.stream.answered_call("n1-1.1")
        await before.publish(*events[:6])

        async def first_half() -> bool:
            return await stored(desk, before.stream) >= 6

        await eventually_async(first_half, "the first half is stored")
        stream = before.stream
        mosquitto.process.kill()
    mosquitto.process.start()
    async with acd_double(mosquitto.settings) as after:
        after.stream = stream
        # Nothing is published again by itself: the desk asks, because it was away.
        await eventually_async(lambda: has_ended(desk, "n1-1.1"), "the call is complete", within=20)
        assert after.replays()[0].after_seq == 6


async def test_a_desk_that_was_away_finds_what_happened(
    demo_database: str, mosquitto: Mosquitto, acd: AcdDouble
) -> None:
    async with served(demo_database, mosquitto.settings, **QUICK) as first:
        await acd.publish(*acd.stream.answered_call("n1-1.1"))
        await all_stored(first, acd.stream)
    await acd.publish(*acd.stream.answered_call("n1-2.2"))
    async with served(demo_database, mosquitto.settings, **QUICK) as second:
        await eventually_async(lambda: has_ended(second, "n1-2.2"), "the broker kept it for us", within=10)
        assert await figure(second, "desk_event_gaps_total") == 0
