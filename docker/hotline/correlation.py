"""Finds a prompt's samples in a recording by block-wise normalised cross-correlation. Numbers in, numbers out.

Blocks, because packet loss and jitter-buffer slips shift everything behind them: a correlation of the whole prompt
falls by half at one 10 ms slip, blocks that may each lie a little off do not. Needs numpy and scipy.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.signal import fftconvolve

Samples = npt.NDArray[np.float64]

RATE = 8000
BLOCK = int(0.4 * RATE)
BLOCK_HIT = 0.7  # correlation from which a block counts as found
SLIP = int(0.08 * RATE)  # how far a block may lie from where the one before it predicts
VOICED_SHARE = 0.3  # blocks quieter than this share of the prompt's level say nothing
ANCHORS = 3  # loudest blocks to start from: one of them may be lost
FLOOR = 1e-6  # power below which a stretch of the recording counts as silence (-60 dB)


@dataclass(frozen=True, slots=True)
class Match:
    offset: int  # sample of the recording where the prompt starts (negative: before the recording)
    coverage: float  # share of the voiced blocks found
    likeness: float  # mean correlation over the voiced blocks


@dataclass(frozen=True, slots=True)
class _Block:
    at: int
    samples: Samples


def correlate(recording: Samples, block: Samples) -> Samples:
    """Normalised cross-correlation at every place where the whole block fits."""
    if len(recording) < len(block):
        return np.zeros(0)
    shape = block - block.mean()
    shape = shape / max(float(np.linalg.norm(shape)), 1e-9)
    products = fftconvolve(recording, shape[::-1], mode="valid")
    sums = np.concatenate([[0.0], np.cumsum(recording**2)])
    powers = np.maximum(sums[len(block) :] - sums[: -len(block)], FLOOR * len(block))
    return np.asarray(products / np.sqrt(powers), np.float64)


def best(recording: Samples, prompt: Samples) -> Match:
    found = list(_matches(recording, prompt, every=False))
    return max(found, key=lambda match: (match.coverage, match.likeness), default=Match(0, 0.0, 0.0))


def all_matches(recording: Samples, prompt: Samples, at_least: float) -> list[Match]:
    """Every place where the prompt is covered well enough; near duplicates may be among them."""
    return [match for match in _matches(recording, prompt, every=True) if match.coverage >= at_least]


def _matches(recording: Samples, prompt: Samples, every: bool) -> Iterator[Match]:
    blocks = _blocks(prompt)
    for anchor in sorted(blocks, key=lambda block: -float(np.linalg.norm(block.samples)))[:ANCHORS]:
        scores = correlate(recording, anchor.samples)
        for place in _peaks(scores, len(anchor.samples), every):
            yield _walk(recording, blocks, anchor, place - anchor.at)


def _blocks(prompt: Samples) -> list[_Block]:
    """The voiced blocks; a prompt too short for two of them is one block, without the silence at its ends."""
    if len(prompt) < 2 * BLOCK:
        loud = np.flatnonzero(np.abs(prompt) > 0.02 * np.max(np.abs(prompt), initial=0.0))
        return [_Block(int(loud[0]), prompt[loud[0] : loud[-1] + 1])] if len(loud) else []
    level = float(np.sqrt(np.mean(prompt**2)))
    blocks = (_Block(at, prompt[at : at + BLOCK]) for at in range(0, len(prompt) - BLOCK + 1, BLOCK))
    return [block for block in blocks if np.sqrt(np.mean(block.samples**2)) > VOICED_SHARE * level]


def _peaks(scores: Samples, apart: int, every: bool) -> list[int]:
    """Places above the threshold, the best first; two are at least half a block apart."""
    left = scores.copy()
    places: list[int] = []
    while len(left) and left.max() >= BLOCK_HIT and (every or not places):
        place = int(left.argmax())
        places.append(place)
        left[max(0, place - apart // 2) : place + apart // 2] = 0
    return places


def _walk(recording: Samples, blocks: list[_Block], anchor: _Block, offset: int) -> Match:
    """From the anchor to both ends: each block is looked for near where the last found one predicts it."""
    later = [block for block in blocks if block.at >= anchor.at]
    earlier = [block for block in reversed(blocks) if block.at < anchor.at]
    _, after = _follow(recording, later, offset)
    start, before = _follow(recording, earlier, offset)
    scores = after + before
    hits = sum(score >= BLOCK_HIT for score in scores)
    return Match(start, hits / len(blocks), sum(scores) / len(blocks))


def _follow(recording: Samples, blocks: list[_Block], offset: int) -> tuple[int, list[float]]:
    scores: list[float] = []
    for block in blocks:
        first = max(0, offset + block.at - SLIP)
        window = recording[first : max(0, offset + block.at + len(block.samples) + SLIP)]
        near = correlate(window, block.samples)
        place = int(near.argmax()) if len(near) else 0
        scores.append(float(near[place]) if len(near) else 0.0)
        if scores[-1] >= BLOCK_HIT:
            offset = first + place - block.at
    return offset, scores
