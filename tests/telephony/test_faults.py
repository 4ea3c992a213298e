"""kill -9 of each process during calls: nobody hears silence, calls go on, nothing is missing afterwards."""

import asyncio
from collections.abc import Iterator

import pytest

from hotline import listening
from hotline.outside.world import OutsideWorld
from tests.support.facts import rows
from tests.support.hearing import hears
from tests.support.journeys import ask_for_an_agent, call_is_whole, newest_call, still_talk, stored, talk
from tests.support.stack import Line

pytestmark = pytest.mark.telephony


async def test_ivr_dies_in_the_menu(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    customer = await outside.dial(next(callers))
    await customer.answered()
    await hears(customer, "welcome")
    line.ivr.kill()
    # no process answers: the emergency script speaks, and its key leads to the waiting room
    await hears(customer, "emergency/menu", within=20)
    await customer.press("1")
    await hears(customer, "to_agent")
    async with line.sign_in("8005") as desk:
        await desk.work()
        phone = await outside.rung("8005")
        await phone.answered()
        await still_talk(customer, phone)
        assert listening.longest_silence(customer.heard) < 4.0
        await phone.hang_up()
        await customer.ended(within=20)
        await call_is_whole(desk, phone.hotline_call_id, "8005")
    line.ivr.start()


async def test_ivr_restarts_in_the_menu(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    customer = await outside.dial(next(callers))
    await customer.answered()
    await hears(customer, "welcome")
    line.ivr.kill()
    line.ivr.start()
    again = await outside.dial(next(callers))
    await again.answered()
    await hears(again, "welcome")
    assert not customer.is_over


async def test_acd_dies_while_two_talk_and_one_waits(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    async with line.sign_in("8006") as desk:
        customer, phone = await talk(outside, desk, next(callers))
        call_id = phone.hotline_call_id
        waiting = await ask_for_an_agent(outside, next(callers))
        await hears(waiting, "to_agent", within=20)
        line.acd.kill()
        await still_talk(customer, phone)
        await phone.hang_up()
        # the lease runs out: app_queue rings the agent for the caller who waited
        rung = await outside.rung("8006", within=30)
        await rung.answered()
        await still_talk(waiting, rung)
        line.acd.start()
        await rung.hang_up()
        await waiting.ended(within=70)
        await call_is_whole(desk, call_id, "8006")
        waited_id = (await newest_call(desk, waiting))["call_id"]
        await call_is_whole(desk, waited_id, "8006")


async def test_acd_comes_back_during_a_call_and_knows_its_end(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    async with line.sign_in("8007") as desk:
        customer, phone = await talk(outside, desk, next(callers))
        line.acd.kill()
        line.acd.start()
        await still_talk(customer, phone)
        await customer.hang_up()
        await call_is_whole(desk, phone.hotline_call_id, "8007")
        assert (await stored(desk, phone.hotline_call_id))["talk_ms"] > 1000


async def test_calls_that_come_and_go_while_acd_is_dead(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    async with line.sign_in("8007") as desk, line.sign_in("8101") as supervisor:
        await desk.work()
        await desk.reaches("ready")
        line.acd.kill()
        served = await ask_for_an_agent(outside, next(callers))
        phone = await outside.rung("8007", within=30)  # the lease runs out, app_queue rings
        await phone.answered()
        await still_talk(served, phone)
        impatient = await ask_for_an_agent(outside, next(callers))
        await hears(impatient, "to_agent", within=20)
        await impatient.hang_up()
        await phone.hang_up()
        await served.ended(within=60)
        line.acd.start()
        await call_is_whole(desk, phone.hotline_call_id, "8007")
        call = await stored(desk, phone.hotline_call_id)
        assert (call["incomplete"], call["hangup_side"]) == (False, "agent")
        assert call["talk_ms"] > 1000
        lost = await newest_call(supervisor, impatient)
        await call_is_whole(supervisor, lost["call_id"], None)
        stage = rows(line, "SELECT abandon_stage FROM call WHERE call_id = ?", lost["call_id"])[0]["abandon_stage"]
        assert stage == "queue"


async def test_agent_api_dies_during_a_call(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    async with line.sign_in("8008") as desk:
        customer, phone = await talk(outside, desk, next(callers))
        ticket = (
            await desk.post(
                "/tickets",
                type="consult",
                call_id=phone.hotline_call_id,
                title="套餐咨询",
                description="客户咨询流量套餐。",
                category="plan",
            )
        ).json()
        line.agent_api.kill()
        await still_talk(customer, phone)
        await phone.hang_up()
        await hears(customer, "survey/ask")
        await customer.press("2")
        await customer.ended()
        line.agent_api.start()
        await call_is_whole(desk, phone.hotline_call_id, "8008")
        call = await stored(desk, phone.hotline_call_id)
        assert call["satisfaction"] == 2
        assert ticket["ticket_no"] in call["ticket_nos"]


async def test_the_menu_without_agent_api_offers_an_agent(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    line.agent_api.kill()
    customer = await outside.dial(next(callers))
    await customer.answered()
    await hears(customer, "notice_recording", within=20)
    await customer.press("111")
    await hears(customer, "auth/which_line", within=20)
    await customer.press("1")
    await hears(customer, "auth/ask_password", within=20)  # nobody can say that the number is the caller's
    await customer.press("135790#")
    await hears(customer, "bill/billing_down", within=20)
    await customer.press("0")
    await hears(customer, "to_agent", within=20)
    line.agent_api.start()


async def test_mosquitto_dies_during_calls(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    async with line.sign_in("8009") as desk:
        customer, phone = await talk(outside, desk, next(callers))
        line.mosquitto.kill()
        await still_talk(customer, phone)
        await phone.hang_up()
        await customer.ended(within=60)  # the survey asks twice
        late = await ask_for_an_agent(outside, next(callers))
        await asyncio.sleep(0)
        await late.hang_up()
        line.mosquitto.start()
        await call_is_whole(desk, phone.hotline_call_id, "8009")
        async with line.sign_in("8101") as supervisor:  # an agent sees only calls of his own
            await call_is_whole(supervisor, (await newest_call(supervisor, late))["call_id"], None)
