"""The library of menus on a real HTTP server and a real disk: news, restarts, bad trees, nobody there."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from ivr import menus
from ivr.directory import HttpDirectory
from ivr.menus import SHIPPED, MenuLibrary, shipped
from ivr.observe import Metrics
from tests.component.ivr.http_stub import HttpStub, http_stub
from tests.component.ivr.peer import eventually

pytestmark = pytest.mark.component

TREE = shipped().tree.model_dump(mode="json")


def published(center: str, version: int = 1, dids: tuple[str, ...] = (), **changed: Any) -> dict[str, Any]:
    return {"center": center, "version": version, "dids": dids, "tree": TREE | changed}


def news(*trees: dict[str, Any], gone: tuple[str, ...] = (), homes: dict[str, str] | None = None) -> dict[str, Any]:
    return {"changed": trees, "gone": gone, "homes": homes or {}}


@pytest.fixture
async def api() -> AsyncIterator[HttpStub]:
    async with http_stub() as stub:
        stub.say(news())
        yield stub


@pytest.fixture
async def directory(api: HttpStub, metrics: Metrics) -> AsyncIterator[HttpDirectory]:
    client = HttpDirectory(f"http://127.0.0.1:{api.port}", SecretStr("t"), timedelta(seconds=0.5), metrics)
    yield client
    await client.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "menus.json"


def library(file: Path | None = None) -> MenuLibrary:
    made = MenuLibrary(file, ("zh", "en"))
    made.load()
    return made


async def test_the_shipped_menus_serve_until_others_are_published(api: HttpStub, directory: HttpDirectory) -> None:
    menus = library()
    assert (menus.pick("10010", "js").center, menus.state) == (
        SHIPPED,
        "not refreshed yet; in force: the shipped menus",
    )
    api.say(news(published("cn", 3)))
    await menus.refresh(directory)
    assert api.asked == [{"known": {}}]
    assert (menus.pick("10010", "js").center, menus.pick("10010", "").version) == ("cn", 3)
    assert (menus.state, menus.versions) == ("ok", {"cn": 3})


async def test_a_call_goes_by_number_then_centre_then_country(api: HttpStub, directory: HttpDirectory) -> None:
    menus = library()
    homes = {"": "cn", "cn": "cn", "js": "js", "js-nj": "js", "sc": "cn"}
    api.say(news(published("js"), published("cn"), published("sc-cd", dids=("10015",)), homes=homes))
    await menus.refresh(directory)
    assert menus.pick("10015", "js").center == "sc-cd"
    assert menus.pick("10010", "js").center == "js"
    assert menus.pick("10010", "js-nj").center == "js"
    assert menus.pick("10010", "sc").center == "cn"
    assert menus.pick("10010", "").center == "cn"
    assert menus.pick("10010", "new").center == "cn"


async def test_news_replaces_and_removes(api: HttpStub, directory: HttpDirectory) -> None:
    menus = library()
    api.say(news(published("cn"), published("js")))
    await menus.refresh(directory)
    before = menus.pick("", "js")
    api.say(news(published("js", 2, title="新")))
    await menus.refresh(directory)
    assert (before.version, menus.pick("", "js").version, menus.pick("", "js").tree.title) == (1, 2, "新")
    api.say(news(gone=("js",)))
    await menus.refresh(directory)
    assert api.asked[-1] == {"known": {"cn": 1, "js": 2}}
    assert menus.pick("", "js").center == "cn"


async def test_the_last_good_answer_is_there_after_a_restart(
    api: HttpStub, directory: HttpDirectory, file: Path
) -> None:
    api.say(news(published("cn", 7), published("js", 2), homes={"js-nj": "js"}))
    await library(file).refresh(directory)
    again = library(file)
    assert (again.versions, again.pick("", "js-nj").version) == ({"cn": 7, "js": 2}, 2)


@pytest.mark.parametrize("stored", [b"", b"not json", b'{"trees": 1}', b'{"trees": [{"center": "cn"}], "homes": {}}'])
def test_a_spoilt_file_is_no_reason_not_to_start(file: Path, stored: bytes) -> None:
    file.write_bytes(stored)
    assert library(file).pick("10010", "").center == SHIPPED


@pytest.mark.parametrize(
    "bad",
    [
        {"start": "nowhere"},
        {"nodes": {}},
        {"operator": "main"},
        {"nodes": TREE["nodes"] | {"x": {"kind": "task", "title": "x", "task": "no.such"}}},
        {"nodes": TREE["nodes"] | {"x": {"kind": "menu", "title": "x", "prompts": ["a"], "keys": {"1": "lost"}}}},
        {"nodes": TREE["nodes"] | {"x": {"kind": "task", "title": "x", "task": "order"}}},
        {"languages": []},
    ],
)
async def test_a_bad_tree_is_refused_and_the_old_one_stays(
    api: HttpStub, directory: HttpDirectory, bad: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    menus = library()
    api.say(news(published("cn"), published("js")))
    await menus.refresh(directory)
    api.say(news(published("cn", 2, **bad), published("js", 2)))
    await menus.refresh(directory)
    assert menus.versions == {"cn": 1, "js": 2}
    assert "refused: cn 2" in menus.state
    assert "menu refused" in capsys.readouterr().out
    api.say(news(published("cn", 3)))
    await menus.refresh(directory)
    assert api.asked[-1] == {"known": {"cn": 2, "js": 2}}
    assert (menus.versions["cn"], menus.state) == (3, "ok")


async def test_nobody_there_leaves_all_as_it_is(api: HttpStub, directory: HttpDirectory) -> None:
    menus = library()
    api.say(news(published("cn", 4)))
    await menus.refresh(directory)
    for status, body in ((500, b"{}"), (200, b"nonsense"), (200, b'{"changed": [1]}')):
        api.status, api.body = status, body
        await menus.refresh(directory)
        assert menus.versions == {"cn": 4}
        assert menus.state.startswith("not refreshed")
        assert "cn 4" in menus.state


async def test_a_disk_that_is_full_or_away_costs_the_file_only(
    api: HttpStub, directory: HttpDirectory, tmp_path: Path
) -> None:
    menus = library(tmp_path / "missing" / "menus.json")
    api.say(news(published("cn")))
    await menus.refresh(directory)
    assert menus.versions == {"cn": 1}


async def test_news_is_asked_for_in_the_background(
    api: HttpStub, directory: HttpDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(menus, "POLL_SECONDS", 0.01)
    shelf = library()
    following = asyncio.create_task(shelf.follow(directory))
    api.say(news(published("cn", 5)))
    await eventually(lambda: shelf.versions == {"cn": 5})
    api.say(news(published("cn", 6)))
    await eventually(lambda: shelf.versions == {"cn": 6})
    following.cancel()


async def test_a_language_whose_sounds_come_later_is_not_lost(
    api: HttpStub, directory: HttpDirectory, file: Path
) -> None:
    api.say(news(published("cn")))
    await MenuLibrary(file, ("zh",)).refresh(directory)
    assert library(file).pick("", "cn").tree.languages == ("zh", "en")


async def test_languages_without_sounds_are_left_out(api: HttpStub, directory: HttpDirectory) -> None:
    menus = MenuLibrary(None, ("zh",))
    api.say(news(published("cn"), published("en", languages=["en"])))
    await menus.refresh(directory)
    assert menus.pick("", "cn").tree.languages == ("zh",)
    assert menus.pick("", "en").tree.languages == ("zh",)
