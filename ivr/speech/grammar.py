"""A value by the kind of its place, the same in every language; the words are the language's own. Pure."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal

from ivr.speech.limits import Clips
from ivr.speech.values import Count, Day, Digits, Money, Month, Text, TimeOfDay, Value


@dataclass(frozen=True, slots=True)
class Grammar:
    """What a language must be able to say."""

    units: Collection[str]
    digits: Callable[[str], Clips]
    money: Callable[[Decimal], Clips]
    month: Callable[[str], Clips]
    day: Callable[[date], Clips]
    moment: Callable[[time], Clips]
    count: Callable[[int], Clips]
    quantity: Callable[[int, str], Clips]

    def speak(self, kind: str, value: Value) -> Clips:
        """Raises ValueError for a value that does not fit its place."""
        match kind, value:
            case "digits", Digits(text):
                return self.digits(text)
            case "money", Money(amount):
                return self.money(amount)
            case "month", Month(text):
                return self.month(text)
            case "date", Day(day):
                return self.day(day)
            case "time", TimeOfDay(moment):
                return self.moment(moment)
            case "count", Count(number):
                return self.count(number)
            case unit, Count(number) if unit in self.units:
                return self.quantity(number, unit)
            case "text", Text(prompt):
                return (prompt,)
        raise ValueError(f"{type(value).__name__} is not spoken as {kind}")
