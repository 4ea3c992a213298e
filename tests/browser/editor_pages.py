"""Page object of the menu editor: what somebody does there to a tree, in a person's words."""

from datetime import datetime
from pathlib import Path

from playwright.async_api import Locator, expect

from tests.browser.desk_pages import DeskPage


class EditorPage:
    """The editor in a desk that is signed in already."""

    def __init__(self, desk: DeskPage) -> None:
        self.desk = desk
        self.page = desk.page

    @classmethod
    async def open(cls, desk: DeskPage) -> "EditorPage":
        await desk.go_to("menus")
        await expect(desk.part("menu-node-main")).to_be_visible()
        return cls(desk)

    def node(self, node_id: str) -> Locator:
        return self.desk.part(f"menu-node-{node_id}")

    async def choose(self, node_id: str) -> None:
        await self.node(node_id).click()
        await expect(self.desk.part("menu-panel")).to_have_attribute("data-node", node_id)

    async def unfold(self, node_id: str) -> None:
        await self.desk.part(f"menu-fold-{node_id}").click()

    async def find(self, words: str) -> None:
        """Go to the first node that has these words."""
        await self.desk.part("menu-search").fill(words)
        await self.desk.part("menu-search").press("Enter")

    async def rename(self, title: str) -> None:
        await self.desk.part("menu-title").fill(title)

    async def unbind(self, key: str) -> None:
        """Nothing behind this key any more."""
        target = self.desk.part(f"menu-key-{key}")
        await target.hover()
        await target.locator(".el-select__clear").click()
        await expect(target).to_have_count(0)

    async def look_at(self, tab: str) -> None:
        """node, tree, problems, try, prompts or versions."""
        await self.desk.part(f"menu-tab-{tab}").click()

    async def shows(self, *, state: str | None = None, version: int | None = None, dirty: bool | None = None) -> None:
        shown = self.desk.part("menu-shown")
        if state is not None:
            await expect(shown).to_have_attribute("data-state", state)
        if version is not None:
            await expect(shown).to_have_attribute("data-version", str(version))
        if dirty is not None:
            await expect(shown).to_have_attribute("data-dirty", str(dirty).lower())

    async def publish(self, note: str) -> None:
        await self.desk.part("menu-publish").click()
        await self.desk.part("menu-publish-note").fill(note)
        await self.desk.part("menu-publish-submit").click()
        await expect(self.desk.part("menu-publish-note")).to_be_hidden()

    async def publish_at(self, note: str, at: datetime) -> None:
        """Have it go live at this moment, to the second, in the centre's time zone."""
        await self.desk.part("menu-publish").click()
        await self.desk.part("menu-publish-note").fill(note)
        await self.desk.part("menu-publish-later").click()
        moment = self.desk.part("menu-publish-at").locator("input")
        await moment.fill(f"{at:%Y-%m-%d %H:%M:%S}")
        await moment.press("Enter")
        await self.desk.part("menu-publish-submit").click()
        await expect(self.desk.part("menu-publish-note")).to_be_hidden()

    async def upload_prompt(self, slug: str, chinese: str, english: str, recording: Path) -> None:
        """A recorded Chinese voice as a new prompt of the chosen node; the machine speaks the English."""
        await self.desk.part("menu-prompt-new").click()
        await self.desk.part("menu-prompt-slug").fill(slug)
        await self.desk.part("menu-prompt-by-file").click()
        await self.desk.part("menu-prompt-zh").fill(chinese)
        await self.desk.part("menu-prompt-en").fill(english)
        await self.desk.part("menu-prompt-file").set_input_files(recording)
        await self.desk.part("menu-prompt-submit").click()
        await expect(self.desk.part("menu-prompt-submit")).to_be_hidden()

    async def roll_back(self) -> None:
        await self.look_at("versions")
        await self.desk.part("menu-rollback").click()
        await self.page.locator(".el-message-box .el-button--primary").click()
