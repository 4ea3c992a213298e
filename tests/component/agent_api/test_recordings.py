"""From Asterisk's file and the ACD's events to what is heard at the desk: nothing lost, nothing unseen."""

import base64
from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from moto.server import ThreadedMotoServer

from agent_api.recordings import sound
from agent_api.recordings.retention import RecordingPurge
from agent_api.recordings.settings import RecordingSettings, S3Settings
from agent_api.recordings.sound import RATE
from agent_api.recordings.strays import StrayRecordings
from agent_api.recordings.timeline import Gap
from tests.component.agent_api.harness import Desk, desk_on
from tests.component.agent_api.recorded_calls import CALL, a_call, audited, put_away, row, sound_of, stored, take, write

pytestmark = pytest.mark.component

BUCKET = "recordings"
KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Settings]:
    """A real HTTP server that speaks S3."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    settings = S3Settings.model_validate(
        {"bucket": BUCKET, "endpoint": f"http://{host}:{port}", "access_key": "desk", "secret_key": "secret"}
    )
    httpx.put(f"{settings.endpoint}/{BUCKET}", trust_env=False).raise_for_status()
    yield settings
    server.stop()


@pytest.fixture(params=["folder", "sealed", "s3"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> RecordingSettings:
    spool = tmp_path / "spool"
    spool.mkdir()
    how: dict[str, Any] = {"spools": {"n1": spool}, "folder": tmp_path / "kept"}
    if request.param == "sealed":
        how["key"] = KEY
    if request.param == "s3":
        how["s3"] = request.getfixturevalue("s3_server")
    return RecordingSettings(**how)


@pytest.fixture
async def desk(demo_database: str, settings: RecordingSettings) -> AsyncIterator[Desk]:
    async with desk_on(demo_database, recordings=settings) as running:
        yield running


# ---- put away and heard -------------------------------------


async def test_the_whole_way(desk: Desk, tmp_path: Path) -> None:
    await take(desk, a_call(desk))
    raw = write(desk)
    assert await put_away(desk) == 1
    assert not raw.exists()
    async with desk.signed_in("8001") as agent:
        (found,) = (await agent.get(f"/api/v1/recordings?call_id={CALL}")).json()["items"]
        assert (found["state"], found["seconds"], found["agents"], found["center_id"]) == ("stored", 11, ["8001"], "js")
        assert found["pauses"] == [{"from_ms": 1000, "to_ms": 9000, "reason": "away"}]
        assert (found["may_play"], found["may_export"]) == (True, False)
        samples = sound_of(await agent.get(f"/api/v1/recordings/{CALL}/audio"), tmp_path)
        shape = (await agent.get(f"/api/v1/recordings/{CALL}/peaks")).json()
    assert samples[0].tolist() == samples[-1].tolist() == [1000, -2000]
    assert not samples[RATE : 9 * RATE].any()
    assert (len(shape["customer"]), max(shape["customer"]), max(shape["agent"])) == (1000, 7, 15)


async def test_nobody_reads_a_sealed_file(desk: Desk, settings: RecordingSettings) -> None:
    await stored(desk)
    files = list(settings.folder.rglob("*.flac"))
    assert len(files) == (0 if settings.s3.bucket else 1)
    for file in files:
        assert (file.read_bytes()[:4] == b"fLaC") is not bool(settings.key_bytes)


async def test_parts_of_it_are_one_play(desk: Desk) -> None:
    await stored(desk)
    async with desk.signed_in("8001") as agent:
        address = f"/api/v1/recordings/{CALL}/audio"
        whole = (await agent.get(address)).content
        part = await agent.get(address, headers={"Range": "bytes=100-299"})
        assert (part.status_code, part.content) == (206, whole[100:300])
        assert part.headers["content-range"] == f"bytes 100-299/{len(whole)}"
        assert (await agent.get(address, headers={"Range": f"bytes={len(whole)}-"})).status_code == 416
        assert len(await audited(desk, "recording.play")) == 1
        desk.clock.move(minutes=16)
        await agent.get(address, headers={"Range": "bytes=1-"})
    assert [(entry.actor, entry.subject_id) for entry in await audited(desk, "recording.play")] == [("8001", CALL)] * 2


async def test_purged_after_its_time_unless_held(desk: Desk, settings: RecordingSettings) -> None:
    await stored(desk)
    await stored(desk, call_id="n1-2.2")
    async with desk.signed_in("8101") as supervisor:
        answer = await supervisor.post(f"/api/v1/recordings/{CALL}/hold", json={"reason": "法院调取"})
        assert answer.json()["held"]
    library = desk.context.recordings
    purge = RecordingPurge(desk.context.db, library.vault, settings.keep_days, desk.clock, library.metrics)
    desk.clock.move(days=179)
    assert await purge.look() == 0
    desk.clock.move(days=2)
    assert await purge.look() == 1
    assert ((await row(desk)).state, (await row(desk, "n1-2.2")).state) == ("stored", "purged")
    assert len(list(settings.folder.rglob("*.flac"))) == (0 if settings.s3.bucket else 1)
    (proof,) = await audited(desk, "recording.purge")
    assert proof.subject_id == "n1-2.2"
    assert proof.reason.startswith("sha256 ")
    async with desk.signed_in("8101") as supervisor:
        answer = await supervisor.get("/api/v1/recordings/n1-2.2/audio")
        assert (answer.status_code, answer.json()["code"]) == (409, "recording.purged")
        await supervisor.post(f"/api/v1/recordings/{CALL}/release", json={"reason": "结案"})
    assert await purge.look() == 1


# ---- nothing is lost ----------------------------------------


async def test_without_its_store_it_waits(demo_database: str, tmp_path: Path) -> None:
    (tmp_path / "spool").mkdir()
    away = S3Settings(bucket=BUCKET, endpoint="http://127.0.0.1:9", access_key="a")
    kept = RecordingSettings(spools={"n1": tmp_path / "spool"}, s3=away)
    async with desk_on(demo_database, recordings=kept) as desk:
        await take(desk, a_call(desk))
        raw = write(desk)
        assert await put_away(desk) == 0
        assert raw.exists()
        async with desk.client() as anybody:
            health = (await anybody.get("/health")).json()
            figures = (await anybody.get("/metrics")).text
        (part,) = [part for part in health["parts"] if part["name"] == "recordings"]
        assert not part["ok"]
        assert "desk_recordings_waiting 1.0" in figures
        assert ((await row(desk)).state, (await row(desk)).attempts) == ("waiting", 1)
    back = kept.model_copy(update={"s3": S3Settings(), "folder": tmp_path / "kept"})
    async with desk_on(demo_database, recordings=back) as desk:
        desk.clock.move(minutes=1)
        assert await put_away(desk) == 1
        assert await desk.context.recordings.worker.trouble() == ""


async def test_a_bad_one_does_not_hold_up_the_others(plain_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    compose = sound.compose

    def fails_for_one(raw: Path, gaps: Sequence[Gap], target: Path) -> sound.Sound:
        if raw.stem == CALL:
            raise ValueError("not a sound")
        return compose(raw, gaps, target)

    monkeypatch.setattr(sound, "compose", fails_for_one)
    for call_id in (CALL, "n1-2.2"):
        await take(plain_desk, a_call(plain_desk, call_id=call_id))
        write(plain_desk, call_id=call_id)
    assert await put_away(plain_desk) == 0
    assert await plain_desk.context.recordings.worker.trouble()
    assert await put_away(plain_desk) == 1
    assert ((await row(plain_desk)).state, (await row(plain_desk, "n1-2.2")).state) == ("waiting", "stored")


async def test_an_end_that_is_written_late_is_waited_for(plain_desk: Desk) -> None:
    await take(plain_desk, a_call(plain_desk, ago=timedelta(seconds=12)))
    write(plain_desk, 2)
    assert await put_away(plain_desk) == 0
    write(plain_desk, 3)
    assert await put_away(plain_desk) == 1
    assert (await row(plain_desk)).length_ms == 11_000


async def test_an_end_that_never_comes_is_not_waited_for_long(plain_desk: Desk) -> None:
    await take(plain_desk, a_call(plain_desk))
    write(plain_desk, 2)
    assert await put_away(plain_desk) == 1
    kept = await row(plain_desk)
    assert (kept.length_ms, kept.pauses[0]["from_ms"]) == (10_000, 667)  # a third of what was said is missing


async def test_a_spool_out_of_reach_is_not_a_loss(plain_desk: Desk) -> None:
    await take(plain_desk, a_call(plain_desk))
    spool = plain_desk.context.settings.recordings.spools["n1"]
    spool.rmdir()
    plain_desk.clock.move(hours=1)
    assert await put_away(plain_desk) == 0
    assert (await row(plain_desk)).state == "waiting"
    spool.mkdir()
    write(plain_desk)
    plain_desk.clock.move(hours=1)
    assert await put_away(plain_desk) == 1


async def test_without_a_file_it_is_shown_as_lost(plain_desk: Desk) -> None:
    await take(plain_desk, a_call(plain_desk, ago=timedelta(seconds=30)))
    await put_away(plain_desk)
    assert (await row(plain_desk)).state == "waiting"
    plain_desk.clock.move(minutes=3)
    await put_away(plain_desk)
    async with plain_desk.signed_in("8001") as agent:
        (found,) = (await agent.get(f"/api/v1/recordings?call_id={CALL}")).json()["items"]
        assert (found["state"], found["may_play"]) == ("lost", False)
        assert (await agent.get(f"/api/v1/recordings/{CALL}/audio")).json()["code"] == "recording.not_there"
        assert "desk_recordings_lost_total 1.0" in (await agent.get("/metrics")).text


async def test_events_in_any_order_and_twice(plain_desk: Desk) -> None:
    events = a_call(plain_desk)
    await take(plain_desk, list(reversed(events)))
    await take(plain_desk, events)
    write(plain_desk)
    assert await put_away(plain_desk) == 1
    assert (await row(plain_desk)).length_ms == 11_000
    assert await put_away(plain_desk) == 0


async def test_files_nobody_told_of_are_found(plain_desk: Desk) -> None:
    """The ACD was dead during the call, or its last word was lost."""
    untold = [event for event in a_call(plain_desk, ago=timedelta(minutes=9)) if "recording" not in event.type]
    await take(plain_desk, untold)
    write(plain_desk, age=timedelta(minutes=5))
    write(plain_desk, call_id="n1-3.3", age=timedelta(minutes=5))  # nobody knows this call: it may go on
    empty = write(plain_desk, 0, call_id="n1-4.4", age=timedelta(hours=5))  # its agent never answered
    strays = StrayRecordings(plain_desk.context.db, plain_desk.context.settings.recordings.spools, plain_desk.clock)
    assert await strays.look() == 1
    assert await put_away(plain_desk) == 1
    assert ((await row(plain_desk)).agents, (await row(plain_desk)).length_ms) == (["8001"], 3_000)
    assert not empty.exists()
    plain_desk.clock.move(hours=4)
    assert await strays.look() == 1
    assert await put_away(plain_desk) == 1
