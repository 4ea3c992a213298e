"""Hearing prompts, and a centre's own ones: recorded, written, used, deleted."""

import io
import wave
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import numpy as np
import pytest

from agent_api.menus.schemas import SMALL_TREE
from tests.component.agent_api.harness import Desk, desk_on

pytestmark = pytest.mark.component

PROMPTS = "/api/v1/menus/prompts"


def recording(seconds: float = 1.0, rate: int = 44100) -> bytes:
    tone = np.sin(np.arange(int(seconds * rate)) * 2 * np.pi * 440 / rate) * 8000
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(tone.astype("<i2").tobytes())
    return buffer.getvalue()


@pytest.fixture
async def desk(demo_database: str, tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_on(demo_database, prompts_folder=tmp_path / "prompts") as running:
        yield running


@pytest.fixture
async def admin(desk: Desk) -> AsyncIterator[httpx.AsyncClient]:
    async with desk.signed_in("8602") as client:
        yield client


async def test_hearing_what_a_caller_hears(admin: httpx.AsyncClient) -> None:
    answer = await admin.get(f"{PROMPTS}/menu/main/audio", params={"language": "zh"})
    assert (answer.status_code, answer.headers["content-type"]) == (200, "audio/wav")
    with wave.open(io.BytesIO(answer.content)) as file:
        assert (file.getframerate(), file.getnchannels()) == (8000, 1)


@pytest.mark.parametrize(
    "prompt_id",
    ["../../pyproject", "..%2f..%2fpyproject", "own/../../x", "own/..%2fx", "/etc/passwd", "menu/nothing", "own/none"],
)
async def test_no_other_file_can_be_had(admin: httpx.AsyncClient, prompt_id: str) -> None:
    answer = await admin.get(f"{PROMPTS}/{prompt_id}/audio")
    assert answer.status_code in (404, 422)
    assert "audio" not in answer.headers["content-type"]


async def test_a_recording_is_ready_at_once(desk: Desk, admin: httpx.AsyncClient) -> None:
    files = {"file": ("x.wav", recording(), "audio/wav")}
    answer = await admin.post(PROMPTS, data={"slug": "festival", "zh": "新年好。"}, files=files)
    assert answer.status_code == 200, answer.text
    made = answer.json()
    assert (made["id"], made["zh"], made["own"], made["state"]) == ("own/festival", "新年好。", True, "ready")
    heard = await admin.get(f"{PROMPTS}/own/festival/audio")
    with wave.open(io.BytesIO(heard.content)) as file:
        assert file.getframerate() == 8000
        assert 0.9 < file.getnframes() / 8000 < 1.3


async def test_what_was_not_recorded_is_spoken_by_the_machine(desk: Desk, admin: httpx.AsyncClient) -> None:
    texts = {"slug": "festival", "zh": "新年好。", "en": "Happy New Year."}
    answer = await admin.post(PROMPTS, data=texts, files={"file": ("x.wav", recording(), "audio/wav")})
    assert (answer.json()["state"], answer.json()["en"]) == ("pending", "Happy New Year.")
    assert (await admin.get(f"{PROMPTS}/own/festival/audio")).status_code == 200


async def test_a_text_waits_to_be_spoken_and_is_missing_until_then(desk: Desk, admin: httpx.AsyncClient) -> None:
    answer = await admin.post(PROMPTS, data={"slug": "sale", "zh": "优惠请按1。", "en": "For offers, press 1."})
    assert (answer.json()["state"], answer.json()["en"]) == ("pending", "For offers, press 1.")
    main = SMALL_TREE["nodes"]["main"] | {"prompts": ["own/sale"], "keys": {"1": "message"}}
    tree = SMALL_TREE | {"nodes": SMALL_TREE["nodes"] | {"main": main}}

    async def problems() -> list[str]:
        found = (await admin.post("/api/v1/menus/check", json={"tree": tree})).json()["problems"]
        return [each["code"] for each in found]

    assert await problems() == ["prompt.unknown"]
    desk.context.speech.put_recording(recording(), "zh", "sale", "优惠请按1。")
    desk.context.speech.put_recording(recording(), "en", "sale", "For offers, press 1.")
    assert await problems() == []


async def test_what_a_tree_names_cannot_be_deleted(admin: httpx.AsyncClient) -> None:
    files = {"file": ("x.wav", recording(), "audio/wav")}
    await admin.post(PROMPTS, data={"slug": "used", "zh": "您好。"}, files=files)
    agent = SMALL_TREE["nodes"]["agent"] | {"prompts": ["own/used"]}
    tree = SMALL_TREE | {"nodes": SMALL_TREE["nodes"] | {"agent": agent}}
    saved = await admin.put("/api/v1/menus/centers/cn/draft", json={"tree": tree, "note": ""})
    assert saved.status_code == 200, saved.text
    refused = await admin.delete(f"{PROMPTS}/own/used")
    assert (refused.status_code, refused.json()["code"]) == (409, "prompt.in_use")
    body = {"tree": SMALL_TREE, "note": "", "based_on": saved.json()["etag"]}
    await admin.put("/api/v1/menus/centers/cn/draft", json=body)
    assert (await admin.delete(f"{PROMPTS}/own/used")).status_code == 204
    assert (await admin.get(f"{PROMPTS}/own/used/audio")).status_code == 404


async def test_what_an_announcement_says_cannot_be_deleted(admin: httpx.AsyncClient) -> None:
    files = {"file": ("x.wav", recording(), "audio/wav")}
    await admin.post(PROMPTS, data={"slug": "notice", "zh": "抢修。"}, files=files)
    notice = {"center": "cn", "title": "抢修", "prompts": ["own/notice"], "active": False}
    assert (await admin.post("/api/v1/announcements", json=notice)).status_code == 200
    assert (await admin.delete(f"{PROMPTS}/own/notice")).status_code == 409


async def test_the_products_prompts_stay(admin: httpx.AsyncClient) -> None:
    assert (await admin.delete(f"{PROMPTS}/menu/main")).status_code == 404


@pytest.mark.parametrize("slug", ["../x", "A", "", "a b", "x" * 70])
async def test_bad_names(admin: httpx.AsyncClient, slug: str) -> None:
    assert (await admin.post(PROMPTS, data={"slug": slug, "zh": "您好。"})).status_code == 422


async def test_what_is_no_sound_and_nothing_at_all(admin: httpx.AsyncClient) -> None:
    files = {"file": ("x.wav", b"no sound", "audio/wav")}
    assert (await admin.post(PROMPTS, data={"slug": "x", "zh": "您好。"}, files=files)).status_code == 422
    assert (await admin.post(PROMPTS, data={"slug": "x"})).status_code == 422
