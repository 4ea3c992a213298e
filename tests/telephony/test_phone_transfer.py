"""Transfers made by an agent's own telephone, without the desk: by key and by SIP REFER. In the books, or refused."""

import asyncio
from collections.abc import Iterator

import pytest

from acd.contracts import events
from hotline.outside.world import OutsideWorld
from tests.support.conversations import (
    AGENT,
    CUSTOMER,
    TARGET,
    Conversation,
    conversations,
    hear_exactly,
    rung_and_speaking,
)
from tests.support.stack import Line
from tests.support.switchboard import switchboard

pytestmark = pytest.mark.telephony


async def has_it(talk: Conversation, outside: OutsideWorld, colleague: str) -> None:
    """Who was named talks to the customer, and the books say so."""
    phone = await rung_and_speaking(outside, colleague, TARGET)
    await hear_exactly({talk.customer: {TARGET}, phone: {CUSTOMER}}, within=15)
    board = talk.board
    await board.says(events.CallTransferred, call_id=talk.call_id, kind="blind", by=talk.agent, to=colleague)
    await board.says(events.CallConnected, call_id=talk.call_id, agent_id=colleague)
    await board.says(events.AgentStateChanged, agent_id=talk.agent, state="wrap_up")
    await talk.customer.hang_up()
    await phone.ended()
    assert (await board.says(events.CallEnded, call_id=talk.call_id)).agent_id == colleague


async def by_key(talk: Conversation, outside: OutsideWorld, colleague: str) -> None:
    """*1 and the colleague's number."""
    await talk.phone.be_silent()
    await talk.phone.press("*")
    await talk.phone.press("1", gap_seconds=1)  # Asterisk beeps: go on
    await talk.phone.press(colleague)
    await has_it(talk, outside, colleague)


async def by_refer(talk: Conversation, outside: OutsideWorld, colleague: str) -> None:
    await talk.phone.refer(colleague)
    await has_it(talk, outside, colleague)


async def refused(talk: Conversation) -> None:
    """Not to a number outside, nor into the dialplan: the agent still has the customer."""
    for number in (f"139{talk.customer.number[-8:]}", "s"):
        await talk.phone.refer(number)
        await hear_exactly({talk.customer: {AGENT}, talk.phone: {CUSTOMER}})
    assert talk.board.of_call(talk.call_id, events.CallTransferred) == []
    await talk.does("call.end", survey=False)
    await talk.customer.ended()
    assert (await talk.board.says(events.CallEnded, call_id=talk.call_id)).agent_id == talk.agent


async def test_what_telephones_do_by_themselves(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    """Three conversations beside each other."""
    async with switchboard(line) as board:
        keys, refers, tries = await conversations(board, outside, ("8001", "8003", "8005"), callers)
        for colleague in ("8002", "8004"):
            await board.signs_in(colleague, "dealer")
        async with asyncio.TaskGroup() as together:
            together.create_task(by_key(keys, outside, "8002"))
            together.create_task(by_refer(refers, outside, "8004"))
            together.create_task(refused(tries))
