"""Lays out the sounds of one Asterisk: ours in every language, the package's English ones beneath them."""

import shutil
from collections.abc import Iterable
from pathlib import Path

PACKAGE = Path("/usr/share/asterisk/sounds/en_US_f_Allison")  # inside the private root
LANGUAGES = ("zh", "en")
WORDLESS = ("beep.wav", "beeperr.wav", "silence")
"""Of the package; found by every language, since Asterisk looks in the sounds folder itself last."""
INSTEAD_OF_WORDS = {"pbx-transfer.wav": "beep.wav", "pbx-invalid.wav": "beeperr.wav"}
"""What Asterisk says to an agent who transfers by keys, in a language that has no words for it."""


def link_sounds(target: Path, sounds: Path, root: Path) -> None:
    """Make `target` anew from our `sounds` and the package in the private `root`; agents/ is left for announcements.

    Links into the package are true inside the root only: it is Asterisk that follows them.
    """
    shutil.rmtree(target, ignore_errors=True)
    for language in LANGUAGES:
        (target / language / "agents").mkdir(parents=True)
        _link(target / language, (sounds / language).glob("*"), sounds / language)
    package = root / PACKAGE.relative_to("/")
    _link(target / "en", package.glob("*"), PACKAGE)
    _link(target, [package / name for name in WORDLESS], PACKAGE)
    for said, sounds_like in INSTEAD_OF_WORDS.items():
        (target / said).symlink_to(PACKAGE / sounds_like)


def _link(target: Path, entries: Iterable[Path], seen_as: Path) -> None:
    """Link each entry unless something of its name is there; folders that both have are filled from both."""
    for entry in entries:
        place = target / entry.name
        if place.is_symlink() and place.is_dir() and entry.is_dir():
            ours = place.resolve()
            place.unlink()
            place.mkdir()
            _link(place, ours.iterdir(), ours)
        if place.is_dir() and not place.is_symlink():
            _link(place, entry.iterdir(), seen_as / entry.name)
        elif not place.is_symlink():
            place.symlink_to(seen_as / entry.name)
