"""How Mandarin says each kind of value."""

from ivr.speech.grammar import Grammar
from ivr.speech.zh.clips import UNITS
from ivr.speech.zh.dates import speak_date, speak_month, speak_time
from ivr.speech.zh.money import speak_money
from ivr.speech.zh.numbers import speak_count, speak_digits, speak_quantity

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
