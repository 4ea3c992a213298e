"""The call back that keeps its place, on the line: offered, booked by key, made in turn, repeated, and never twice."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest

from acd.contracts.commands import BookCallback
from acd.contracts.events import (
    CallAbandoned,
    CallbackBooked,
    CallbackClosed,
    CallbackDialled,
    CallbackMissed,
    CallConnected,
    CallOffered,
    CallQueued,
    CallQueueLeft,
    CallRecordingChanged,
)
from acd.contracts.ids import CallbackId, QueueName
from acd.contracts.vocabulary import CallbackEnd, Direction, QueueExit
from hotline.outside.call import OutsideCall
from hotline.outside.world import Behaviour, OutsideWorld
from tests.support.acd_bus import AcdBus, head, listening
from tests.support.hearing import hears, hears_file, hears_tone
from tests.support.journeys import ask_for_an_agent
from tests.support.stack import Line

pytestmark = pytest.mark.telephony

PROMISES = {"offer_after_seconds": 4, "gap_seconds": 5, "attempts": 2}


@pytest.fixture
async def acd(line: Line, outside: OutsideWorld) -> AsyncIterator[AcdBus]:
    """The queue promises calls; nobody is signed in."""
    async with listening(line) as bus:
        await bus.configure(announce_every_seconds=0, callback=PROMISES)
        yield bus
        await bus.forget_promises()
        await bus.configure()


async def books(outside: OutsideWorld, acd: AcdBus, number: str) -> CallbackBooked:
    """A caller waits, is offered a call back, takes it with two keys, and is told that it is promised."""
    call = await ask_for_an_agent(outside, number)
    await hears(call, "queue/say/offer", within=30)
    await call.press("1")
    await asyncio.sleep(1)
    await call.press("1")
    await hears(call, "callback/said/booked", within=30)
    await call.ended()
    return await acd.told(CallbackBooked, lambda booked: booked.number == number)


async def promised(acd: AcdBus, number: str) -> CallbackBooked:
    """As an agent or the web promises it."""
    callback_id = CallbackId(f"test-{number}")
    command = BookCallback(**head(), callback_id=callback_id, queue=QueueName("general"), number=number)
    assert (await acd.do(command)).ok
    return await acd.told(CallbackBooked, lambda booked: booked.callback_id == callback_id)


async def waits(outside: OutsideWorld, acd: AcdBus, number: str) -> OutsideCall:
    """A caller, in the waiting room."""
    before = len(acd.all_of(CallQueued))
    call = await ask_for_an_agent(outside, number)
    await acd.told(CallQueued, lambda queued: acd.all_of(CallQueued).index(queued) >= before)
    return call


def rings(outside: OutsideWorld, number: str) -> list[OutsideCall]:
    """How often we called this number."""
    return [call for call in outside.calls.values() if call.number == number and call.shown_number == "10010"]


async def test_busy_then_answered_in_turn_and_the_talk_is_an_ordinary_call(
    line: Line, outside: OutsideWorld, callers: Iterator[str], acd: AcdBus
) -> None:
    number = next(callers)
    booked = await books(outside, acd, number)
    assert [left.how for left in acd.all_of(CallQueueLeft, lambda left: left.call_id == booked.call_id)] == [
        QueueExit.CALLBACK
    ]
    assert acd.all_of(CallAbandoned, lambda abandoned: abandoned.call_id == booked.call_id) == []
    behind = await waits(outside, acd, next(callers))
    await outside.set_behaviour(number, Behaviour.BUSY)
    async with line.sign_in("8003") as desk:
        await desk.work()  # the promise is older than the caller on the line
        await outside.rung(number)
        missed = await acd.told(CallbackMissed)
        assert (missed.callback_id, missed.cause) == (booked.callback_id, "busy")
        phone = await outside.rung("8003")
        assert phone.shown_number == behind.number
        await phone.answered()
        await outside.set_behaviour(number, Behaviour.ANSWER)
        await behind.hang_up()
        await desk.reaches("wrap_up")
        await desk.post("/agent/ready")
        customer = await outside.rung(number, within=20)
        await customer.answered()
        await hears(customer, "callback/greeting")
        phone = await outside.rung("8003")
        assert phone.shown_number == number
        await phone.answered()
        await hears_file(customer, line.announcement("8003"))
        await customer.play_tone(440)
        await phone.play_tone(700)
        await hears_tone(phone, 440)
        await hears_tone(customer, 700)
        closed = await acd.told(CallbackClosed)
        assert (closed.end, closed.call_id) == (CallbackEnd.TALKED, phone.hotline_call_id)
        await acd.told(CallRecordingChanged, lambda change: change.call_id == closed.call_id)
        offered = acd.all_of(CallOffered, lambda offered: offered.call_id == phone.hotline_call_id)
        assert [event.direction for event in offered] == [Direction.OUTBOUND]
        assert acd.all_of(CallConnected)[-1].agent_id == "8003"
        assert len(rings(outside, number)) == 2
        await customer.hang_up()


async def test_the_customer_rings_again_and_the_promise_is_kept_at_once(
    line: Line, outside: OutsideWorld, callers: Iterator[str], acd: AcdBus
) -> None:
    number = next(callers)
    booked = await promised(acd, number)
    await waits(outside, acd, next(callers))
    again = await ask_for_an_agent(outside, number)
    closed = await acd.told(CallbackClosed)
    assert (closed.callback_id, closed.end) == (booked.callback_id, CallbackEnd.CALLED_AGAIN)
    async with line.sign_in("8004") as desk:
        await desk.work()
        assert (await outside.rung("8004")).shown_number == again.number
    assert rings(outside, number) == []


async def test_a_restart_of_the_acd_neither_forgets_nor_repeats(
    line: Line, outside: OutsideWorld, callers: Iterator[str], acd: AcdBus
) -> None:
    number = next(callers)
    await promised(acd, number)
    line.acd.kill()
    line.acd.start()
    await outside.set_behaviour(number, Behaviour.ANSWER, after_seconds=6)
    async with line.sign_in("8005") as desk:
        await desk.work()
        customer = await outside.rung(number, within=20)
        line.acd.kill()  # while the customer's telephone rings
        line.acd.start()
        await customer.answered(within=20)
        phone = await outside.rung("8005", within=30)
        await phone.answered()
        await phone.play_tone(700)
        await hears_tone(customer, 700)
        assert (await acd.told(CallbackClosed)).end is CallbackEnd.TALKED
        assert len(acd.all_of(CallbackDialled)) == 1
        assert len(rings(outside, number)) == 1
        await customer.hang_up()


async def test_agent_first_and_a_promise_that_comes_to_nothing(
    line: Line, outside: OutsideWorld, callers: Iterator[str], acd: AcdBus
) -> None:
    await acd.configure(announce_every_seconds=0, callback={**PROMISES, "agent_first": True})
    number = next(callers)
    await promised(acd, number)
    await outside.set_behaviour(number, Behaviour.BUSY)
    async with line.sign_in("8006") as desk:
        await desk.work()
        phone = await outside.rung("8006")
        await phone.answered()
        await hears(phone, "callback/for_agent")
        await outside.rung(number)
        await acd.told(CallbackMissed)
        await phone.ended()
        await outside.set_behaviour(number, Behaviour.ANSWER)
        phone = await outside.rung("8006", within=20)
        await phone.answered()
        customer = await outside.rung(number)
        await customer.answered()
        await customer.play_tone(440)
        await phone.play_tone(700)
        await hears_tone(phone, 440)
        await hears_tone(customer, 700)
        closed = await acd.told(CallbackClosed)
        assert closed.end is CallbackEnd.TALKED
        await desk.reaches("talking")
        await acd.told(CallRecordingChanged, lambda change: change.call_id == closed.call_id)
        await phone.hang_up()
        await hears(customer, "survey/ask")
        await desk.reaches("wrap_up")
