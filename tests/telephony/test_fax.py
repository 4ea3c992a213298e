"""Pages by fax, really sent and received between two Asterisks: on the caller's own call, and to another machine."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from hotline.outside.call import OutsideCall
from hotline.outside.world import Behaviour, OutsideWorld
from tests.support.hearing import hears
from tests.support.processes import eventually_async
from tests.support.stack import Desk, Line

pytestmark = [pytest.mark.telephony, pytest.mark.timeout(400)]

MACHINE = "02588880001"
FAX_SECONDS = 180
TARIFFS = "851"
"""Others, fax, tariff sheet."""


async def asked_how(outside: OutsideWorld, caller: str) -> OutsideCall:
    call = await outside.dial(caller)
    await call.answered()
    await hears(call, "notice_recording")
    await call.press(TARIFFS)
    await hears(call, "fax/how", within=30)
    return call


def assert_same_page(received: Path, sent: Path) -> None:
    """Dot for dot, as both ends correct errors."""
    with Image.open(received) as page, Image.open(sent) as original:
        assert page.size == original.size
        assert ImageChops.difference(page.convert("1"), original.convert("1")).getbbox() is None


def sent_file(line: Line, pattern: str) -> Path:
    return next((line.installation.folder / "fax").glob(pattern))


async def test_fax_back_on_the_callers_own_call(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    call = await asked_how(outside, next(callers))
    await call.press("1")
    await hears(call, "fax/start", within=20)
    await call.start_fax()
    await call.ended(within=FAX_SECONDS)
    assert call.fax_status == "SUCCESS"
    await asyncio.to_thread(assert_same_page, call.page, sent_file(line, "tariffs-*.tiff"))


async def test_fax_to_another_machine(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    await outside.set_behaviour(MACHINE, Behaviour.FAX)
    call = await asked_how(outside, next(callers))
    await call.press("2")
    await hears(call, "fax/ask_number", within=20)
    await call.press(MACHINE + "#")
    await hears(call, "fax/queued", within=20)
    await call.hang_up()
    machine = await outside.rung(MACHINE, within=40)
    await machine.ended(within=FAX_SECONDS)
    assert machine.fax_status == "SUCCESS"
    async with line.sign_in("8101") as desk:
        await eventually_async(lambda: is_completed(desk), "the message is completed", 20)


async def is_completed(desk: Desk) -> bool:
    items = (await desk.get("/messages?limit=20")).json()
    faxes = [message for message in items if message["channel"] == "fax"]
    return bool(faxes) and faxes[0]["state"] == "completed"
