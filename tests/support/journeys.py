"""Steps that several journeys share: ask for an agent, get into a conversation, read the stored call."""

from typing import Any

from hotline.outside.call import OutsideCall
from hotline.outside.world import OutsideWorld
from tests.support.hearing import hears, hears_tone
from tests.support.processes import eventually_async
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


async def call_is_whole(desk: Desk, call_id: str, agent_no: str | None) -> None:
    async def is_whole() -> bool:
        answer = await desk.http.get(f"/calls/{call_id}")
        if answer.status_code != 200:
            return False
        call = answer.json()
        return call["ended_at"] is not None and call["agent_no"] == agent_no

    await eventually_async(is_whole, f"call {call_id} is stored whole", 20)


async def still_talk(customer: OutsideCall, phone: OutsideCall) -> None:
    """Audio flows both ways now, whatever was killed."""
    await customer.play_tone(620)
    await phone.play_tone(880)
    await hears_tone(phone, 620)
    await hears_tone(customer, 880)


async def newest_call(desk: Desk, caller: OutsideCall) -> dict[str, str]:
    """The newest stored call from this caller's number."""
    found: list[dict[str, str]] = []

    async def is_there() -> bool:
        items = (await desk.get("/calls?limit=50")).json()["items"]
        found[:] = [call for call in items if call["caller_masked"].endswith(caller.number[-4:])]
        return bool(found)

    await eventually_async(is_there, f"a call of {caller.name} is stored", 20)
    return found[0]
