"""Read spoken Chinese back into values. They know nothing of how the grammar builds its words."""

import re
from decimal import Decimal

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}


def read_number(text: str) -> int:
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        head, found, rest = text.partition(unit)
        if found:
            return read_number(head) * size + read_number(rest)
    total = digit = 0
    for character in text:
        if character in UNITS:
            total, digit = total + (digit or 1) * UNITS[character], 0
        else:
            digit = DIGITS[character]
    return total + digit


def read_money(text: str) -> Decimal:
    match = re.fullmatch(r"(?:(.+)元)?(?:(.)角)?(?:零?(.)分)?", text)
    assert match, text
    yuan, jiao, fen = match.groups()
    return Decimal(
        (read_number(yuan) if yuan else 0) * 100 + (DIGITS[jiao] * 10 if jiao else 0) + (DIGITS[fen] if fen else 0)
    ).scaleb(-2)
