"""Puts a recorded voice in a prompt's place: `python sounds/replace.py welcome take3.wav --by "王芳"`.

The recording (any rate, mono or stereo, 16 or 24 bit) is converted, trimmed and levelled like every prompt, and
render.py leaves it alone from then on. `--undo` gives the prompt back to the synthesiser at its next run.
"""

import argparse
from pathlib import Path

import ledger
import shape
import soundfile

from hotline.listening import RATE, active_level_db
from ivr.speech.manifest import Manifest, load
from ivr.speech.prompt import Prompt

QUIETEST_DB = -60.0


def main() -> None:
    options = _options()
    manifest = load(ledger.SOUNDS / "manifest")
    prompt = manifest.prompts.get((options.language, options.id))
    if prompt is None:
        raise SystemExit(f"no prompt {options.id} in {options.language}; its name is the first column of sheet.csv")
    if options.undo:
        _give_back(prompt)
    elif options.file is None:
        raise SystemExit("name the recording, or say --undo")
    else:
        _replace(manifest, prompt, options.file, options.by)
    ledger.write_sheet(manifest)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("id", help="the prompt, for example welcome or bill/total/1")
    parser.add_argument("file", nargs="?", type=Path, help="the recording")
    parser.add_argument("--language", default="zh", choices=("zh", "en"))
    parser.add_argument("--by", default="recording", help="who speaks, for the sheet")
    parser.add_argument("--undo", action="store_true", help="let the synthesiser speak it again")
    return parser.parse_args()


def _replace(manifest: Manifest, prompt: Prompt, recording: Path, by: str) -> None:
    try:
        samples, rate = soundfile.read(recording, dtype="float64", always_2d=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise SystemExit(f"{recording} is no recording that can be read: {error}") from None
    speech = shape.telephone(samples.mean(axis=1), rate) if len(samples) else samples[:, :1]
    if len(speech) < RATE // 10 or active_level_db(speech) < QUIETEST_DB:
        raise SystemExit(f"{recording}: there is nothing to hear")
    done = shape.level(shape.trim(speech, *ledger.ends(prompt)))
    shape.write(ledger.file(prompt), done)
    entry = ledger.entry(manifest, prompt, len(done) / RATE, active_level_db(done), by)
    ledger.write(ledger.read() | {ledger.name(prompt): entry})
    print(f"{ledger.file(prompt)}: {len(done) / RATE:.2f} s, {active_level_db(done):.1f} dB, by {by}")


def _give_back(prompt: Prompt) -> None:
    entries = ledger.read()
    if "recorded_by" not in entries.get(ledger.name(prompt), {}):
        raise SystemExit(f"{prompt.id} is not a recording")
    entries.pop(ledger.name(prompt))
    ledger.write(entries)
    print(f"{prompt.id}: run sounds/render.py to have it spoken again")


if __name__ == "__main__":
    main()
