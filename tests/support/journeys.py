"""Steps that several journeys share: ask for an agent, get into a conversation, read the stored call."""

from typing import Any

from hotline.outside.call import OutsideCall
from hotline.outside.world import OutsideWorld
from tests.support.hearing import hears
from tests.support.stack import Desk


async def ask_for_an_agent(outside: OutsideWorld, caller: str) -> OutsideCall:
    """Dial the hotline, listen to the notice, press 0."""
    call = await outside.dial(caller)
    await call.answered()
    await hears(call, "notice_recording")
    await call.press("0")
    return call


async def talk(outside: OutsideWorld, desk: Desk, caller: str) -> tuple[OutsideCall, OutsideCall]:
    """The customer and the agent's telephone, in conversation."""
    await desk.work()
    customer = await ask_for_an_agent(outside, caller)
    phone = await outside.rung(desk.agent_no)
    await phone.answered()
    await desk.reaches("talking")
    return customer, phone


async def stored(desk: Desk, call_id: str) -> dict[str, Any]:
    answer: dict[str, Any] = (await desk.get(f"/calls/{call_id}")).json()
    return answer
