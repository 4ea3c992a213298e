"""What an agent does with a call going on, heard by everybody in it: hold, ask, confer, transfer, end."""

import asyncio
from collections.abc import Iterator

import pytest

from acd.contracts import events
from hotline.outside.call import OutsideCall
from hotline.outside.world import Behaviour, OutsideWorld
from tests.support.conversations import (
    AGENT,
    CUSTOMER,
    TARGET,
    Conversation,
    conversations,
    hear_exactly,
    rung_and_speaking,
)
from tests.support.hearing import hears
from tests.support.stack import Line
from tests.support.switchboard import switchboard

pytestmark = pytest.mark.telephony


async def hold_ask_and_hand_over(talk: Conversation, outside: OutsideWorld, target: str) -> None:
    """Hold and back, a question and back, a question and the customer goes along, a grade at the end."""
    customer, phone = talk.customer, talk.phone
    await talk.does("call.hold")
    await hear_exactly({customer: set(), phone: set()})
    await talk.does("call.resume")
    await hear_exactly({customer: {AGENT}, phone: {CUSTOMER}})
    await talk.does("call.consult", to={"kind": "agent", "id": target})
    asked = await rung_and_speaking(outside, target, TARGET)
    await hear_exactly({customer: set(), phone: {TARGET}, asked: {AGENT}})
    await talk.does("call.end_consult")
    await asked.ended()
    await hear_exactly({customer: {AGENT}, phone: {CUSTOMER}})
    await talk.does("call.consult", to={"kind": "agent", "id": target})
    asked = await rung_and_speaking(outside, target, TARGET)
    await hear_exactly({customer: set(), phone: {TARGET}})
    await talk.does("call.complete_transfer")
    await phone.ended()
    await hear_exactly({customer: {TARGET}, asked: {CUSTOMER}})
    await talk.board.says(events.CallConnected, call_id=talk.call_id, agent_id=target)
    await talk.does("call.password_menu", agent_id=target)
    await customer.be_silent()
    await hears(customer, "auth/for_agent", within=20)
    await talk.does("call.hold", agent_id=target)  # takes the customer out of the menu
    await talk.does("call.resume", agent_id=target)
    await hear_exactly({customer: {TARGET}}, within=12)
    await talk.does("call.end", agent_id=target)
    await hears(customer, "survey/ask", within=20)


async def three_together(talk: Conversation, outside: OutsideWorld, target: str) -> OutsideCall:
    """A conference with a colleague, whose telephone is returned: three hear each other."""
    customer, phone = talk.customer, talk.phone
    await talk.board.signs_in(target, "dealer")
    await talk.does("call.consult", to={"kind": "agent", "id": target})
    asked = await rung_and_speaking(outside, target, TARGET)
    await hear_exactly({phone: {TARGET}, asked: {AGENT}})
    await talk.does("call.conference")
    await hear_exactly({customer: {AGENT, TARGET}, phone: {CUSTOMER, TARGET}, asked: {CUSTOMER, AGENT}})
    return asked


async def confer_and_leave(talk: Conversation, outside: OutsideWorld, target: str) -> None:
    """The agent goes, the others stay; the conversation ends with the customer."""
    customer, phone = talk.customer, talk.phone
    asked = await three_together(talk, outside, target)
    assert await talk.board.ask("call.hold", call_id=talk.call_id, agent_id=talk.agent) == "call.in_conference"
    await talk.does("call.leave_conference")
    await phone.ended()
    await hear_exactly({customer: {TARGET}, asked: {CUSTOMER}})
    await customer.hang_up()
    await asked.ended()
    ended = await talk.board.says(events.CallEnded, call_id=talk.call_id)
    assert (ended.agent_id, ended.hangup_side) == (target, "customer")


async def send_on_blindly(talk: Conversation, outside: OutsideWorld, busy: str, first: str, billing: str) -> None:
    """To a busy agent and back to the queue, to another queue, to a number outside."""
    board, customer = talk.board, talk.customer
    await outside.set_behaviour(busy, Behaviour.BUSY)
    await board.signs_in(busy, "dealer")
    await talk.does("call.transfer", to={"kind": "agent", "id": busy}, note="bill of May")
    await talk.phone.ended()
    await board.says(events.CallAgentMissed, call_id=talk.call_id, agent_id=busy)
    await board.signs_in(first, "general")
    phone = await rung_and_speaking(outside, first, TARGET)
    await hear_exactly({customer: {TARGET}, phone: {CUSTOMER}}, within=12)
    await talk.does("call.transfer", agent_id=first, to={"kind": "queue", "id": "bill"})
    await phone.ended()
    await board.signs_in(billing, "bill")
    phone = await rung_and_speaking(outside, billing, TARGET)
    await hear_exactly({customer: {TARGET}, phone: {CUSTOMER}}, within=12)
    outsider = f"139{talk.customer.number[-8:]}"
    assert await board.ask("call.transfer", call_id=talk.call_id, agent_id=billing, to=elsewhere("00447911")) != ""
    await talk.does("call.transfer", agent_id=billing, to=elsewhere(outsider))
    friend = await rung_and_speaking(outside, outsider, TARGET)
    await hear_exactly({customer: {TARGET}, friend: {CUSTOMER}})
    await friend.hang_up()
    await hears(customer, "survey/ask", within=20)
    stints = board.of_call(talk.call_id, events.CallConnected)
    assert [stint.agent_id for stint in stints] == [talk.agent, first, billing]


async def customer_hangs_up_while_held(talk: Conversation) -> None:
    await talk.does("call.hold")
    await hear_exactly({talk.customer: set()})
    await talk.customer.hang_up()
    await talk.phone.ended()


async def customer_hangs_up_while_somebody_is_asked(talk: Conversation, outside: OutsideWorld) -> None:
    number = f"138{talk.customer.number[-8:]}"
    await talk.does("call.consult", to=elsewhere(number))
    asked = await rung_and_speaking(outside, number, TARGET)
    await hear_exactly({asked: {AGENT}, talk.phone: {TARGET}})
    await talk.customer.hang_up()
    await asked.ended()
    await talk.phone.ended()


async def agent_hangs_up_on_the_one_asked(talk: Conversation, outside: OutsideWorld) -> None:
    """Attended transfer the way telephones do it."""
    number = f"137{talk.customer.number[-8:]}"
    await talk.does("call.consult", to=elsewhere(number))
    asked = await rung_and_speaking(outside, number, TARGET)
    await hear_exactly({talk.phone: {TARGET}})
    await talk.phone.hang_up()
    await hear_exactly({talk.customer: {TARGET}, asked: {CUSTOMER}})
    await talk.customer.hang_up()
    await asked.ended()


async def hand_over_while_it_rings(talk: Conversation, outside: OutsideWorld, target: str) -> None:
    """Blonde: the agent lets go before the colleague has answered."""
    await outside.set_behaviour(target, Behaviour.ANSWER, after_seconds=4)
    await talk.does("call.consult", to={"kind": "agent", "id": target})
    await outside.rung(target)
    await outside.set_behaviour(target, Behaviour.ANSWER)
    await talk.does("call.complete_transfer")
    await talk.phone.ended()
    asked = await rung_and_speaking(outside, target, TARGET)
    await hear_exactly({talk.customer: {TARGET}, asked: {CUSTOMER}}, within=12)
    await talk.board.says(events.CallTransferred, call_id=talk.call_id, kind="blonde", to=target)
    await talk.customer.hang_up()
    await asked.ended()


async def transfer_with_the_keys_of_the_telephone(talk: Conversation, outside: OutsideWorld, target: str) -> None:
    """*2 and the colleague's number; the agent hangs up when both have spoken."""
    await talk.phone.be_silent()
    await talk.phone.press("*")
    await talk.phone.press("2", gap_seconds=1)  # Asterisk beeps: go on
    await talk.phone.press(target)
    asked = await rung_and_speaking(outside, target, TARGET)
    await talk.board.says(events.CallConsulting, call_id=talk.call_id, to=target)
    await talk.phone.hang_up()
    await hear_exactly({talk.customer: {TARGET}, asked: {CUSTOMER}})
    await talk.board.says(events.CallConnected, call_id=talk.call_id, agent_id=target)
    await talk.customer.hang_up()
    await asked.ended()


def elsewhere(number: str) -> dict[str, str]:
    return {"kind": "external", "id": number}


async def test_everything_an_agent_does_is_heard(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    """Eight conversations beside each other."""
    agents = ("8001", "8003", "8005", "8009", "8010", "8011", "8012", "8102")
    async with switchboard(line) as board:
        asks, confers, sends, holds, loses, leaves, lets_go, keys = await conversations(board, outside, agents, callers)
        for target in ("8002", "8004", "8008", "8103"):
            await board.signs_in(target, "dealer")
        async with asyncio.TaskGroup() as together:
            for journey in (
                hold_ask_and_hand_over(asks, outside, "8002"),
                confer_and_leave(confers, outside, "8004"),
                send_on_blindly(sends, outside, "8006", "8007", "8101"),
                customer_hangs_up_while_held(holds),
                customer_hangs_up_while_somebody_is_asked(loses, outside),
                agent_hangs_up_on_the_one_asked(leaves, outside),
                hand_over_while_it_rings(lets_go, outside, "8008"),
                transfer_with_the_keys_of_the_telephone(keys, outside, "8103"),
            ):
                together.create_task(journey)
        for agent in agents:
            await board.says(events.AgentStateChanged, agent_id=agent, state="wrap_up")


async def test_without_the_acd_everybody_finds_back(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    """Killed while one agent holds, one asks and one confers: everybody finds on by the dialplan's own means."""
    async with switchboard(line) as board:
        holding, asking, confers = await conversations(board, outside, ("8001", "8003", "8005"), callers)
        third = await three_together(confers, outside, "8002")
        number = f"136{asking.customer.number[-8:]}"
        await holding.does("call.hold")
        await asking.does("call.consult", to=elsewhere(number))
        asked = await rung_and_speaking(outside, number, TARGET)
        await hear_exactly({asked: {AGENT}, holding.customer: set()})
        line.acd.kill()
        await asked.hang_up()
        await hear_exactly({asking.customer: {AGENT}, asking.phone: {CUSTOMER}})
        await hear_exactly({holding.customer: {AGENT}, holding.phone: {CUSTOMER}}, within=20)
        await hear_exactly({confers.customer: {AGENT, TARGET}, confers.phone: {CUSTOMER, TARGET}})
        await confers.phone.hang_up()
        await hear_exactly({confers.customer: {TARGET}, third: {CUSTOMER}})
        await confers.customer.hang_up()
        await third.ended()
        line.acd.start()
        await board.says(events.AcdLinkUp)
        await board.says(events.CallEnded, call_id=confers.call_id)
        for talk in (holding, asking):
            await talk.does("call.end", survey=False)
            await talk.customer.ended()
            await talk.phone.ended()
            await board.says(events.CallEnded, call_id=talk.call_id)
