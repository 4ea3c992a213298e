"""A value in English, by the kind of its place."""

from ivr.speech.en.clips import UNITS
from ivr.speech.en.dates import speak_date, speak_month, speak_time
from ivr.speech.en.numbers import speak_count, speak_money, speak_quantity
from ivr.speech.limits import PAUSE, Clips, groups
from ivr.speech.values import Count, Day, Digits, Money, Month, Text, TimeOfDay, Value


def speak(kind: str, value: Value) -> Clips:
    """Raises ValueError for a value that does not fit its place."""
    match kind, value:
        case "digits", Digits(text):
            return speak_digits(text)
        case "money", Money(amount):
            return speak_money(amount)
        case "month", Month(text):
            return speak_month(text)
        case "date", Day(day):
            return speak_date(day)
        case "time", TimeOfDay(moment):
            return speak_time(moment)
        case "count", Count(number):
            return speak_count(number)
        case unit, Count(number) if unit in UNITS:
            return speak_quantity(number, unit)
        case "text", Text(prompt):
            return (prompt,)
    raise ValueError(f"{type(value).__name__} is not spoken as {kind}")


def speak_digits(text: str) -> Clips:
    """Digit by digit in groups with short pauses."""
    clips: list[str] = []
    for group in groups(text):
        clips += [PAUSE] if clips else []
        clips += [f"digits/{digit}" for digit in group]
    return tuple(clips)
