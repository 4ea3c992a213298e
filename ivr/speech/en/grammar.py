"""How English says each kind of value."""

from ivr.speech.en.clips import UNITS
from ivr.speech.en.dates import speak_date, speak_month, speak_time
from ivr.speech.en.numbers import speak_count, speak_money, speak_quantity
from ivr.speech.grammar import Grammar
from ivr.speech.limits import PAUSE, Clips, groups


def speak_digits(text: str) -> Clips:
    """Digit by digit in groups with short pauses."""
    clips: list[str] = []
    for group in groups(text):
        clips += [PAUSE] if clips else []
        clips += [f"digits/{digit}" for digit in group]
    return tuple(clips)


GRAMMAR = Grammar(
    units=UNITS,
    digits=speak_digits,
    money=speak_money,
    month=speak_month,
    day=speak_date,
    moment=speak_time,
    count=speak_count,
    quantity=speak_quantity,
)
