"""Pages by fax, really sent and received between two Asterisks: on a caller's call, to another machine, and to us."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

from agent_api.masking import mask_number
from agent_api.messages.pages import PageMaker
from agent_api.messages.settings import MessageSettings
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
FAX_NUMBER = "10019"


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


async def test_a_fax_to_us_is_a_contact_with_its_page(
    line: Line, outside: OutsideWorld, callers: Iterator[str], tmp_path: Path
) -> None:
    """Dot for dot what was fed into the customer's machine; the number is the caller's; the fax call is no call."""
    page = page_to_send(line)
    caller = next(callers)
    call = await outside.dial(caller, FAX_NUMBER)
    await call.answered()
    await call.send_fax(page)
    await call.ended(within=FAX_SECONDS)
    async with line.sign_in("8201") as desk:
        await eventually_async(lambda: has_fax(desk, caller), "the fax is a contact", 20)
        contact = (await faxes_of(desk, caller))[0]
        assert (contact["state"], contact["files"]) == ("PARSED", 1)
        shown = (await desk.get(f"/interactions/{contact['id']}")).json()
        (file,) = shown["attachments"]
        assert file["pages"] == 1
        await eventually_async(lambda: is_checked(desk, contact["id"]), "the page may be seen", 20)
        received = tmp_path / "received.tiff"
        received.write_bytes((await desk.get(f"/interactions/{contact['id']}/files/{file['id']}")).content)
    await asyncio.to_thread(assert_same_page, received, page)


def page_to_send(line: Line) -> Path:
    """Where the other Asterisk may read it: it lives in a root of its own, as another user."""
    page = line.recordings / "to-us.tiff"
    page.write_bytes(PageMaker(MessageSettings().fonts).of_text("投诉", "上月话费多收二十元，请核实。"))
    page.chmod(0o644)
    return page


async def faxes_of(desk: Desk, caller: str) -> list[dict[str, Any]]:
    items = (await desk.get("/interactions?channel=fax")).json()["items"]
    return [each for each in items if each["from_masked"] == mask_number(caller)]


async def has_fax(desk: Desk, caller: str) -> bool:
    return bool(await faxes_of(desk, caller))


async def is_checked(desk: Desk, contact_id: str) -> bool:
    shown = (await desk.get(f"/interactions/{contact_id}")).json()
    return all(each["state"] in ("clean", "unchecked") for each in shown["attachments"])


async def is_completed(desk: Desk) -> bool:
    items = (await desk.get("/messages?limit=20")).json()
    faxes = [message for message in items if message["channel"] == "fax"]
    return bool(faxes) and faxes[0]["state"] == "completed"
