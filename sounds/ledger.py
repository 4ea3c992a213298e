"""What is known of each sound file (rendered.json), and the sheet people read (sheet.csv). Needs no packages."""

import csv
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

SOUNDS = Path(__file__).resolve().parent
sys.path[:0] = [str(SOUNDS.parent), str(SOUNDS.parent / "docker")]

from ivr.speech.manifest import Manifest  # noqa: E402
from ivr.speech.prompt import Prompt  # noqa: E402

LEDGER = SOUNDS / "rendered.json"
SHEET = SOUNDS / "sheet.csv"
COLUMNS = ("id", "language", "kind", "text", "file", "seconds", "level_db", "recorded_by")
WHOLE_ENDS = (60, 80)  # silence before and after, in ms
PART_ENDS = (10, 30)  # of a prompt that is joined with others

Entries = dict[str, dict[str, Any]]


def name(prompt: Prompt) -> str:
    return f"{prompt.language}/{prompt.id}"


def file(prompt: Prompt) -> Path:
    return SOUNDS / f"{name(prompt)}.wav"


def ends(prompt: Prompt) -> tuple[int, int]:
    lead, trail = PART_ENDS if prompt.is_clip or prompt.frame != "{}" else WHOLE_ENDS
    return (
        lead if prompt.lead_ms is None else prompt.lead_ms,
        trail if prompt.trail_ms is None else prompt.trail_ms,
    )


def entry(manifest: Manifest, prompt: Prompt, seconds: float, level_db: float, recorded_by: str = "") -> dict[str, Any]:
    """Of a file as it is now on disk."""
    known = {
        "text": prompt.text,
        "recipe": manifest.recipe(prompt),
        "sha256": hashlib.sha256(file(prompt).read_bytes()).hexdigest(),
        "seconds": round(seconds, 3),
        "level_db": round(level_db, 2),
    }
    return known | ({"recorded_by": recorded_by} if recorded_by else {})


def is_current(manifest: Manifest, prompt: Prompt, known: dict[str, Any]) -> bool:
    """A recording is true to its text, however the synthesiser would speak it today."""
    made = (
        known.get("text") == prompt.text if "recorded_by" in known else known.get("recipe") == manifest.recipe(prompt)
    )
    return made and file(prompt).is_file()


def read() -> Entries:
    return dict(json.loads(LEDGER.read_text(encoding="utf-8"))) if LEDGER.exists() else {}


def write(entries: Entries) -> None:
    text = json.dumps(dict(sorted(entries.items())), ensure_ascii=False, indent=1)
    LEDGER.write_text(text + "\n", encoding="utf-8")


def write_sheet(manifest: Manifest, path: Path = SHEET) -> None:
    entries = read()
    with path.open("w", encoding="utf-8", newline="") as sheet:
        rows = csv.writer(sheet, lineterminator="\n")
        rows.writerow(COLUMNS)
        for prompt in sorted(manifest.prompts.values(), key=name):
            known = entries.get(name(prompt), {})
            by = known.get("recorded_by") or f"synthetic: {manifest.voices[prompt.language]['name']}"
            where = (prompt.id, prompt.language, prompt.kind, prompt.text, f"{name(prompt)}.wav")
            rows.writerow((*where, known.get("seconds", ""), known.get("level_db", ""), by))
