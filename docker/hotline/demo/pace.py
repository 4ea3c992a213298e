"""How long people take in the demo, in seconds (from, to); a test takes shorter ones."""

import random
from dataclasses import dataclass

Span = tuple[float, float]


@dataclass(frozen=True)
class Pace:
    talk: Span = (20, 90)
    wrap_up: Span = (4, 15)
    patience: Span = (40, 150)
    pause: Span = (15, 40)
    between_dunning_calls: Span = (30, 60)


def some(chance: random.Random, span: Span) -> float:
    return chance.uniform(*span)
