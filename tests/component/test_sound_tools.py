"""The tools that keep the sounds: a recorded voice takes a prompt's place and stays there."""

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from hotline.listening import active_level_db, heard, read

pytestmark = pytest.mark.component

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def sounds(tmp_path: Path) -> Path:
    """The tools and lists, with one sound."""
    folder = tmp_path / "sounds"
    shutil.copytree(PROJECT / "sounds", folder, ignore=shutil.ignore_patterns("*.wav", "__pycache__"))
    shutil.copy(PROJECT / "sounds" / "zh" / "welcome.wav", folder / "zh" / "welcome.wav")
    return folder


def run(sounds: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join([str(PROJECT), str(PROJECT / "docker")])
    return subprocess.run(
        [sys.executable, str(sounds / arguments[0]), *arguments[1:]],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def take(folder: Path, rate: int = 44100) -> Path:
    """Somebody else's reading: here another prompt, quiet, in stereo, with a second of silence around it."""
    speech = soxr.resample(read(PROJECT / "sounds" / "zh" / "goodbye.wav"), 8000, rate) * 0.05
    speech = np.concatenate([np.zeros(rate), speech, np.zeros(rate)])
    path = folder / "take3.wav"
    soundfile.write(path, np.column_stack([speech, speech]), rate, subtype="PCM_24")
    return path


def test_a_recording_takes_the_place_of_a_prompt(sounds: Path, tmp_path: Path) -> None:
    done = run(sounds, "replace.py", "welcome", str(take(tmp_path)), "--by", "王芳")
    assert done.returncode == 0, done.stderr
    file = sounds / "zh" / "welcome.wav"
    samples = read(file)
    assert active_level_db(samples) == pytest.approx(-22.0, abs=0.5)
    assert heard(file, PROJECT / "sounds" / "zh" / "goodbye.wav").coverage > 0.9
    assert len(samples) / 8000 == pytest.approx(len(read(PROJECT / "sounds" / "zh" / "goodbye.wav")) / 8000, abs=0.15)
    entry = json.loads((sounds / "rendered.json").read_text())["zh/welcome"]
    assert entry["recorded_by"] == "王芳"
    with (sounds / "sheet.csv").open(encoding="utf-8") as sheet:
        rows = {row["id"]: row["recorded_by"] for row in csv.DictReader(sheet) if row["language"] == "zh"}
    assert rows["welcome"] == "王芳"
    assert rows["goodbye"].startswith("synthetic")


def test_what_is_recorded_is_never_rendered_again(sounds: Path, tmp_path: Path) -> None:
    assert run(sounds, "replace.py", "welcome", str(take(tmp_path))).returncode == 0
    script = tmp_path / "current.py"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(sounds)!r})\n"
        "import dataclasses, ledger\n"
        "from ivr.speech.manifest import load\n"
        "manifest = load(ledger.SOUNDS / 'manifest')\n"
        "prompt = manifest.prompts['zh', 'welcome']\n"
        "known = ledger.read()['zh/welcome']\n"
        "faster = dataclasses.replace(prompt, speed=1.3)\n"
        "print(ledger.is_current(manifest, faster, known))\n"
        "print(ledger.is_current(manifest, dataclasses.replace(prompt, text='x'), known))\n"
        "del known['recorded_by']\n"
        "print(ledger.is_current(manifest, faster, known))\n"
    )
    assert run(tmp_path, "current.py").stdout.split() == ["True", "False", "False"]


def test_undo_gives_it_back(sounds: Path, tmp_path: Path) -> None:
    assert run(sounds, "replace.py", "welcome", "--undo").returncode == 1
    assert run(sounds, "replace.py", "welcome", str(take(tmp_path))).returncode == 0
    assert run(sounds, "replace.py", "welcome", "--undo").returncode == 0
    assert "zh/welcome" not in json.loads((sounds / "rendered.json").read_text())


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("nowhere", "take3.wav"), "no prompt nowhere in zh"),
        (("welcome", "missing.wav"), "no recording that can be read"),
        (("welcome", "text.wav"), "no recording that can be read"),
        (("welcome", "silent.wav"), "nothing to hear"),
        (("welcome",), "name the recording"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(
    sounds: Path, tmp_path: Path, arguments: tuple[str, ...], reason: str
) -> None:
    (tmp_path / "text.wav").write_text("no sound")
    soundfile.write(tmp_path / "silent.wav", np.zeros(16000), 16000)
    paths = [str(tmp_path / one) if one.endswith(".wav") else one for one in arguments]
    done = run(sounds, "replace.py", *paths)
    assert done.returncode == 1
    assert reason in done.stderr
    assert "Traceback" not in done.stderr


def test_the_sheet_can_be_written_anew(sounds: Path) -> None:
    (sounds / "sheet.csv").unlink()
    assert run(sounds, "sheet.py").returncode == 0
    assert (sounds / "sheet.csv").read_text() == (PROJECT / "sounds" / "sheet.csv").read_text()


def test_a_hiss_is_cut_where_the_voice_before_it_ends(sounds: Path, tmp_path: Path) -> None:
    script = tmp_path / "cut.py"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(sounds)!r})\n"
        "import numpy as np\n"
        "import ledger, shape\n"
        "voice = np.sin(2 * np.pi * 200 * np.arange(1600) / 8000)\n"
        "hiss = np.diff(np.random.default_rng(1).normal(0, 0.03, 481))\n"
        "samples = np.concatenate([voice, np.zeros(80), hiss, voice])\n"
        "for around in (1700, 1900, 2100): print(shape.soft_start(samples, around))\n"
    )
    done = run(tmp_path, "cut.py")
    assert done.returncode == 0, done.stderr
    assert all(1600 <= int(place) <= 1690 for place in done.stdout.split()), done.stdout
