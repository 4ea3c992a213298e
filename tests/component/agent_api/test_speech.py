"""Own prompts: recordings in every shape become what Asterisk plays, texts are spoken beside the calls."""

import asyncio
import contextlib
import io
import sys
import wave
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from agent_api.errors import Invalid
from agent_api.speech.audio import LEVEL_DB, active_level_db
from agent_api.speech.engines import Program, available
from agent_api.speech.store import SpeechStore, State
from agent_api.speech.worker import SpeechWorker
from hotline import listening
from tests.support.processes import eventually_async

pytestmark = pytest.mark.component

SPEECH = Path(__file__).parents[3] / "sounds" / "zh" / "welcome.wav"


def recording(
    rate: int = 8000, channels: int = 1, subtype: str = "PCM_16", form: str = "WAV", gain: float = 0.1
) -> bytes:
    """A real prompt, as someone might upload it."""
    samples = soxr.resample(listening.read(SPEECH), 8000, rate) * gain
    buffer = io.BytesIO()
    soundfile.write(buffer, np.column_stack([samples] * channels), rate, subtype=subtype, format=form)
    return buffer.getvalue()


@pytest.fixture
def store(tmp_path: Path) -> SpeechStore:
    return SpeechStore(tmp_path / "prompts")


@pytest.mark.parametrize("rate", [8000, 11025, 16000, 22050, 44100, 48000, 96000])
@pytest.mark.parametrize(("channels", "subtype", "form"), [(1, "PCM_16", "WAV"), (2, "PCM_24", "WAVEX")])
def test_any_recording_becomes_a_prompt(store: SpeechStore, rate: int, channels: int, subtype: str, form: str) -> None:
    done = store.put_recording(recording(rate, channels, subtype, form), "zh", "greeting", "您好")
    path = store.path("zh", "greeting")
    assert path.parts[-3:] == ("zh", "own", "greeting.wav")
    with wave.open(str(path), "rb") as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (8000, 1, 2)
    assert abs(listening.active_level_db(listening.read(path)) - LEVEL_DB) < 1.0
    assert listening.heard(path, SPEECH).coverage > 0.9
    assert (done.state, done.made_by, done.id) == (State.READY, "recording", "own/greeting")
    assert done.seconds == pytest.approx(listening.read(SPEECH).size / 8000, abs=0.2)
    assert path.stat().st_mode & 0o777 == 0o644
    assert path.parent.stat().st_mode & 0o055 == 0o055


@pytest.mark.parametrize("form", ["FLAC", "OGG"])
def test_other_formats_are_taken_too(store: SpeechStore, form: str) -> None:
    subtype = "VORBIS" if form == "OGG" else "PCM_16"
    assert store.put_recording(recording(16000, 1, subtype, form), "en", "hello").state is State.READY


def silence(seconds: float) -> bytes:
    buffer = io.BytesIO()
    soundfile.write(buffer, np.zeros(int(8000 * seconds)), 8000, format="WAV")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "speech.not_audio"),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", "speech.not_audio"),
        (b"MZ" + bytes(4000), "speech.not_audio"),
        (silence(0.05), "speech.too_short"),
        (silence(121), "speech.too_long"),
        (silence(2), "speech.silent"),
        (bytes(50 * 2**20 + 1), "speech.too_large"),
    ],
    ids=["empty", "cut off", "a program", "short", "long", "silent", "large"],
)
def test_what_is_no_recording_is_refused_by_name(store: SpeechStore, data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        store.put_recording(data, "zh", "greeting")
    assert refused.value.code == code
    assert store.get("zh", "greeting") is None


@pytest.mark.parametrize("slug", ["", "../x", "A", "a b", "x" * 61, "a/b", ".x"])
def test_a_name_stays_inside_the_folder(store: SpeechStore, slug: str) -> None:
    with pytest.raises(Invalid, match="bad_slug"):
        store.request("您好", "zh", slug)


@pytest.mark.parametrize("text", ["", "   ", "字" * 501])
def test_a_text_has_a_length(store: SpeechStore, text: str) -> None:
    with pytest.raises(Invalid, match="bad_text"):
        store.request(text, "zh", "greeting")


def engine(tmp_path: Path, code: str) -> Program:
    script = tmp_path / "engine.py"
    script.write_text(f"import sys\ntext = sys.stdin.buffer.read().decode()\n{code}\n")
    return Program("test", (sys.executable, str(script), "{language}"), deadline=20)


def copying(tmp_path: Path) -> Program:
    return engine(tmp_path, f"sys.stdout.buffer.write(open({str(SPEECH)!r}, 'rb').read())")


async def test_a_text_is_spoken_once(store: SpeechStore, tmp_path: Path) -> None:
    worker = SpeechWorker(store, [copying(tmp_path)])
    assert store.request("欢迎您致电", "zh", "greeting") is State.PENDING
    assert store.request("欢迎您致电", "zh", "greeting") is State.PENDING
    assert await worker.work_once()
    prompt = store.get("zh", "greeting")
    assert prompt
    assert (prompt.state, prompt.made_by, prompt.text) == (State.READY, "test", "欢迎您致电")
    assert store.request("欢迎您致电", "zh", "greeting") is State.READY
    assert not await worker.work_once()
    assert store.request("改了", "zh", "greeting") is State.PENDING
    assert store.path("zh", "greeting").is_file(), "the earlier text plays on until the new one is ready"


async def test_what_waited_at_a_restart_is_spoken_after_it(store: SpeechStore, tmp_path: Path) -> None:
    store.request("第一", "zh", "one")
    store.request("second", "en", "two")
    again = SpeechStore(tmp_path / "prompts")
    waiting = again.next_pending()
    assert waiting
    assert (waiting.slug, waiting.language) == ("one", "zh")
    worker = SpeechWorker(again, [copying(tmp_path)])
    assert [await worker.work_once() for _ in range(3)] == [True, True, False]
    assert [prompt.state for prompt in again.all()] == [State.READY, State.READY]


@pytest.mark.parametrize(
    "code", ["sys.exit(3)", "pass", "sys.stdout.write('no sound')"], ids=["fails", "mute", "noise"]
)
async def test_a_bad_engine_leaves_the_text_failed_and_the_next_is_tried(
    store: SpeechStore, tmp_path: Path, code: str
) -> None:
    bad = engine(tmp_path, code)
    store.request("您好", "zh", "greeting")
    await SpeechWorker(store, [bad]).work_once()
    failed = store.get("zh", "greeting")
    assert failed
    assert failed.state is State.FAILED
    assert store.request("您好", "zh", "greeting") is State.PENDING
    (tmp_path / "good").mkdir()
    await SpeechWorker(store, [bad, copying(tmp_path / "good")]).work_once()
    spoken = store.get("zh", "greeting")
    assert spoken
    assert spoken.state is State.READY


async def test_an_engine_that_hangs_is_ended(store: SpeechStore, tmp_path: Path) -> None:
    hanging = engine(tmp_path, "import time; time.sleep(60)")
    hanging._deadline = 0.5
    store.request("您好", "zh", "greeting")
    async with asyncio.timeout(10):
        await SpeechWorker(store, [hanging]).work_once()
    failed = store.get("zh", "greeting")
    assert failed
    assert failed.state is State.FAILED


async def test_a_recording_made_meanwhile_wins(store: SpeechStore, tmp_path: Path) -> None:
    store.request("您好", "zh", "greeting")
    slow = engine(
        tmp_path, f"import time; time.sleep(0.5); sys.stdout.buffer.write(open({str(SPEECH)!r}, 'rb').read())"
    )
    working = asyncio.create_task(SpeechWorker(store, [slow]).work_once())
    await asyncio.to_thread(store.put_recording, recording(), "zh", "greeting", "您好")
    await working
    prompt = store.get("zh", "greeting")
    assert prompt
    assert prompt.made_by == "recording"


def test_deleted_means_gone(store: SpeechStore) -> None:
    store.put_recording(recording(), "zh", "greeting")
    store.delete("greeting")
    assert store.all() == []
    assert not store.path("zh", "greeting").exists()


def test_one_level_for_all_prompts() -> None:
    samples = listening.read(SPEECH)
    assert active_level_db(samples) == pytest.approx(listening.active_level_db(samples), abs=0.01)


@pytest.mark.parametrize(
    ("language", "text"), [("zh", "春节期间营业时间为上午九点到下午五点。"), ("en", "We are closed today.")]
)
async def test_the_installed_engine_speaks_both_languages(store: SpeechStore, language: str, text: str) -> None:
    (engine,) = available(())
    store.request(text, language, "greeting")
    assert await SpeechWorker(store, [engine]).work_once()
    prompt = store.get(language, "greeting")
    assert prompt
    assert (prompt.state, prompt.made_by) == (State.READY, "espeak-ng")
    assert prompt.seconds
    assert 0.8 < prompt.seconds < 8
    assert listening.longest_silence(store.path(language, "greeting")) < 1.0


async def test_a_command_that_is_not_there_is_passed_over(store: SpeechStore) -> None:
    store.request("您好", "zh", "greeting")
    missing, installed = available(("/nowhere/speak", "{language}"))
    assert await SpeechWorker(store, [missing, installed]).work_once()
    prompt = store.get("zh", "greeting")
    assert prompt
    assert prompt.made_by == "espeak-ng"


async def test_the_worker_goes_on_until_it_is_told_to_stop(store: SpeechStore, tmp_path: Path) -> None:
    job = asyncio.create_task(SpeechWorker(store, [copying(tmp_path)]).run())

    async def ready() -> bool:
        return {prompt.state for prompt in store.all()} == {State.READY}

    for slug in ("one", "two"):
        await asyncio.to_thread(store.request, "您好", "zh", slug)
        await eventually_async(ready, "spoken", 20)
    job.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await job
    assert len(store.all()) == 2
