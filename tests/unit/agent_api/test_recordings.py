"""The time line of a recording, its sound, its encryption, and parts of a file."""

import base64
import os
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st

from agent_api.recordings import ranges, sealing, sound
from agent_api.recordings.retention import days_of
from agent_api.recordings.settings import RecordingSettings
from agent_api.recordings.timeline import Gap, Pause, Timeline, timeline
from tests.support.events import Stream

pytestmark = pytest.mark.unit


def told(*changes: tuple[float, str, str]) -> Timeline:
    """(seconds since the last one, state, reason)"""
    stream = Stream()
    for seconds, state, reason in changes:
        stream.add("call.recording_changed", seconds, call_id="n1-1.1", state=state, file="n1-1.1.raw", reason=reason)
    return timeline(reversed(stream.events))  # type: ignore[arg-type]


# ---- the time line ------------------------------------------


def test_a_plain_conversation_has_no_gaps() -> None:
    assert told((0, "started", ""), (60, "paused", "away"), (20, "stopped", "")) == Timeline((), (), 60_000)


def test_away_leaves_a_gap_and_a_mark() -> None:
    line = told((0, "started", ""), (10, "paused", "away"), (8, "resumed", ""), (5, "stopped", ""))
    assert line == Timeline((Gap(10_000, 8_000),), (Pause(10_000, 18_000, "away"),), 15_000)


def test_a_secret_leaves_only_a_mark() -> None:
    line = told((0, "started", ""), (10, "paused", "secret"), (8, "resumed", ""), (5, "stopped", ""))
    assert line == Timeline((), (Pause(10_000, 18_000, "secret"),), 23_000)


def test_both_in_one_pause_and_a_second_gap_behind_it() -> None:
    line = told(
        (0, "started", ""),
        (1, "paused", "secret"),
        (2, "paused", "away"),
        (4, "paused", "secret"),
        (8, "resumed", ""),
        (16, "paused", "away"),
        (32, "resumed", ""),
        (1, "stopped", ""),
    )
    assert line.gaps == (Gap(3_000, 4_000), Gap(27_000, 32_000))  # of what was written: 1 + 2, then 8 + 16 more
    assert [pause.from_ms for pause in line.pauses] == [1_000, 3_000, 7_000, 31_000]


# ---- the sound ----------------------------------------------


def raw_file(folder: Path, seconds: float, left: int = 1000, right: int = -2000) -> Path:
    file = folder / "n1-1.1.raw"
    np.tile(np.array([left, right], "<i2"), (int(seconds * sound.RATE), 1)).tofile(file)
    return file


def test_silence_is_put_where_nothing_was_written(tmp_path: Path) -> None:
    made = sound.compose(raw_file(tmp_path, 4), [Gap(1_000, 2_000)], tmp_path / "out.flac")
    samples, rate = soundfile.read(tmp_path / "out.flac", dtype="int16")
    assert (made.length_ms, rate, samples.shape) == (6_000, 8000, (48_000, 2))
    assert samples[7_999].tolist() == [1000, -2000]
    assert not samples[8_000:24_000].any()
    assert samples[24_000].tolist() == [1000, -2000]


def test_a_gap_behind_the_end_is_put_at_the_end(tmp_path: Path) -> None:
    made = sound.compose(raw_file(tmp_path, 1), [Gap(9_000, 2_000)], tmp_path / "out.flac")
    assert made.length_ms == 3_000


def test_the_shape_of_both_sides(tmp_path: Path) -> None:
    made = sound.compose(raw_file(tmp_path, 4, 32767, -16384), [], tmp_path / "out.flac")
    customer, agent = sound.bars(made.peaks)
    assert (set(customer), set(agent), len(customer), len(agent)) == ({254}, {127}, 1000, 1000)


@pytest.mark.parametrize("samples", [1, 3, 999])
def test_a_very_short_one_has_a_shape(tmp_path: Path, samples: int) -> None:
    made = sound.compose(raw_file(tmp_path, samples / 8000), [], tmp_path / "out.flac")
    assert len(sound.bars(made.peaks)[0]) == samples


def test_a_file_cut_off_in_mid_frame_is_read_up_to_there(tmp_path: Path) -> None:
    raw = raw_file(tmp_path, 1)
    raw.write_bytes(raw.read_bytes() + b"\x01\x02\x03")
    assert sound.compose(raw, [], tmp_path / "out.flac").length_ms == 1_000


# ---- encryption ---------------------------------------------

KEY = os.urandom(32)


@pytest.mark.parametrize("size", [0, 1, sealing.CHUNK - 1, sealing.CHUNK, sealing.CHUNK + 1, 3 * sealing.CHUNK])
def test_sealed_files_open_again(tmp_path: Path, size: int) -> None:
    sealed, plain = seal(tmp_path, size)
    assert len(sealed) == sealing.sealed_size(size)
    if size:
        assert opened(sealed, size, 0, size) == plain


def seal(folder: Path, size: int) -> tuple[bytes, bytes]:
    plain = os.urandom(size)
    (folder / "plain").write_bytes(plain)
    sealing.seal(folder / "plain", folder / "sealed", KEY)
    return (folder / "sealed").read_bytes(), plain


def opened(sealed: bytes, size: int, start: int, end: int, key: bytes = KEY) -> bytes:
    first, last = sealing.place(size, start, end)
    return sealing.unseal(sealed[: sealing.HEADER], sealed[first:last], key, size, start, end)


@given(st.data())
def test_any_part_of_a_sealed_file(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    size = data.draw(st.sampled_from([10, sealing.CHUNK, 2 * sealing.CHUNK + 17]))
    start = data.draw(st.integers(0, size - 1))
    end = data.draw(st.integers(start + 1, size))
    sealed, plain = seal(tmp_path_factory.mktemp("seal"), size)
    assert opened(sealed, size, start, end) == plain[start:end]


def test_changed_exchanged_or_cut_off_is_found_out(tmp_path: Path) -> None:
    size = 2 * sealing.CHUNK
    sealed, _ = seal(tmp_path, size)
    one, two = sealed[sealing.HEADER : sealing.HEADER + sealing.CHUNK + 16], sealed[-sealing.CHUNK - 16 :]
    for spoiled in (sealed[:-1] + bytes([sealed[-1] ^ 1]), sealed[: sealing.HEADER] + two + one):
        with pytest.raises(sealing.Broken):
            opened(spoiled, size, 0, size)
    with pytest.raises(sealing.Broken):
        opened(sealed, sealing.CHUNK, 0, sealing.CHUNK)  # the first chunk said to be the last
    with pytest.raises(sealing.Broken):
        opened(sealed, size, 0, size, os.urandom(32))


@pytest.mark.parametrize("key", ["not base64!", base64.b64encode(b"short").decode()])
def test_a_bad_key_is_refused_at_the_start(key: str) -> None:
    with pytest.raises(ValueError, match="key of the recordings"):
        RecordingSettings(key=key)  # type: ignore[arg-type]


# ---- parts of a file, and for how long ----------------------


@pytest.mark.parametrize(
    ("header", "part"),
    [
        (None, None),
        ("bytes=0-", (0, 100)),
        ("bytes=10-19", (10, 20)),
        ("bytes=90-500", (90, 100)),
        ("bytes=-30", (70, 100)),
        ("bytes=-500", (0, 100)),
        ("bytes=-", None),
        ("bytes=0-1,5-6", None),
        ("lines=1-2", None),
    ],
)
def test_parts(header: str | None, part: tuple[int, int] | None) -> None:
    assert ranges.asked_for(header, 100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=20-10", "bytes=-0"])
def test_parts_that_are_not_there(header: str) -> None:
    with pytest.raises(ranges.NotSatisfiable):
        ranges.asked_for(header, 100)


def test_a_centre_without_a_rule_has_the_one_of_the_centre_above() -> None:
    parents = {"cn": None, "js": "cn", "js-nj": "js", "sc": "cn"}
    own = {"cn": 400, "js": 365}
    assert [days_of(center, own, parents, 180) for center in ("js-nj", "js", "sc")] == [365, 365, 400]
    assert days_of("sc", {}, parents, 180) == 180


def test_times_of_pauses_are_rounded_not_negative() -> None:
    stream = Stream()
    for state in ("started", "paused"):
        stream.add("call.recording_changed", 0, call_id="n1-1.1", state=state, file="n1-1.1.raw", reason="secret")
    stream.at -= timedelta(seconds=1)
    assert timeline(stream.events).pauses == ()  # type: ignore[arg-type]
