"""Articles: written, approved by somebody else, released, expired; and what the voice menu plays meanwhile."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from agent_api.auth import repository as auth_repository
from agent_api.demo.knowledge import article_id
from tests.component.agent_api.harness import NOW, Desk, ask, desk_on

pytestmark = pytest.mark.component

TARIFFS = article_id("topic-tariffs")
NEW = {"title": "资费套餐", "body": "新推出畅享二十九元套餐。", "keywords": ["畅享"]}
EDITOR, APPROVER = "8703", "8704"
"""Of the national centre; 8701 and 8702 of the province's."""


@pytest.fixture
async def desk(demo_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    monkeypatch.setenv("HOTLINE_HOME", str(tmp_path))
    async with desk_on(demo_database) as running:
        yield running


async def spoken(desk: Desk, topic: str = "tariffs", **more: str) -> tuple[object, object]:
    found = await ask(desk, "article", **{"topic": topic, "language": "zh"} | more)
    return found["result"], found["prompt"]


async def event(client: httpx.AsyncClient, article: str, version: int, name: str, remark: str = "") -> httpx.Response:
    path = f"/api/v1/articles/{article}/versions/{version}/events"
    return await client.post(path, json={"event": name, "remark": remark})


async def release(desk: Desk, article: str, version: int, writer: str = EDITOR, approver: str = APPROVER) -> None:
    async with desk.signed_in(writer) as editor:
        assert (await event(editor, article, version, "submit")).status_code == 200
    async with desk.signed_in(approver) as other:
        answer = await event(other, article, version, "approve")
        assert answer.status_code == 200, answer.text


async def create(desk: Desk, writer: str = EDITOR, **fields: Any) -> str:
    async with desk.signed_in(writer) as editor:
        sent = NEW | {"center": "cn", "category": "移动业务"} | fields
        answer = await editor.post("/api/v1/articles", json=sent)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["article_id"])


async def found(desk: Desk, q: str, who: str = "8001", **more: str) -> list[str]:
    async with desk.signed_in(who) as agent:
        answer = await agent.get("/api/v1/articles/search", params={"q": q} | more)
    assert answer.status_code == 200, answer.text
    return [each["article_id"] for each in answer.json()]


@pytest.mark.parametrize("topic", ["tariffs", "roaming", "coverage", "services", "shops", "offers"])
async def test_the_shipped_articles(desk: Desk, topic: str) -> None:
    assert await spoken(desk, topic) == ("ok", f"article/{topic}")
    assert await spoken(desk, topic, language="en") == ("ok", f"article/{topic}")
    assert (await spoken(desk, "dance"))[0] == "none"


async def test_a_new_version_is_spoken_when_it_is_approved_and_its_sound_is_there(desk: Desk) -> None:
    async with desk.signed_in(EDITOR) as editor:
        draft = (await editor.put(f"/api/v1/articles/{TARIFFS}", json=NEW)).json()
    assert (draft["version"], draft["standing"], draft["current"]) == (2, "draft", 1)
    prompt = draft["versions"][0]["prompt"]
    desk.context.speech.path("zh", prompt.removeprefix("own/")).parent.mkdir(parents=True)
    await release(desk, TARIFFS, 2)
    assert await spoken(desk) == ("ok", "article/tariffs"), "the one before until its sound is ready"
    waiting = desk.context.speech.next_pending()
    assert waiting is not None
    assert (waiting.id, waiting.text) == (prompt, NEW["body"])
    desk.context.speech.path("zh", waiting.slug).write_bytes(b"RIFF")
    assert await spoken(desk) == ("ok", prompt)
    assert await spoken(desk, language="en") == ("ok", "article/tariffs")
    async with desk.context.db.read() as session:
        log = [each for each in await auth_repository.audit_log(session) if each.subject == "article"]
    done = [(each.actor, each.action) for each in log]
    assert done == [(EDITOR, "article.written"), (EDITOR, "article.submit"), (APPROVER, "article.approve")]


async def test_nobody_approves_what_he_wrote(desk: Desk) -> None:
    article = await create(desk)
    async with desk.signed_in(EDITOR) as editor:
        await event(editor, article, 1, "submit")
        assert (await event(editor, article, 1, "approve")).status_code == 403
    async with desk.signed_in("8702") as province:
        refused = await event(province, article, 1, "approve")
        assert refused.json()["code"] == "article.not_your_center"
    async with desk.signed_in(APPROVER) as approver:
        back = (await event(approver, article, 1, "reject", "请写明资费")).json()
        assert (back["standing"], back["versions"][0]["remark"]) == ("draft", "请写明资费")
        assert (await event(approver, article, 1, "approve")).json()["code"] == "article.wrong_state"
    assert article not in await found(desk, "畅享二十九元套餐")


async def test_it_is_in_force_from_and_until_its_times(desk: Desk) -> None:
    starts, ends = NOW + timedelta(hours=1), NOW + timedelta(days=2)
    article = await create(desk, title="卫星电话业务", valid_from=starts.isoformat(), valid_until=ends.isoformat())
    await release(desk, article, 1)
    assert article not in await found(desk, "卫星电话")
    desk.clock.move(hours=1)
    assert (await found(desk, "卫星电话"))[0] == article
    desk.clock.move(days=2)
    assert article not in await found(desk, "卫星电话")
    async with desk.signed_in("8001") as agent:
        assert (await agent.get(f"/api/v1/articles/{article}")).status_code == 404
    async with desk.signed_in(EDITOR) as editor:
        assert (await editor.get(f"/api/v1/articles/{article}")).json()["standing"] == "expired"


async def test_an_expired_topic_is_not_spoken(desk: Desk) -> None:
    async with desk.signed_in(APPROVER) as approver:
        assert (await event(approver, TARIFFS, 1, "expire")).json()["standing"] == "expired"
    assert (await spoken(desk))[0] == "none"
    assert TARIFFS not in await found(desk, "资费套餐", limit="50")


async def test_the_province_and_the_city_have_their_own(desk: Desk) -> None:
    assert (await found(desk, "营业厅地址", who="8007"))[0] == article_id("shops-find")
    assert (await found(desk, "营业厅地址", who="8001"))[0] == article_id("shops-js")
    assert (await found(desk, "营业厅地址", who="8005"))[0] == article_id("shops-nj")
    nanjing = await found(desk, "营业厅地址", who="8001", center="js-nj")
    assert nanjing[0] == article_id("shops-nj")
    assert article_id("shops-find") not in nanjing
    own = await create(desk, "8701", center="js", topic="tariffs", stands_in_for=TARIFFS)
    await release(desk, own, 1, "8701", "8702")
    slug = f"article_tariffs_{own[:8]}_1"
    desk.context.speech.path("zh", slug).write_bytes(b"RIFF")
    assert await spoken(desk, center="js-nj") == ("ok", f"own/{slug}")
    assert await spoken(desk, center="sc") == ("ok", "article/tariffs")


async def test_everybody_reads_editors_write(desk: Desk) -> None:
    async with desk.signed_in("8001") as agent:
        listed = (await agent.get("/api/v1/articles")).json()
        shown = (await agent.get(f"/api/v1/articles/{TARIFFS}")).json()
        assert (await agent.put(f"/api/v1/articles/{TARIFFS}", json=NEW)).status_code == 403
    assert len(listed) > 60
    assert [each["version"] for each in shown["versions"]] == [1]
    assert not shown["may_write"]
    async with desk.signed_in(EDITOR) as editor:
        assert (await editor.put("/api/v1/articles/dance", json=NEW)).status_code == 404
        assert (await editor.put(f"/api/v1/articles/{TARIFFS}", json=NEW | {"body": " "})).status_code == 422
        long = await editor.put(f"/api/v1/articles/{TARIFFS}", json=NEW | {"body": "长" * 501})
        assert long.json()["code"] == "article.too_long_to_speak"
        backwards = NEW | {"valid_from": "2027-01-02T00:00:00Z", "valid_until": "2027-01-01T00:00:00Z"}
        assert (await editor.put(f"/api/v1/articles/{TARIFFS}", json=backwards)).status_code == 422


async def test_words_that_mean_the_same_are_data(desk: Desk) -> None:
    suspend = article_id("suspend-keep")
    assert suspend not in await found(desk, "冬眠卡")
    async with desk.signed_in(EDITOR) as editor:
        made = (await editor.post("/api/v1/articles/words/synonyms", json={"words": ["停机保号", "冬眠卡"]})).json()
    assert (await found(desk, "冬眠卡"))[0] == suspend
    async with desk.signed_in(EDITOR) as editor:
        await editor.delete(f"/api/v1/articles/words/synonyms/{made['group_id']}")
    assert suspend not in await found(desk, "冬眠卡")
