"""The caller in the menu: what is heard is the right prompt, keys are really sent, every way out works."""

import datetime as dt
from collections.abc import Iterator

import pytest

from hotline.outside.world import OutsideWorld
from ivr.prompts import speaker
from ivr.speech.values import Digits, Money, Month, Saying
from tests.support.facts import account_of, bill_of
from tests.support.hearing import SOUNDS, heard_in_order, hears
from tests.support.processes import eventually_async
from tests.support.raw_sip import raw_call
from tests.support.stack import Line

pytestmark = pytest.mark.telephony

PASSWORD = "135790"


async def test_greeting_notice_and_menu_in_order(outside: OutsideWorld, callers: Iterator[str]) -> None:
    call = await outside.dial(next(callers))
    await call.answered()
    await hears(call, "menu/main", within=40)
    assert heard_in_order(call, ("welcome", "notice_recording", "menu/main"), others=("goodbye", "menu/bill"))[:3] == [
        "welcome",
        "notice_recording",
        "menu/main",
    ]


async def test_bill_of_the_own_number_is_read_back(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    own = next(callers)
    bill = await bill_of(line, own)
    call = await outside.dial(own)
    await call.answered()
    await hears(call, "notice_recording")
    await call.press("112")
    await hears(call, "auth/which_line")
    await call.press("1")
    await hears(call, "auth/ask_password_sms")
    await call.press(PASSWORD + "#")
    await hears(call, "leaf/choices_copy", within=60)
    total = Saying("bill/total", {"month": Month(bill["month"]), "amount": Money(bill["total"])})
    spoken = list(speaker(SOUNDS.parent, "zh").clips([total]))
    order = heard_in_order(call, ["auth/which_line", "auth/ask_password_sms", *spoken, "leaf/choices_copy"])
    told = order[order.index(spoken[0]) :]
    assert told[: len(spoken)] == spoken


async def test_balance_of_the_own_line_needs_no_password(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    own = next(callers)
    account = await account_of(line, own)
    call = await outside.dial(own)
    await call.answered()
    await hears(call, "notice_recording")
    await call.press("111")
    await hears(call, "auth/which_line")
    await call.press("1")
    await hears(call, "leaf/choices_copy", within=60)
    balance = Saying("bill/balance", {"number": Digits(own), "amount": Money(account["balance"])})
    spoken = [clip for clip in speaker(SOUNDS.parent, "zh").clips([balance]) if clip != "digits/pause"]
    order = heard_in_order(call, ["auth/which_line", *spoken, "leaf/choices_copy"])
    told = order[order.index(spoken[0]) :]
    assert told[: len(spoken)] == spoken


async def test_a_wrong_password_is_counted_and_locks(outside: OutsideWorld, callers: Iterator[str]) -> None:
    call = await outside.dial(next(callers))
    await call.answered()
    await hears(call, "notice_recording")
    await call.press("112")
    await hears(call, "auth/which_line")
    await call.press("1")
    for heard_after in ("auth/wrong_2", "auth/wrong_1", "auth/locked"):
        await call.press("000000#")
        await hears(call, heard_after, within=25)


async def test_silence_and_wrong_keys_end_at_an_agent(outside: OutsideWorld, callers: Iterator[str]) -> None:
    call = await outside.dial(next(callers))
    await call.answered()
    await hears(call, "notice_recording")
    await call.press("#")
    await hears(call, "error/invalid", within=20)
    await call.press("#")
    await call.press("#")
    await hears(call, "to_agent", within=40)
    assert not call.is_over


async def test_hanging_up_in_the_menu_is_counted_once(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    began = dt.datetime.now(dt.UTC)
    call = await outside.dial(next(callers))
    await call.answered()
    await hears(call, "welcome")
    await call.hang_up()
    async with line.sign_in("8101") as desk:

        async def is_stored() -> bool:
            calls = (await desk.get("/calls?limit=50")).json()["items"]
            fresh = [c for c in calls if dt.datetime.fromisoformat(c["offered_at"]) >= began and c["ended_at"]]
            mine = [c for c in fresh if c["caller_masked"].endswith(call.number[-4:])]
            return len(mine) == 1 and mine[0]["hangup_side"] == "customer" and mine[0]["queued_at"] is None

        await eventually_async(is_stored, "the call is stored, ended by the customer", 10)


async def test_a_withheld_or_hostile_number_is_served(outside: OutsideWorld) -> None:
    hostile = ("anonymous", "1390${CDR(src)}9999999", "9" * 300, "139,1&Hangup(16)", "'\" OR 1=1 --")
    for caller in hostile:
        call = await outside.dial(caller)
        await call.answered()
        await hears(call, "welcome")
        await call.hang_up()


async def test_line_breaks_in_a_callers_number_start_nothing(line: Line, outside: OutsideWorld) -> None:
    """Escaped in SIP, real ones after it: a new header on the manager interface would hang up everybody's calls."""
    began = dt.datetime.now(dt.UTC)
    witness = await outside.dial("13900000077")
    await witness.answered()
    evil = '"a%0d%0aAction: Hangup" <sip:1397%0d%0aAction%3A%20Hangup%0d%0aChannel%3A%20%2F.%2A%2F@127.0.0.1>'
    async with raw_call(line.installation.settings.sip_port, "10010", evil) as answer:
        assert answer == "SIP/2.0 200 OK"
        await hears(witness, "notice_recording")
    assert not witness.is_over
    await witness.hang_up()
    async with line.sign_in("8101") as desk:

        async def is_stored() -> bool:
            calls = (await desk.get("/calls?limit=50")).json()["items"]
            fresh = [c for c in calls if dt.datetime.fromisoformat(c["offered_at"]) >= began and c["ended_at"]]
            return len(fresh) == 2

        await eventually_async(is_stored, "both calls are stored and over", 10)
