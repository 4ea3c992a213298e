"""Values a flow may have spoken, and a sentence with such values in it. The template's kind decides the unit words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Digits:
    """Spoken one by one: a number, an account, a reference."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Money:
    """Yuan, not negative: a debt has its own words."""

    amount: Decimal


@dataclass(frozen=True, slots=True)
class Month:
    """YYYY-MM."""

    text: str


@dataclass(frozen=True, slots=True)
class Day:
    day: date


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    moment: time


@dataclass(frozen=True, slots=True)
class Count:
    """A number of things: minutes, mb, items, days, people, times, hours, or a bare count."""

    number: int


@dataclass(frozen=True, slots=True)
class Text:
    """A prompt in a value's place."""

    prompt: str


Value: TypeAlias = Digits | Money | Month | Day | TimeOfDay | Count | Text


@dataclass(frozen=True, slots=True)
class Saying:
    """A template of the manifest with its values."""

    template: str
    values: Mapping[str, Value] = field(repr=False)
