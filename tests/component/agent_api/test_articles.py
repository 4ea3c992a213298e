"""Articles: the shipped ones, edited ones, and what the voice menu plays meanwhile."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agent_api.auth import repository as auth_repository
from tests.component.agent_api.harness import Desk, ask, desk_on

pytestmark = pytest.mark.component

NEW = {"language": "zh", "title": "资费套餐", "text": "新推出畅享二十九元套餐。"}


@pytest.fixture
async def desk(demo_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    monkeypatch.setenv("HOTLINE_HOME", str(tmp_path))
    async with desk_on(demo_database) as running:
        yield running


async def spoken(desk: Desk, topic: str = "tariffs", language: str = "zh") -> tuple[object, object]:
    found = await ask(desk, "article", topic=topic, language=language)
    return found["result"], found["prompt"]


@pytest.mark.parametrize("topic", ["tariffs", "roaming", "coverage", "services", "shops", "offers"])
async def test_the_shipped_articles(desk: Desk, topic: str) -> None:
    assert await spoken(desk, topic) == ("ok", f"article/{topic}")
    assert await spoken(desk, topic, "en") == ("ok", f"article/{topic}")
    assert (await spoken(desk, "dance"))[0] == "none"


async def test_an_edited_article_is_spoken_when_its_sound_is_there(desk: Desk) -> None:
    async with desk.signed_in("8601") as editor:
        written = (await editor.put("/api/v1/articles/tariffs", json=NEW)).json()
    assert (written["version"], written["prompt"], written["created_by"]) == (1, "own/article_tariffs_1", "8601")
    assert await spoken(desk) == ("ok", "article/tariffs"), "not yet"
    sound = desk.context.speech.path("zh", "article_tariffs_1")
    sound.write_bytes(b"RIFF")
    assert await spoken(desk) == ("ok", "own/article_tariffs_1")
    assert await spoken(desk, language="en") == ("ok", "article/tariffs")
    async with desk.signed_in("8601") as editor:
        assert (await editor.put("/api/v1/articles/tariffs", json=NEW)).json()["version"] == 2
    assert await spoken(desk) == ("ok", "own/article_tariffs_1"), "the one before until the new one is ready"
    async with desk.context.db.read() as session:
        audited = [entry for entry in await auth_repository.audit_log(session) if entry.action == "article.written"]
    assert [entry.subject_id for entry in audited] == ["tariffs/zh/1", "tariffs/zh/2"]


async def test_everybody_reads_editors_write(desk: Desk) -> None:
    async with desk.signed_in("8001") as agent:
        articles = (await agent.get("/api/v1/articles")).json()
        assert (await agent.put("/api/v1/articles/tariffs", json=NEW)).status_code == 403
    assert {(each["topic"], each["language"]) for each in articles} >= {("shops", "zh"), ("shops", "en")}
    assert {each["version"] for each in articles} == {0}
    async with desk.signed_in("8601") as editor:
        assert (await editor.put("/api/v1/articles/dance", json=NEW)).status_code == 404
        assert (await editor.put("/api/v1/articles/tariffs", json=NEW | {"text": " "})).status_code == 422
