"""Telephone numbers as subscribers know them. Decides nothing about whom they belong to."""

import re

_PLAUSIBLE = re.compile(r"[0-9]{3,15}")


_MOBILE = re.compile(r"1[3-9][0-9]{9}")


def is_mobile(number: str) -> bool:
    """It takes texts. Without the country code."""
    return _MOBILE.fullmatch(number) is not None


def national(caller_id: str) -> str:
    """Without the country code; "" when withheld or not a number."""
    number = re.sub(r"^(?:\+|00)86", "", caller_id.strip())
    number = re.sub(r"^86(?=1[3-9][0-9]{9}$)", "", number)
    return number if _PLAUSIBLE.fullmatch(number) else ""
