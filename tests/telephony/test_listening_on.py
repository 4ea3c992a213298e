"""Listening follows the call: what a supervisor hears, and who hears the supervisor, after every kind of transfer.

Every new telephone begins its packets at a number of its own, which made a listener deaf to it in half of all cases:
so each journey passes through several telephones, in all three modes.
"""

import asyncio
from collections.abc import Iterator

import pytest

from acd.contracts import events
from acd.contracts.vocabulary import SpyMode
from hotline.outside.call import OutsideCall
from hotline.outside.world import OutsideWorld
from tests.support.conversations import (
    AGENT,
    CUSTOMER,
    SUPERVISOR,
    TARGET,
    Conversation,
    conversations,
    hear_exactly,
    rung_and_speaking,
)
from tests.support.stack import Line
from tests.support.switchboard import switchboard

pytestmark = pytest.mark.telephony


class Listener:
    """A supervisor in one conversation."""

    def __init__(self, talk: Conversation, outside: OutsideWorld, number: str) -> None:
        self.talk, self.outside, self.number = talk, outside, number
        self.phone: OutsideCall

    async def begins(self) -> None:
        await self.be("listen")
        self.phone = await rung_and_speaking(self.outside, self.number, SUPERVISOR)

    async def be(self, mode: str) -> None:
        asked = {"call_id": self.talk.call_id, "agent_id": self.number}
        assert not await self.talk.board.ask("supervision.spy", **asked, mode=mode)

    async def told(self, mode: SpyMode, hears: str | None) -> None:
        call_id = self.talk.call_id
        await self.talk.board.says(events.CallSpied, call_id=call_id, supervisor=self.number, mode=mode, hears=hears)

    async def is_in(self, phone: OutsideCall, tone: int, other: OutsideCall | None = None) -> None:
        """`phone` speaks in `tone` to the customer or to whom it asks (`other`): heard in all three modes."""
        far, far_tone = (other, TARGET) if other else (self.talk.customer, CUSTOMER)
        for mode, to_phone, to_far in (
            ("whisper", {SUPERVISOR}, set()),
            ("barge", {SUPERVISOR}, {SUPERVISOR}),
            ("listen", set(), set()),
        ):
            await self.be(mode)
            heard = {self.phone: {tone, far_tone}, phone: {far_tone, *to_phone}, far: {tone, *to_far}}
            await hear_exactly(heard, within=12)


async def sent_on(listener: Listener, *targets: str) -> None:
    """Blindly, from one agent to the next; what was whispered to one is not for the next."""
    talk, phone = listener.talk, listener.talk.phone
    by = talk.agent
    await listener.is_in(phone, AGENT)
    for target in targets:
        await listener.be("whisper")
        await talk.does("call.transfer", agent_id=by, to={"kind": "agent", "id": target})
        await phone.ended()
        await listener.told(SpyMode.LISTEN, None)
        phone = await rung_and_speaking(listener.outside, target, AGENT)
        await hear_exactly({phone: {CUSTOMER}, listener.phone: {AGENT, CUSTOMER}}, within=15)
        await listener.told(SpyMode.LISTEN, target)
        await listener.is_in(phone, AGENT)
        by = target
    await talk.customer.hang_up()
    await listener.phone.ended()


async def asks_and_hands_over(listener: Listener, *targets: str) -> None:
    """A question heard in every mode, back to the customer, the next question, and the customer handed over."""
    talk = listener.talk
    for target in targets:
        await talk.does("call.consult", to={"kind": "agent", "id": target})
        asked = await rung_and_speaking(listener.outside, target, TARGET)
        await listener.is_in(talk.phone, AGENT, asked)
        if target is targets[-1]:
            break
        await asked.hang_up()
        await listener.is_in(talk.phone, AGENT)
    await talk.does("call.complete_transfer")
    await talk.phone.ended()
    await hear_exactly({asked: {CUSTOMER}, talk.customer: {TARGET}, listener.phone: {TARGET, CUSTOMER}})
    await listener.told(SpyMode.LISTEN, targets[-1])
    await listener.is_in(asked, TARGET)
    await talk.does("call.end", agent_id=targets[-1], survey=True)
    await listener.phone.ended()  # the customer's answers to the survey are nobody's to hear


async def sent_to_a_queue(listener: Listener, queue: str, target: str) -> None:
    """Music while the customer waits, then whoever of the queue answers."""
    talk = listener.talk
    await listener.be("barge")
    await talk.does("call.transfer", to={"kind": "queue", "id": queue})
    await talk.phone.ended()
    await listener.told(SpyMode.LISTEN, None)
    asked = {"call_id": talk.call_id, "agent_id": listener.number}
    assert await talk.board.ask("supervision.spy", **asked, mode="barge") == "call.wrong_state"
    await talk.board.signs_in(target, queue)
    phone = await rung_and_speaking(listener.outside, target, AGENT)
    await listener.told(SpyMode.LISTEN, target)
    await listener.is_in(phone, AGENT)
    assert not await talk.board.ask("supervision.stop", **asked)
    await listener.phone.ended()
    await hear_exactly({talk.customer: {AGENT}, phone: {CUSTOMER}})


async def sent_outside(listener: Listener) -> None:
    """Out of the house: nobody's agent to listen to."""
    talk = listener.talk
    number = f"138{talk.customer.number[-8:]}"
    await talk.does("call.transfer", to={"kind": "external", "id": number})
    await listener.phone.ended()
    friend = await rung_and_speaking(listener.outside, number, TARGET)
    await hear_exactly({friend: {CUSTOMER}}, within=15)


async def test_listening_follows_the_call(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    """Four conversations beside each other, a supervisor in each."""
    async with switchboard(line) as board:
        talks = await conversations(board, outside, ("8001", "8003", "8005", "8007"), callers)
        for target in ("8002", "8004", "8006", "8008"):
            await board.signs_in(target, "dealer")
        bosses = ("8101", "8102", "8011", "8012")
        blind, asks, queue, out = (Listener(talk, outside, boss) for talk, boss in zip(talks, bosses, strict=True))
        for listener in (blind, asks, queue, out):
            await listener.begins()
        async with asyncio.TaskGroup() as together:
            together.create_task(sent_on(blind, "8002", "8004"))
            together.create_task(asks_and_hands_over(asks, "8006", "8008"))
            together.create_task(sent_to_a_queue(queue, "bill", "8009"))
            together.create_task(sent_outside(out))
