"""The time line of a recording out of what was told of it: where silence has to be put in, what was paused. Pure.

While the customer was with nobody (`away`) Asterisk wrote nothing; during any other pause it wrote silence.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from acd.contracts.events import CallRecordingChanged
from acd.contracts.vocabulary import RecordingState

AWAY = "away"


@dataclass(frozen=True, slots=True)
class Gap:
    """So much silence belongs behind the first `after_ms` of what was written."""

    after_ms: int
    length_ms: int


@dataclass(frozen=True, slots=True)
class Pause:
    from_ms: int
    to_ms: int
    reason: str


@dataclass(frozen=True, slots=True)
class Timeline:
    gaps: tuple[Gap, ...] = ()
    pauses: tuple[Pause, ...] = ()
    written_ms: int = 0
    """How long the file should be."""


def fitted(changes: Sequence[CallRecordingChanged], file_ms: int) -> Timeline:
    """The time line of a file that is not as long as it should be: sound that never came (lost packets, telephones that
    send nothing while nobody speaks) is taken as missing evenly, so that gaps and marks stay near their places."""
    told = timeline(changes)
    return timeline(changes, file_ms / told.written_ms) if told.written_ms else told


def timeline(changes: Iterable[CallRecordingChanged], scale: float = 1.0) -> Timeline:
    """From all changes of one recording, in whatever order; `scale` is the share of the time that was written."""
    gaps: list[Gap] = []
    pauses: list[Pause] = []
    written = elapsed = 0
    ordered = sorted(changes, key=lambda change: (change.at, change.seq))
    for now, then in pairwise(ordered):
        length = _milliseconds(now.at, then.at)
        away = now.state is RecordingState.PAUSED and now.reason == AWAY
        if away and then.state is RecordingState.STOPPED:
            break  # the conversation was over
        length = length if away else round(length * scale)
        if now.state is RecordingState.PAUSED and length:
            pauses.append(Pause(elapsed, elapsed + length, now.reason))
        if away:
            gaps.append(Gap(written, length))
        else:
            written += length
        elapsed += length
    return Timeline(tuple(gaps), tuple(pauses), written)


def _milliseconds(since: datetime, until: datetime) -> int:
    return max(0, round((until - since) / timedelta(milliseconds=1)))
