"""Who cannot wait is told why and sent on; the room speaks English, too; the shipped table offers a call back."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from acd.contracts.events import CallAbandoned, CallbackBooked, CallOffered, CallQueued, CallQueueLeft
from acd.contracts.vocabulary import QueueExit
from hotline.outside.call import OutsideCall
from hotline.outside.world import OutsideWorld
from tests.support.acd_bus import AcdBus, listening
from tests.support.hearing import hears
from tests.support.journeys import ask_for_an_agent
from tests.support.stack import Line

pytestmark = pytest.mark.telephony

ENGLISH_SPEAKER = "13900000049"


@pytest.fixture
async def acd(line: Line, outside: OutsideWorld) -> AsyncIterator[AcdBus]:
    """Nobody is signed in."""
    async with listening(line) as bus:
        yield bus
        await bus.forget_promises()
        await bus.configure()


async def how_left(acd: AcdBus, caller: OutsideCall) -> QueueExit:
    offered = await acd.told(CallOffered, lambda offered: offered.caller_number == caller.number)
    return (await acd.told(CallQueueLeft, lambda left: left.call_id == offered.call_id)).how


async def in_english(outside: OutsideWorld) -> OutsideCall:
    call = await outside.dial(ENGLISH_SPEAKER)
    await call.answered()
    await hears(call, "notice_recording", within=20, language="en")
    await call.press("0")
    return call


async def test_who_cannot_wait_hears_why(outside: OutsideWorld, callers: Iterator[str], acd: AcdBus) -> None:
    """No place left: a call back is offered. Nobody signed in: back to the menu, in either language."""
    await acd.configure(most_waiting=0, when_full={"kind": "callback"}, callback={})
    crowded_out = await ask_for_an_agent(outside, next(callers))
    await hears(crowded_out, "way/full", within=25)
    await hears(crowded_out, "callback/this_number/2", within=15)
    assert await how_left(acd, crowded_out) is QueueExit.FULL
    await acd.configure(("general", "english"), when_no_agent={"kind": "menu"})
    alone, foreigner = await asyncio.gather(ask_for_an_agent(outside, next(callers)), in_english(outside))
    await asyncio.gather(
        hears(alone, "way/no_agent", within=25),
        hears(foreigner, "way/no_agent", within=25, language="en"),
    )
    await asyncio.gather(hears(alone, "menu/main", within=40), hears(foreigner, "menu/main", within=40, language="en"))
    assert [await how_left(acd, caller) for caller in (alone, foreigner)] == [QueueExit.NO_AGENT] * 2
    left = {event.call_id for event in acd.all_of(CallQueueLeft)}
    assert acd.all_of(CallAbandoned, lambda abandoned: abandoned.call_id in left) == []


async def test_the_shipped_table_offers_a_call_back_and_speaks_english(
    outside: OutsideWorld, callers: Iterator[str], acd: AcdBus
) -> None:
    """After half a minute the place, and that 1 books a call back; 1 books it."""
    await acd.configure()
    caller, foreigner = await asyncio.gather(ask_for_an_agent(outside, next(callers)), in_english(outside))
    await acd.told(CallQueued, lambda queued: len(acd.all_of(CallQueued)) >= 2)
    for prompt in ("queue/wait/30", "queue/say/keys"):
        await asyncio.gather(
            hears(caller, prompt, within=60),
            hears(foreigner, prompt, within=60, language="en"),
        )
    await foreigner.hang_up()
    await caller.press("1")
    await hears(caller, "callback/this_number/2", within=15)
    await caller.press("1")
    await hears(caller, "callback/said/booked", within=30)
    assert (await acd.told(CallbackBooked)).number == caller.number
