"""A caller's voice message, heard at the desk in Chromium: played, seen, stopped by the keyboard."""

import shutil

import httpx
import pytest
from playwright.async_api import expect

from tests.browser.desk_pages import chromium, person
from tests.support.processes import eventually_async
from tests.support.stack import Line

pytestmark = pytest.mark.browser

SPOKEN = "sounds/zh/menu/main.wav"
SOME_CALL = "n1-1763764000.77"
DRAWN = """canvas => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  return data.some((value) => value > 0)
}"""


async def leave_message(line: Line) -> str:
    """What the voice menu does when the caller has spoken: the file in the spool, and word to agent_api."""
    spool = line.installation.messages_spool
    spool.mkdir(parents=True, exist_ok=True)
    name = f"{SOME_CALL}-1.wav"
    shutil.copy(line.installation.project / SPOKEN, spool / name)
    token = line.installation.credentials.service_token
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"}, trust_env=False) as voice_menu:
        answer = await voice_menu.post(
            f"{line.desk_url}/internal/v1/message",
            json={
                "call_id": SOME_CALL,
                "about": "complaint",
                "recording": name,
                "seconds": 20,
                "caller_number": "13900000001",
            },
        )
    answer.raise_for_status()
    return str(answer.json()["ticket_no"])


async def test_a_message_is_played_and_stopped_by_the_space_bar(line: Line) -> None:
    line.ensure_up()
    ticket_no = await leave_message(line)
    async with chromium() as browser, person(browser, line.desk_url) as desk:
        await desk.sign_in("8101")
        await desk.go_to("tickets")
        await desk.part("tickets-table").get_by_text(ticket_no).click()
        await desk.part("sound-open").click()
        player = desk.part("sound-player")
        await expect(player).to_have_attribute("data-playing", "true")
        assert await desk.part("sound-wave").evaluate(DRAWN)

        async def goes_on() -> bool:
            return not (await desk.part("sound-time").inner_text()).startswith("00:00")

        await eventually_async(goes_on, "the message plays", 10)
        await desk.page.keyboard.press(" ")
        await expect(player).to_have_attribute("data-playing", "false")
        await desk.page.keyboard.press("ArrowRight")
        await expect(desk.part("sound-time")).not_to_contain_text("00:01 /")
        assert desk.crashes == []
