"""The waiting room as the caller hears it: place, wait, keys, comfort; the menu and back; a message; a closed queue."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from acd.contracts.events import CallAbandoned, CallQueued, CallQueueLeft
from acd.contracts.vocabulary import QueueExit
from hotline import listening as ears
from hotline.outside.call import OutsideCall
from hotline.outside.world import OutsideWorld
from tests.support.acd_bus import AcdBus, listening
from tests.support.facts import rows
from tests.support.hearing import heard_in_order, hears, sound
from tests.support.journeys import ask_for_an_agent
from tests.support.processes import eventually_async
from tests.support.stack import Line

pytestmark = pytest.mark.telephony

WORDS = "article/coverage"
"""Any longer sentence: what the caller says."""
AHEAD = [f"queue/ahead/{n}" for n in range(4)]


@pytest.fixture
async def acd(line: Line, outside: OutsideWorld) -> AsyncIterator[AcdBus]:
    """Places every ten seconds, no calls back, and nobody signed in."""
    async with listening(line) as bus:
        await bus.configure(announce_every_seconds=10, callback=None)
        yield bus
        await bus.configure()


def assert_no_abandon(acd: AcdBus) -> None:
    """Of the calls that left the queue for something else."""
    left = {event.call_id for event in acd.all_of(CallQueueLeft)}
    assert left
    assert acd.all_of(CallAbandoned, lambda abandoned: abandoned.call_id in left) == []


async def speaks(call: OutsideCall) -> None:
    words = sound(WORDS)
    await call.speak(words)
    await asyncio.sleep(len(ears.read(words)) / ears.RATE + 0.5)


async def test_places_only_fall_and_the_menu_costs_no_seniority(
    line: Line, outside: OutsideWorld, callers: Iterator[str], acd: AcdBus
) -> None:
    first = await ask_for_an_agent(outside, next(callers))
    await acd.told(CallQueued)
    second = await ask_for_an_agent(outside, next(callers))
    await hears(second, "queue/ahead/1", within=40)
    await hears(second, "queue/wait/30")  # nobody is signed in
    await hears(second, "queue/say/keys_plain")

    # the first looks into the menu: nobody is told a higher place, and the first is served first
    await first.press("*")
    left = await acd.told(CallQueueLeft)
    assert (left.how, left.queue) == (QueueExit.MENU, "general")
    await hears(second, "queue/ahead/0", within=40)
    await first.press("0")
    await acd.told(CallQueued, lambda queued: queued.call_id == left.call_id and queued.position == 1)
    await asyncio.sleep(11)  # the next place is spoken
    places = heard_in_order(second, AHEAD)
    assert places == sorted(places, reverse=True)
    assert places[-1] == "queue/ahead/0"
    async with line.sign_in("8001") as desk:
        await desk.work()
        assert (await outside.rung("8001")).shown_number == first.number
    assert_no_abandon(acd)


async def test_a_message_from_the_queue_becomes_a_ticket_and_no_abandon(
    line: Line, outside: OutsideWorld, callers: Iterator[str], acd: AcdBus
) -> None:
    caller = await ask_for_an_agent(outside, next(callers))
    await hears(caller, "to_agent", within=20)
    await asyncio.sleep(1)
    await caller.press("2")
    await hears(caller, "message/speak", within=20)
    await asyncio.sleep(2.5)  # the end of the sentence, and the tone
    await speaks(caller)
    await caller.hang_up()
    left = await acd.told(CallQueueLeft)
    assert left.how is QueueExit.MESSAGE

    async def is_there() -> bool:
        query = "SELECT 1 FROM ticket WHERE contact_number = ? AND source LIKE 'message:%'"
        return bool(rows(line, query, caller.number))

    await eventually_async(is_there, "the message is a ticket", 15)
    assert_no_abandon(acd)


async def test_a_closed_queue_says_so_and_takes_a_message(
    outside: OutsideWorld, callers: Iterator[str], acd: AcdBus
) -> None:
    await acd.close_queue(True)
    try:
        caller = await ask_for_an_agent(outside, next(callers))
        await hears(caller, "way/closed", within=25)
        await hears(caller, "message/speak", within=15)
        assert (await acd.told(CallQueueLeft)).how is QueueExit.CLOSED
        await caller.hang_up()
        await caller.ended()
    finally:
        await acd.close_queue(False)
    assert_no_abandon(acd)


async def test_who_waits_too_long_is_bid_farewell(outside: OutsideWorld, callers: Iterator[str], acd: AcdBus) -> None:
    await acd.configure(longest_wait_seconds=5, when_too_long={"kind": "goodbye"})
    caller = await ask_for_an_agent(outside, next(callers))
    await hears(caller, "way/timeout", within=30)
    await hears(caller, "goodbye")
    await caller.ended(within=15)
    assert (await acd.told(CallQueueLeft)).how is QueueExit.TIMEOUT
