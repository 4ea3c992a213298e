"""What every language shares: how large a number has words, what a value may look like, how digits are grouped."""

import re
from decimal import Decimal
from itertools import pairwise

LIMIT = 10**12  # from here on the grammars have no words (万亿, trillion)
PAUSE = "digits/pause"

Clips = tuple[str, ...]


def fen_of(amount: Decimal) -> int:
    """An amount in fen. Refuses what cannot be spoken."""
    if not amount.is_finite() or not 0 <= amount < LIMIT:
        raise ValueError("an amount to speak lies between 0 and 999999999999.99")
    fen = amount * 100
    if fen != fen.to_integral_value():
        raise ValueError("an amount to speak has whole fen")
    return int(fen)


def month_of(month: str) -> int:
    if not re.fullmatch(r"[0-9]{4}-(0[1-9]|1[0-2])", month):
        raise ValueError("a month to speak is written YYYY-MM")
    return int(month[5:])


def groups(text: str) -> list[str]:
    """Up to six digits in one go, longer ones in fours from the right; a single digit never stands alone."""
    if not re.fullmatch(r"[0-9]+", text):
        raise ValueError("only digits 0-9 can be spoken one by one")
    if len(text) <= 6:
        return [text]
    head = len(text) % 4
    cuts = [0, *range(head if head > 1 else head + 4, len(text) + 1, 4)]
    return [text[start:end] for start, end in pairwise(cuts)]
