"""What Asterisk finds below its sounds folder: ours first, the package's beneath."""

from pathlib import Path

import pytest

from hotline.sound_folders import PACKAGE, link_sounds

pytestmark = pytest.mark.component


def fill(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(str(folder))


@pytest.fixture
def target(tmp_path: Path) -> Path:
    sounds, root = tmp_path / "sounds", tmp_path / "root"
    fill(sounds / "zh", "welcome.wav", "digits/1.wav")
    fill(sounds / "en", "welcome.wav", "digits/1.wav", "bill/total/1.wav")
    fill(root / PACKAGE.relative_to("/"), "welcome.wav", "beep.wav", "digits/1.wav", "digits/oh.wav", "letters/a.wav")
    (root / PACKAGE.relative_to("/") / "silence").mkdir()
    link_sounds(tmp_path / "data", sounds, root)
    return tmp_path / "data"


def test_ours_come_first(target: Path, tmp_path: Path) -> None:
    for name in ("zh/welcome.wav", "zh/digits/1.wav", "en/welcome.wav", "en/digits/1.wav", "en/bill/total/1.wav"):
        assert (target / name).resolve() == tmp_path / "sounds" / name


def test_the_package_lies_beneath_at_its_place_inside_the_root(target: Path) -> None:
    assert (target / "en" / "digits" / "oh.wav").readlink() == PACKAGE / "digits" / "oh.wav"
    assert (target / "en" / "letters").readlink() == PACKAGE / "letters"
    assert (target / "en" / "beep.wav").readlink() == PACKAGE / "beep.wav"


def test_tones_serve_every_language(target: Path) -> None:
    assert (target / "beep.wav").readlink() == PACKAGE / "beep.wav"
    assert not (target / "zh" / "beep.wav").is_symlink()
    assert (target / "pbx-transfer.wav").readlink() == PACKAGE / "beep.wav"  # in place of words Chinese does not have


def test_there_is_room_for_announcements_and_it_can_be_made_again(target: Path, tmp_path: Path) -> None:
    fill(target / "zh" / "agents", "8001.wav")
    link_sounds(target, tmp_path / "sounds", tmp_path / "root")
    assert list((target / "zh" / "agents").iterdir()) == []
    assert (target / "en" / "agents").is_dir()
