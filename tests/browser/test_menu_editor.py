"""Somebody who may edit menus, in Chromium: change, see what is wrong, mend, publish, take back; and try a call out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import expect

from tests.browser.desk_pages import DeskPage, chromium, person
from tests.browser.editor_pages import EditorPage
from tests.support.stack import Line

pytestmark = pytest.mark.browser

EDITOR = "8601"
WATCHER = "8101"
RECORDED = Path(__file__).parents[2] / "sounds" / "zh" / "welcome.wav"


@asynccontextmanager
async def editor_of(line: Line, agent_no: str) -> AsyncIterator[tuple[DeskPage, EditorPage]]:
    async with chromium() as browser, person(browser, line.desk_url) as desk:
        await desk.sign_in(agent_no)
        yield desk, await EditorPage.open(desk)
        assert desk.crashes == []


async def test_a_menu_is_changed_mended_published_and_taken_back(line: Line) -> None:
    async with editor_of(line, EDITOR) as (desk, editor):
        await editor.shows(state="inherited", dirty=False)
        await editor.choose("fault")
        await editor.rename("障碍受理")
        await editor.unbind("4")

        await editor.look_at("problems")
        lost = desk.part("menu-problem").and_(desk.page.locator("[data-node=fault_other]"))
        await expect(lost).to_be_visible()
        await expect(desk.part("menu-publish")).to_be_disabled()
        await lost.click()
        await expect(desk.part("menu-panel")).to_have_attribute("data-node", "fault_other")

        await desk.part("menu-undo").click()
        await expect(desk.part("menu-problem-count")).to_be_hidden()
        await expect(editor.node("fault")).to_contain_text("障碍受理")
        await desk.part("menu-save").click()
        await editor.shows(state="draft", dirty=False)

        await editor.publish("改名")
        await editor.shows(state="live", version=1)
        await editor.roll_back()
        await editor.shows(state="inherited")
        await expect(editor.node("fault")).to_contain_text("障碍申告")


async def zone_of(line: Line) -> ZoneInfo:
    """In which the desk shows and takes every time."""
    async with line.sign_in(EDITOR) as own:
        return ZoneInfo((await own.get("/session")).json()["timezone"])


async def test_a_recorded_voice_is_uploaded_and_goes_live_at_its_hour(line: Line) -> None:
    async with editor_of(line, EDITOR) as (desk, editor):
        await editor.choose("fault")
        await editor.upload_prompt("fault_by_voice", "障碍申告", "Fault reports.", RECORDED)
        await expect(desk.part("menu-prompts")).to_contain_text("own/fault_by_voice")
        async with desk.page.expect_response(lambda answer: "fault_by_voice/audio" in answer.url) as heard:
            await (
                desk.part("menu-prompts")
                .locator("[data-prompt='own/fault_by_voice']")
                .get_by_test_id("menu-play-zh")
                .click()
            )
        assert (await heard.value).ok

        await editor.publish_at("换成真人录音", datetime.now(await zone_of(line)) + timedelta(seconds=5))
        await editor.look_at("versions")
        version = desk.page.locator("[data-testid^=menu-version-]").first
        await expect(version).to_have_attribute("data-state", "scheduled")
        await expect(version).to_have_attribute("data-state", "live", timeout=30_000)
        await editor.roll_back()
        await expect(version).to_have_attribute("data-state", "retired")


async def test_a_call_is_tried_out_with_sound(line: Line) -> None:
    async with editor_of(line, EDITOR) as (desk, editor):
        await editor.look_at("try")
        async with desk.page.expect_response(lambda answer: "/menus/prompts/welcome/audio" in answer.url) as heard:
            await desk.part("menu-sim-start").click()
        assert (await heard.value).ok
        for key in "1114":
            await desk.part(f"menu-sim-key-{key}").click()
        steps = desk.part("menu-sim-steps").locator("li")
        await expect(steps.last).to_have_attribute("data-node", "bill_mobile_package")
        await desk.part("menu-sim-outcome-end").click()
        await expect(desk.part("menu-sim-end")).to_be_visible()


async def test_the_whole_tree_can_be_unfolded_and_searched(line: Line) -> None:
    async with editor_of(line, EDITOR) as (desk, editor):
        await expect(editor.node("emergency_report")).to_have_count(0)
        await editor.find("涉诈与骚扰举报")
        await expect(desk.part("menu-panel")).to_have_attribute("data-node", "emergency_report")
        await expect(editor.node("emergency_report")).to_be_in_viewport()
        await desk.part("menu-zoom-unfold").click()
        await expect(desk.page.locator("[data-testid^=menu-node-]")).not_to_have_count(0)
        assert await desk.page.locator("[data-testid^=menu-node-]").count() > 120


async def test_a_supervisor_looks_but_does_not_touch(line: Line) -> None:
    async with editor_of(line, WATCHER) as (desk, editor):
        await editor.choose("bill")
        await expect(desk.part("menu-title")).to_be_disabled()
        await expect(desk.part("menu-publish")).to_have_count(0)
