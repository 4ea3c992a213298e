"""Forgotten the service password: a code by text message to the line itself opens the bill."""

from collections.abc import Iterator

import pytest

from hotline.outside.world import OutsideWorld
from tests.support.facts import rows
from tests.support.hearing import hears
from tests.support.processes import eventually_async
from tests.support.stack import Line

pytestmark = pytest.mark.telephony


async def test_a_code_by_text_message(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    caller = next(callers)
    call = await outside.dial(caller)
    await call.answered()
    await hears(call, "notice_recording")
    await call.press("1121")
    await hears(call, "auth/ask_password_sms", within=40)
    await call.press("*")
    await hears(call, "auth/code_sent", within=20)
    texts: list[str] = []

    async def has_come() -> bool:
        texts[:] = [row["text"] for row in rows(line, "SELECT text FROM sink_text WHERE number = ?", caller)]
        return bool(texts)

    await eventually_async(has_come, "the text message with the code", 10)
    code = "".join(character for character in texts[0] if character.isdigit())[:6]
    await call.press(code + "#")
    await hears(call, "leaf/choices_copy", within=40)
    # the figures by text message, too
    await call.press("1")
    await hears(call, "leaf/copy_sent", within=20)

    async def figures_have_come() -> bool:
        found = rows(line, "SELECT text FROM sink_text WHERE number = ?", caller)
        return len(found) > 1 and any("元" in row["text"] for row in found)

    await eventually_async(figures_have_come, "the text message with the figures", 10)
