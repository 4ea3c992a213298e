"""A recorded call, found in the list and heard at the desk in Chromium."""

import asyncio

import pytest
from playwright.async_api import expect

from hotline.outside.world import OutsideWorld
from tests.browser.desk_pages import DeskPage, chromium, person
from tests.support.hearing import hears_tone
from tests.support.journeys import talk
from tests.support.processes import eventually_async
from tests.support.stack import Desk, Line

pytestmark = pytest.mark.browser

CALLER = "13900000012"
DRAWN = """box => {
  const inside = box.querySelector('div').shadowRoot
  const canvases = [...inside.querySelectorAll('canvas')].filter((canvas) => canvas.width > 0)
  return canvases.some((canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
    return data.some((value) => value > 0)
  })
}"""


async def recorded_call(line: Line, outside: OutsideWorld) -> str:
    """A conversation of a few seconds, put away."""
    async with line.sign_in("8005") as agent, line.sign_in("8101") as supervisor:
        customer, phone = await talk(outside, agent, CALLER)
        await customer.play_tone(620)
        await phone.play_tone(880)
        await hears_tone(phone, 620)  # the agent number has been spoken
        await asyncio.sleep(8)
        await customer.hang_up()
        await eventually_async(lambda: _is_stored(supervisor, phone.hotline_call_id), "the recording is stored", 30)
    return phone.hotline_call_id


async def _is_stored(desk: Desk, call_id: str) -> bool:
    items = (await desk.get(f"/recordings?call_id={call_id}")).json()["items"]
    return bool(items) and items[0]["state"] == "stored"


async def place_of(desk: DeskPage) -> float:
    return float(await desk.part("recording-player").get_attribute("data-at") or 0)


async def test_a_call_is_found_and_heard(line: Line, outside: OutsideWorld) -> None:
    call_id = await recorded_call(line, outside)
    async with chromium() as browser, person(browser, line.desk_url) as desk:
        await desk.sign_in("8101")
        await desk.go_to("calls")
        await desk.page.locator(f'[data-testid="calls-row"][data-call-id="{call_id}"]').click()
        await expect(desk.part("recording")).to_have_attribute("data-state", "stored")
        await desk.part("recording-open").click()
        player = desk.part("recording-player")
        await expect(player).to_have_attribute("data-playing", "false")
        assert await desk.part("recording-wave").evaluate(DRAWN)
        await player.press(" ")
        await expect(player).to_have_attribute("data-playing", "true")

        async def goes_on() -> bool:
            return await place_of(desk) > 1

        await eventually_async(goes_on, "the recording plays", 10)
        await player.press(" ")
        await expect(player).to_have_attribute("data-playing", "false")
        before = await place_of(desk)
        await player.press("ArrowRight")
        await eventually_async(lambda: _beyond(desk, before + 4), "the arrow jumps", 5)
        await desk.part("recording-side-agent").click()
        await player.press("Home")
        await player.press("ArrowUp")
        await player.press(" ")
        await eventually_async(goes_on, "it plays again, faster and one side alone", 10)
        assert desk.crashes == []


async def _beyond(desk: DeskPage, seconds: float) -> bool:
    return await place_of(desk) >= seconds
