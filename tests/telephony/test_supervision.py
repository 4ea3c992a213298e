"""A supervisor in the call: who hears whom in each mode, changes without ringing anew, and taking over."""

from collections.abc import Iterator

import pytest

from acd.contracts import events
from acd.contracts.vocabulary import SpyMode
from hotline.outside.world import OutsideWorld
from tests.support.conversations import (
    AGENT,
    CUSTOMER,
    SUPERVISOR,
    conversations,
    hear_exactly,
    rung_and_speaking,
)
from tests.support.stack import Line
from tests.support.switchboard import switchboard

pytestmark = pytest.mark.telephony

BOSS = "8101"
HEARD = {
    SpyMode.LISTEN: ({AGENT}, {CUSTOMER}),
    SpyMode.WHISPER: ({AGENT}, {CUSTOMER, SUPERVISOR}),
    SpyMode.BARGE: ({AGENT, SUPERVISOR}, {CUSTOMER, SUPERVISOR}),
}
"""What the customer and the agent hear; the supervisor always hears both."""


async def test_listen_whisper_barge_and_take_over(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    async with switchboard(line) as board:
        talk, other = await conversations(board, outside, ("8001", "8003"), callers)
        customer, phone = talk.customer, talk.phone
        spied = {"call_id": talk.call_id, "agent_id": BOSS}
        assert not await board.ask("supervision.spy", **spied, mode="whisper")
        boss = await rung_and_speaking(outside, BOSS, SUPERVISOR)
        for mode in (SpyMode.WHISPER, SpyMode.LISTEN, SpyMode.BARGE, SpyMode.WHISPER):
            assert not await board.ask("supervision.spy", **spied, mode=mode)
            heard_by_customer, heard_by_agent = HEARD[mode]
            await hear_exactly({customer: heard_by_customer, phone: heard_by_agent, boss: {CUSTOMER, AGENT}})
            await board.says(events.CallSpied, call_id=talk.call_id, supervisor=BOSS, mode=mode)
        assert await board.ask("supervision.spy", call_id=other.call_id, agent_id=BOSS, mode="listen") == (
            "supervisor.busy"
        )

        await talk.board.does("supervision.take_over", **spied)
        await phone.ended()
        await hear_exactly({customer: {SUPERVISOR}, boss: {CUSTOMER}})
        await board.says(events.AgentStateChanged, agent_id="8001", state="wrap_up")
        await board.says(events.CallConnected, call_id=talk.call_id, agent_id=BOSS)
        await talk.does("call.end", agent_id=BOSS, survey=False)
        await boss.ended()

        await other.does("supervision.take_over", agent_id=BOSS)
        boss = await rung_and_speaking(outside, BOSS, SUPERVISOR)
        await other.phone.ended()
        await hear_exactly({other.customer: {SUPERVISOR}, boss: {CUSTOMER}})
        await other.customer.hang_up()
        await boss.ended()
        await board.says(events.CallEnded, call_id=other.call_id, agent_id=BOSS)


async def test_listening_ends_when_told_and_with_the_call(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    async with switchboard(line) as board:
        (talk,) = await conversations(board, outside, ("8005",), callers)
        for ends in ("told", "with the call"):
            assert not await board.ask("supervision.spy", call_id=talk.call_id, agent_id=BOSS, mode="listen")
            boss = await rung_and_speaking(outside, BOSS, SUPERVISOR)
            await hear_exactly({boss: {CUSTOMER, AGENT}, talk.customer: {AGENT}})
            if ends == "told":
                assert not await board.ask("supervision.stop", call_id=talk.call_id, agent_id=BOSS)
            else:
                await talk.customer.hang_up()
            await boss.ended()
        await board.says(events.CallEnded, call_id=talk.call_id)
        spied = board.of_call(talk.call_id, events.CallSpied)
        assert [event.mode for event in spied] == [SpyMode.LISTEN, None, SpyMode.LISTEN, None]
