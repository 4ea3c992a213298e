"""Documents a caller can have by fax: rendered once for each wording, into a folder that Asterisk reads."""

import hashlib
import os
import tempfile
import tomllib
from functools import cache
from pathlib import Path

from agent_api.messages.pages import PageMaker

_FILE = Path(__file__).with_name("fax_documents.toml")
READABLE, PASSABLE = 0o644, 0o755  # by Asterisk, which is another user


@cache
def _documents() -> dict[str, dict[str, str]]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


def known() -> frozenset[str]:
    return frozenset(_documents())


def words_of(document: str) -> dict[str, str] | None:
    """`title` and `text`; None: there is no such document."""
    entry = _documents().get(document)
    return {"title": entry["title"], "text": entry["text"].strip("\n")} if entry else None


def pages_of(document: str, folder: Path, pages: PageMaker) -> Path | None:
    """The file, made now if it is not there. None: there is no such document. Raises Unavailable without a font."""
    entry = words_of(document)
    if entry is None:
        return None
    wording = hashlib.sha256(f"{entry['title']}\n{entry['text']}".encode()).hexdigest()[:12]
    path = (folder / f"{document}-{wording}.tiff").resolve()
    if not path.is_file():
        folder.mkdir(mode=PASSABLE, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".", delete=False) as file:
            file.write(pages.of_text(entry["title"], entry["text"]))
            os.fchmod(file.fileno(), READABLE)
        Path(file.name).rename(path)
    return path
