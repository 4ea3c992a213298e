"""A value in Mandarin, by the kind of its place."""

from ivr.speech.limits import Clips
from ivr.speech.values import Count, Day, Digits, Money, Month, Text, TimeOfDay, Value
from ivr.speech.zh.clips import UNITS
from ivr.speech.zh.dates import speak_date, speak_month, speak_time
from ivr.speech.zh.money import speak_money
from ivr.speech.zh.numbers import speak_count, speak_digits, speak_quantity


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
