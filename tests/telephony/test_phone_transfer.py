"""Transfers made by an agent's own telephone, without the desk: by key and by SIP REFER. In the books, or refused."""

import asyncio
from collections.abc import Iterator
from functools import partial

import pytest

from acd.contracts import events
from hotline.outside.call import OutsideCall
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
from tests.support.processes import eventually_async
from tests.support.raw_sip import raw_call
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


async def joins_two_calls(line: Line, talk: Conversation, outside: OutsideWorld, colleague: str) -> None:
    """The colleague is asked on a line of the telephone's own, then both calls are joined: REFER with Replaces."""
    asks = await outside.dial(talk.agent, colleague, telephone=talk.agent)
    asked = await rung_and_speaking(outside, colleague, TARGET)
    await asks.answered()
    await asks.play_tone(AGENT)
    await hear_exactly({asks: {TARGET}, asked: {AGENT}, talk.customer: {AGENT}})
    await talk.phone.join(asks)
    await hear_exactly({talk.customer: {TARGET}, asked: {CUSTOMER}}, within=15)
    await is_recorded(line, talk, TARGET)
    board, call_id = talk.board, talk.call_id
    await board.says(events.CallTransferred, call_id=call_id, kind="attended", by=talk.agent, to=colleague)
    await board.says(events.CallConnected, call_id=call_id, agent_id=colleague)
    await board.says(events.AgentStateChanged, agent_id=talk.agent, state="wrap_up")
    await asyncio.gather(talk.phone.hang_up(), asks.hang_up())  # as telephones do when they are told of the success
    await talk.does("call.hold", agent_id=colleague)  # the call is the colleague's, as if it had come by command
    await talk.does("call.resume", agent_id=colleague)
    await hear_exactly({talk.customer: {TARGET}, asked: {CUSTOMER}})
    await talk.customer.hang_up()
    await asked.ended()
    assert (await board.says(events.CallEnded, call_id=call_id)).agent_id == colleague
    await board.says(events.AgentStateChanged, agent_id=colleague, state="wrap_up")


async def _is_answered(call: OutsideCall) -> bool:
    return bool(call.referred)


async def not_joined(line: Line, talk: Conversation, colleague: str) -> None:
    """With a call that is not there; by somebody outside, who knows the right names but may send nobody anywhere."""
    await talk.phone.refer_replacing(colleague, "no-such-call", to_tag="a", from_tag="b")
    names = [await talk.phone.of_dialog(item) for item in ("call-id", "remote_tag", "local_tag")]
    await talk.customer.refer_replacing("8001", names[0], to_tag=names[1], from_tag=names[2])
    for caller in (talk.phone, talk.customer):
        await eventually_async(partial(_is_answered, caller), f"{caller.name} has its answer")
    await talk.customer.play_tone(CUSTOMER)
    unknown = "Replaces: no-such-call;to-tag=a;from-tag=b"
    async with raw_call(line.installation.settings.sip_port, "10010", "<sip:13900000000@evil>", unknown) as answer:
        assert answer.startswith("SIP/2.0 481")
    await hear_exactly({talk.customer: {AGENT}, talk.phone: {CUSTOMER}})
    assert talk.board.of_call(talk.call_id, events.CallTransferred) == []


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
    """Five conversations beside each other."""
    async with switchboard(line) as board:
        agents = ("8001", "8003", "8005", "8007", "8009")
        keys, refers, tries, joins, cheats = await conversations(board, outside, agents, callers)
        for colleague in ("8002", "8004", "8006"):
            await board.signs_in(colleague, "dealer")
        async with asyncio.TaskGroup() as together:
            together.create_task(by_key(keys, outside, "8002"))
            together.create_task(by_refer(refers, outside, "8004"))
            together.create_task(refused(tries))
            together.create_task(joins_two_calls(line, joins, outside, "8006"))
            together.create_task(not_joined(line, cheats, "8008"))
