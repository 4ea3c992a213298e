"""A voice message becomes a ticket whose recording can be heard; who hangs up after speaking has left one, too."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hotline import listening
from hotline.outside.call import OutsideCall
from hotline.outside.world import OutsideWorld
from tests.support.facts import rows
from tests.support.hearing import hears, sound
from tests.support.processes import eventually_async
from tests.support.stack import Desk, Line

pytestmark = pytest.mark.telephony

WORDS = "article/coverage"
"""Any longer sentence: what the caller says."""


async def speaks(call: OutsideCall) -> None:
    words = sound(WORDS)
    await call.speak(words)
    await asyncio.sleep(len(listening.read(words)) / listening.RATE + 0.5)


async def at_the_tone(outside: OutsideWorld, caller: str, keys: str) -> OutsideCall:
    call = await outside.dial(caller)
    await call.answered()
    await hears(call, "notice_recording")
    await call.press(keys)
    await hears(call, "message/speak", within=30)
    await asyncio.sleep(2.5)  # the end of the sentence, and the tone
    return call


async def ticket_of(line: Line, desk: Desk, caller: str) -> dict[str, Any]:
    """The ticket of this caller's message as the desk shows it, waited for."""
    found: list[str] = []

    async def is_there() -> bool:
        query = "SELECT ticket_no FROM ticket WHERE contact_number = ? AND source LIKE 'message:%'"
        found[:] = [row["ticket_no"] for row in rows(line, query, caller)]
        return bool(found)

    await eventually_async(is_there, f"a ticket with the recording of {caller[-4:]}", 15)
    ticket: dict[str, Any] = (await desk.get(f"/tickets/{found[0]}")).json()
    return ticket


async def recording(desk: Desk, ticket: dict[str, Any], target: Path) -> Path:
    answer = await desk.get(f"/tickets/{ticket['ticket_no']}/attachments/{ticket['attachments'][0]['id']}")
    assert answer.headers["content-type"] == "audio/wav"
    await asyncio.to_thread(target.write_bytes, answer.content)
    return target


async def test_a_complaint_left_as_a_message(
    line: Line, outside: OutsideWorld, callers: Iterator[str], tmp_path: Path
) -> None:
    caller = next(callers)
    call = await at_the_tone(outside, caller, "54")
    await speaks(call)
    await call.press("#")
    await hears(call, "message/menu", within=20)
    await call.press("1")
    await hears(call, WORDS, within=30)  # one's own words again
    await call.press("2")
    await hears(call, "message/accepted/1", within=20)
    await call.hang_up()
    async with line.sign_in("8301") as desk:
        ticket = await ticket_of(line, desk, caller)
        assert ticket["type"] == "complaint"
        heard = await recording(desk, ticket, tmp_path / "message.wav")
    assert listening.heard(heard, sound(WORDS)).is_heard


async def test_who_hangs_up_after_speaking_has_left_a_message(
    line: Line, outside: OutsideWorld, callers: Iterator[str], tmp_path: Path
) -> None:
    caller = next(callers)
    call = await at_the_tone(outside, caller, "521")
    await speaks(call)
    await call.hang_up()
    async with line.sign_in("8301") as desk:
        ticket = await ticket_of(line, desk, caller)
        heard = await recording(desk, ticket, tmp_path / "message.wav")
    assert listening.heard(heard, sound(WORDS)).is_heard


async def test_saying_nothing_leaves_no_ticket(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    call = await at_the_tone(outside, next(callers), "54")
    await call.press("#")
    await hears(call, "message/too_short", within=20)
