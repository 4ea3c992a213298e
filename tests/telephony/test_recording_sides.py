"""Whoever speaks with the customer is in the file: after transfers, with somebody outside, in a conference.

Every new telephone begins its packets at a number of its own; in half of all cases that once silenced the agents' side.
"""

import asyncio
from collections.abc import Iterator

import pytest

from hotline.outside.world import OutsideWorld
from tests.support.conversations import (
    AGENT,
    CUSTOMER,
    TARGET,
    Conversation,
    conversations,
    hear_exactly,
    is_recorded,
    rung_and_speaking,
)
from tests.support.stack import Line
from tests.support.switchboard import switchboard

pytestmark = pytest.mark.telephony


async def sent_on(line: Line, outside: OutsideWorld, talk: Conversation, *targets: str) -> None:
    """From one agent to the next by command."""
    by, phone = talk.agent, talk.phone
    for place, target in enumerate(targets):
        tone = AGENT if place % 2 else TARGET
        await talk.does("call.transfer", agent_id=by, to={"kind": "agent", "id": target})
        await phone.ended()
        phone = await rung_and_speaking(outside, target, tone)
        await hear_exactly({phone: {CUSTOMER}}, within=15)
        await is_recorded(line, talk, tone)
        by = target


async def sent_outside(line: Line, outside: OutsideWorld, talk: Conversation) -> None:
    number = f"138{talk.customer.number[-8:]}"
    await talk.does("call.transfer", to={"kind": "external", "id": number})
    friend = await rung_and_speaking(outside, number, TARGET)
    await hear_exactly({friend: {CUSTOMER}}, within=15)
    await is_recorded(line, talk, TARGET)


async def asked_and_handed_over(line: Line, outside: OutsideWorld, talk: Conversation, target: str) -> None:
    await talk.does("call.consult", to={"kind": "agent", "id": target})
    asked = await rung_and_speaking(outside, target, TARGET)
    await hear_exactly({talk.phone: {TARGET}, asked: {AGENT}})
    await talk.does("call.complete_transfer")
    await hear_exactly({talk.customer: {TARGET}})
    await is_recorded(line, talk, TARGET)


async def confer(line: Line, outside: OutsideWorld, talk: Conversation, target: str) -> None:
    """The customer listens, first to two, then to one of them: a mixer gives out different sound for each."""
    await talk.customer.be_silent()
    await talk.does("call.consult", to={"kind": "agent", "id": target})
    asked = await rung_and_speaking(outside, target, TARGET)
    await hear_exactly({talk.phone: {TARGET}})
    await talk.does("call.conference")
    await hear_exactly({talk.customer: {AGENT, TARGET}})
    await is_recorded(line, talk, AGENT)
    await is_recorded(line, talk, TARGET)
    await asked.be_silent()
    await is_recorded(line, talk, TARGET, loud=False)
    await is_recorded(line, talk, AGENT)


async def test_everybody_who_speaks_is_in_the_file(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    """Five conversations beside each other."""
    async with switchboard(line) as board:
        first, second, out, asks, confers = await conversations(
            board, outside, ("8001", "8003", "8005", "8009", "8011"), callers
        )
        for target in ("8002", "8004", "8006", "8007", "8008", "8010"):
            await board.signs_in(target, "dealer")
        async with asyncio.TaskGroup() as together:
            for journey in (
                sent_on(line, outside, first, "8002", "8004"),
                sent_on(line, outside, second, "8006", "8008"),
                sent_outside(line, outside, out),
                asked_and_handed_over(line, outside, asks, "8007"),
                confer(line, outside, confers, "8010"),
            ):
                together.create_task(journey)
