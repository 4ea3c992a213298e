"""An agent's day on the real line, and the customer who stays when the agent's browser is gone."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from playwright.async_api import TimeoutError as BrowserTimeout

from hotline.outside.call import OutsideCall
from hotline.outside.world import Behaviour, OutsideWorld
from tests.support.hearing import hears, hears_tone
from tests.support.journeys import ask_for_an_agent, stored
from tests.support.processes import eventually_async
from tests.support.softphone import Softphone, softphone
from tests.support.stack import Desk, Line

pytestmark = pytest.mark.telephony

BROWSER_HERTZ, CUSTOMER_HERTZ = 400, 620
"""Chromium's fake microphone beeps, the customer plays a tone."""
SUPERVISOR = "8101"


async def in_conversation(page: Softphone, outside: OutsideWorld, caller: str) -> tuple[OutsideCall, str]:
    """The customer and the call's id; the agent talks through the browser."""
    await page.desk.become_ready()
    customer = await ask_for_an_agent(outside, caller)
    await page.desk.telephone_is(phase="ringing")
    await page.desk.answer()
    await page.desk.is_in_state("talking")
    await hears_tone(customer, BROWSER_HERTZ, within=15)
    return customer, await page.desk.call_on_screen()


async def has_the_customer_again(page: Softphone, customer: OutsideCall, call_id: str) -> None:
    """Rung by itself; a page that remembers the call answers by itself. One conversation, and both are heard."""

    async def is_picked_up() -> bool:
        phase = await page.desk.part("softphone").get_attribute("data-phase")
        if phase == "ringing" and await page.desk.part("softphone-answer").is_visible():
            with suppress(BrowserTimeout):  # a page that remembers the call was faster: the button is gone
                await page.desk.part("softphone-answer").click(timeout=1000)
        return phase == "talking"

    await eventually_async(is_picked_up, "the agent has the customer again", 30)
    await page.desk.is_in_state("talking")
    assert await page.desk.call_on_screen() == call_id
    await customer.play_tone(CUSTOMER_HERTZ)

    async def is_heard() -> bool:
        packets, energy = await page.desk.received_audio()
        return packets > 50 and energy > 0

    await eventually_async(is_heard, "the agent hears the customer", 10)


@asynccontextmanager
async def table(line: Line, *, kept_seconds: int = 60, misses: int = 1) -> AsyncIterator[None]:
    """The table of queues, changed for a while."""
    async with line.sign_in("8201") as chief:
        before = (await chief.get("/routing")).json()
        changed = {**before["table"], "kept_seconds": kept_seconds}
        changed["queues"] = [{**queue, "misses": misses} for queue in changed["queues"]]
        await chief.http.put("/routing", json={"based_on": before["live"], "table": changed, "note": "test"})
        try:
            yield
        finally:
            await chief.post("/routing/rollback")


async def waits_again(line: Line, call_id: str) -> None:
    """Back in the waiting room: from there on, others may get the caller."""
    async with line.sign_in(SUPERVISOR) as boss:

        async def is_there() -> bool:
            floor: dict[str, Any] = (await boss.get("/floor")).json()
            return call_id in [each["call_id"] for each in floor["waiting"]]

        await eventually_async(is_there, "the caller waits again", 20)


async def own(desk: Desk) -> dict[str, Any]:
    answer: dict[str, Any] = (await desk.get("/agent/state")).json()
    return answer


async def is_paused(desk: Desk, reason: str, within: float = 20) -> dict[str, Any]:
    await desk.reaches("paused", within=within)
    state = await own(desk)
    assert state["reason"] == reason
    return state


async def test_a_hold_lasts_and_a_page_loaded_anew_has_the_customer_again(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    await outside.set_behaviour("8001", Behaviour.IGNORE)
    async with softphone(line.desk_url, "8001") as page:
        customer, call_id = await in_conversation(page, outside, next(callers))
        await page.desk.part("softphone-hold").click()
        await page.desk.is_in_state("held")
        with pytest.raises(AssertionError):  # a muted microphone and a customer on hold are no silence of the wire
            await hears(customer, "kept/hold_on", within=8)
        await page.desk.is_in_state("held")
        await page.desk.part("softphone-hold").click()
        await page.desk.is_in_state("talking")
        await page.load_anew()
        await has_the_customer_again(page, customer, call_id)
        await page.desk.hang_up()
        await hears(customer, "survey/ask", within=15)
        await page.desk.leave()


async def test_a_killed_browser_and_a_killed_acd_lose_nobody(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    await outside.set_behaviour("8002", Behaviour.IGNORE)
    async with softphone(line.desk_url, "8002") as page:
        customer, call_id = await in_conversation(page, outside, next(callers))
        page.kill()
    await hears(customer, "kept/hold_on", within=15)
    line.acd.kill()
    line.acd.start()
    async with softphone(line.desk_url, "8002") as again, line.sign_in(SUPERVISOR) as supervisor:
        await has_the_customer_again(again, customer, call_id)
        await again.desk.hang_up()
        await hears(customer, "survey/ask", within=15)
        await customer.hang_up()
        await again.desk.leave()

        async def is_one_call() -> bool:
            call = await stored(supervisor, call_id)
            return call["ended_at"] is not None and (call["agent_no"], call["hangup_side"]) == ("8002", "agent")

        await eventually_async(is_one_call, "one conversation is stored", 15)


async def test_not_back_in_time_another_agent_has_the_caller_first(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    await outside.set_behaviour("8003", Behaviour.IGNORE)
    async with table(line, kept_seconds=6), line.sign_in("8004") as other:
        async with softphone(line.desk_url, "8003") as page:
            customer, call_id = await in_conversation(page, outside, next(callers))
            waiting = await ask_for_an_agent(outside, next(callers))
            page.kill()
        await hears(customer, "kept/hold_on", within=15)
        async with line.sign_in("8003") as lost:
            state = await is_paused(lost, "unreachable")
            assert state["call_id"] is None
            await waits_again(line, call_id)
            await other.work()
            phone = await outside.rung("8004")
            assert phone.hotline_call_id == call_id
            await phone.answered()
            await customer.play_tone(CUSTOMER_HERTZ)
            await hears_tone(phone, CUSTOMER_HERTZ)
            await waiting.hang_up()
            await phone.hang_up()


async def test_without_an_acd_the_kept_caller_goes_to_app_queue(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    await outside.set_behaviour("8005", Behaviour.IGNORE)
    async with line.sign_in("8006") as other:
        async with softphone(line.desk_url, "8005") as page:
            customer, _ = await in_conversation(page, outside, next(callers))
            await other.work()
            await other.reaches("ready")
            line.acd.kill()
            page.kill()
        phone = await outside.rung("8006", within=30)
        await phone.answered()
        await customer.play_tone(CUSTOMER_HERTZ)
        await hears_tone(phone, CUSTOMER_HERTZ)
        await hears(customer, "kept/hold_on")
        line.acd.start()
        await phone.hang_up()
        async with line.sign_in("8005"):
            await customer.hang_up()


async def test_missed_rings_wrap_up_and_a_forced_pause(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    """Missed once: rung again. Missed twice: paused. Then a call, its wrap-up cut short, and the supervisor's word."""
    await outside.set_behaviour("8007", Behaviour.REJECT)
    async with table(line, misses=2), line.sign_in("8007") as desk, line.sign_in("8102") as supervisor:
        await desk.work()
        customer = await ask_for_an_agent(outside, next(callers))
        await outside.rung("8007", within=20)
        await outside.rung("8007")
        await is_paused(desk, "rona")
        await outside.set_behaviour("8007", Behaviour.ANSWER)
        await desk.post("/agent/ready")
        phone = await outside.rung("8007")
        await desk.reaches("talking")
        await supervisor.post("/supervision/agents/8007/pause", reason="training")
        assert await desk.state() == "talking"
        await customer.hang_up()
        await desk.reaches("wrap_up")
        await desk.post("/agent/wrap-up", seconds=1)
        assert (await is_paused(desk, "training"))["by"] == "8102"
        await phone.ended()


async def test_the_chosen_telephone_rings_and_a_new_desk_takes_the_agent_over(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    async with line.sign_in("8008") as desk:
        await desk.post("/agent/login", session="desk-one", devices=["browser"])
        await desk.post("/agent/ready")
        customer = await ask_for_an_agent(outside, next(callers))
        await is_paused(desk, "unreachable")  # the telephone on the desk would have answered
        await desk.post("/agent/login", session="desk-two", devices=["phone"])
        state = await own(desk)
        assert (state["state"], state["session"], state["devices"]) == ("paused", "desk-two", ["phone"])
        await desk.post("/agent/ready")
        phone = await outside.rung("8008")
        await phone.answered()
        await desk.reaches("talking")
        await customer.hang_up()
        await desk.reaches("wrap_up")
        await desk.post("/agent/ready")
        await desk.reaches("ready")
