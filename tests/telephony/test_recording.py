"""Conversations are recorded whole, both sides apart, without secrets; found and heard at the desk.

Customer and agents are tones: what a file holds on which side is a list of tones with times.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hotline.outside.call import OutsideCall
from hotline.outside.world import Behaviour, OutsideWorld
from tests.support import recorded
from tests.support.hearing import hears, hears_tone
from tests.support.journeys import ask_for_an_agent, talk
from tests.support.processes import eventually_async
from tests.support.recorded import AGENT, CUSTOMER
from tests.support.stack import Desk, Line

pytestmark = pytest.mark.telephony

PASSWORD = "135790"
CUSTOMER_HERTZ, SECRET_HERTZ, LATER_HERTZ = 620, 1240, 740
AGENT_HERTZ, COLLEAGUE_HERTZ = 880, 1060
ALL = (CUSTOMER_HERTZ, SECRET_HERTZ, LATER_HERTZ, AGENT_HERTZ, COLLEAGUE_HERTZ)


async def until_done(asked: Callable[[], Awaitable[Any]], what: str) -> None:
    """The ACD says no (409) until it has seen what came before."""

    async def is_done() -> bool:
        answer = await asked()
        assert answer.status_code in (200, 409), answer.text
        return bool(answer.status_code == 200)

    await eventually_async(is_done, what, 15)


async def does(desk: Desk, call_id: str, what: str, **body: object) -> None:
    await until_done(lambda: desk.http.post(f"/calls/{call_id}/{what}", json=body), what)


async def recording_is(desk: Desk, call_id: str, state: str, within: float = 60) -> dict[str, Any]:
    found: list[dict[str, Any]] = []

    async def is_so() -> bool:
        found[:] = (await desk.get(f"/recordings?call_id={call_id}")).json()["items"]
        return bool(found) and found[0]["state"] == state

    await eventually_async(is_so, f"the recording of {call_id} is {state}", within)
    return found[0]


async def heard_at_the_desk(desk: Desk, call_id: str, folder: Path) -> recorded.Samples:
    answer = await desk.get(f"/recordings/{call_id}/audio")
    assert answer.headers["content-type"] == "audio/flac"
    file = folder / "heard.flac"
    file.write_bytes(answer.content)
    return recorded.read(file)


async def password_trip(desk: Desk, customer: OutsideCall, call_id: str) -> None:
    await customer.be_silent()
    await does(desk, call_id, "password-menu")
    await hears(customer, "auth/for_agent", within=15)
    await customer.press(PASSWORD + "#")
    await hears(customer, "auth/passed", within=20)


async def test_one_whole_file_whatever_happens(
    line: Line, outside: OutsideWorld, callers: Iterator[str], tmp_path: Path
) -> None:
    """Paused by the agent, held, sent to the password menu, the ACD killed, handed to a colleague."""
    async with line.sign_in("8001") as desk, line.sign_in("8002") as colleague, line.sign_in("8101") as supervisor:
        customer, phone = await talk(outside, desk, next(callers))
        call_id = phone.hotline_call_id
        await customer.play_tone(CUSTOMER_HERTZ)
        await phone.play_tone(AGENT_HERTZ)
        await hears_tone(phone, CUSTOMER_HERTZ)
        await does(desk, call_id, "recording/pause")
        await customer.play_tone(SECRET_HERTZ)
        await hears_tone(phone, SECRET_HERTZ)
        await asyncio.sleep(1)
        await customer.play_tone(CUSTOMER_HERTZ)
        await does(desk, call_id, "recording/resume")
        await asyncio.sleep(1)
        await does(desk, call_id, "hold")
        await asyncio.sleep(1.5)
        await does(desk, call_id, "resume")
        await asyncio.sleep(1)
        await password_trip(desk, customer, call_id)
        await customer.play_tone(LATER_HERTZ)
        await hears_tone(phone, LATER_HERTZ)
        line.acd.kill()
        await asyncio.sleep(1)
        line.acd.start()
        await colleague.work()
        await does(desk, call_id, "transfer", to={"kind": "agent", "id": "8002"}, note="")
        other = await outside.rung("8002")
        await other.answered()
        await other.play_tone(COLLEAGUE_HERTZ)
        await hears_tone(other, LATER_HERTZ, within=20)  # joined: the customer's own ear may take speech for a tone
        await asyncio.sleep(1.5)
        await customer.hang_up()
        found = await recording_is(supervisor, call_id, "stored")
        samples = await heard_at_the_desk(supervisor, call_id, tmp_path)
        assert found["agents"] == ["8001", "8002"]
    assert abs(found["seconds"] - len(samples) / recorded.RATE) < 0.01
    said = recorded.tones(samples, CUSTOMER, ALL)
    answered = recorded.tones(samples, AGENT, ALL)
    assert heard_in_order(said) == [CUSTOMER_HERTZ, LATER_HERTZ]
    assert heard_in_order(answered) == [AGENT_HERTZ, COLLEAGUE_HERTZ]
    secret, held, away = found["pauses"][:3]
    assert [secret["reason"], held["reason"], away["reason"]] == ["secret", "away", "away"]
    assert 1000 < held["to_ms"] - held["from_ms"] < 4000
    for pause in found["pauses"]:  # digital silence on both sides, at the time that is shown
        margin = 300 if pause["reason"] == "away" else 700
        middle = samples[(pause["from_ms"] + margin) * 8 : (pause["to_ms"] - margin) * 8]
        assert not middle.any(), pause
    # muted, not cut: what follows a pause stands where it was said
    later = next(tone for tone in said if tone.hertz == LATER_HERTZ)
    assert later.start > away["to_ms"] / 1000 - 1
    assert away["to_ms"] - away["from_ms"] > 3000


def heard_in_order(tones: list[recorded.Tone]) -> list[int]:
    """Each tone once; a machine that is busy elsewhere loses packets, and with them pieces of tones."""
    return list(dict.fromkeys(tone.hertz for tone in tones if tone.hertz))


async def test_through_app_queue_and_with_an_acd_back_in_mid_call(
    line: Line, outside: OutsideWorld, callers: Iterator[str], tmp_path: Path
) -> None:
    async with line.sign_in("8003") as desk:
        await desk.work()
        line.acd.kill()
        customer = await ask_for_an_agent(outside, next(callers))
        phone = await outside.rung("8003", within=40)
        await phone.answered()
        await customer.play_tone(CUSTOMER_HERTZ)
        await phone.play_tone(AGENT_HERTZ)
        await hears_tone(phone, CUSTOMER_HERTZ)
        line.acd.start()
        await asyncio.sleep(2)
        await customer.hang_up()
        await phone.ended()
        found = await recording_is(desk, phone.hotline_call_id, "stored")
        samples = await heard_at_the_desk(desk, phone.hotline_call_id, tmp_path)
    assert found["seconds"] > 2
    assert [tone.hertz for tone in recorded.tones(samples, CUSTOMER, ALL) if tone.hertz] == [CUSTOMER_HERTZ]
    assert [tone.hertz for tone in recorded.tones(samples, AGENT, ALL) if tone.hertz] == [AGENT_HERTZ]


async def test_a_call_nobody_answers_is_not_recorded(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    async with line.sign_in("8004") as desk:
        await desk.work()
        await outside.set_behaviour("8004", Behaviour.IGNORE, after_seconds=0)
        customer = await ask_for_an_agent(outside, next(callers))
        phone = await outside.rung("8004")
        await customer.play_tone(CUSTOMER_HERTZ)
        await asyncio.sleep(2)
        await customer.hang_up()
        await phone.ended()
        (node,) = line.installation.nodes
        written = node.recordings_spool / f"{phone.hotline_call_id}.raw"
        assert not written.exists() or written.stat().st_size == 0
