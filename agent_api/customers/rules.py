"""Rules about subscribers. Pure."""

import re
from datetime import date
from enum import StrEnum

from pypinyin import Style, lazy_pinyin

SENIOR_AGE = 65
TAIL = 4
INITIALS = 60
WRONG_TRIES_PER_DAY = 3


class ProductType(StrEnum):
    """The six business lines (requirements.md U-4.2.1 to U-4.2.6)."""

    MOBILE = "MOBILE"
    IP = "IP"
    INTERNET = "INTERNET"
    LONG_DISTANCE = "LONG_DISTANCE"
    PAGING = "PAGING"
    LOCAL = "LOCAL"


PRODUCT_TITLES = {
    ProductType.MOBILE: "移动业务",
    ProductType.IP: "IP业务",
    ProductType.INTERNET: "互联网业务",
    ProductType.LONG_DISTANCE: "长途业务",
    ProductType.PAGING: "寻呼业务",
    ProductType.LOCAL: "市话业务",
}


def product_type(name: str) -> ProductType:
    """The line the menus call "mobile", "ip", ..."""
    return ProductType(name.upper())


def normal_number(number: str) -> str:
    """A number as our records hold it: digits, without the country code (+86, 0086, 86 before a mobile number)."""
    digits = re.sub(r"[^0-9]", "", number)
    digits = digits.removeprefix("00")
    return digits[2:] if digits.startswith("86") and len(digits) >= 12 else digits


def initials(name: str) -> str:
    """First letters of a name as they are typed: 张三 is zs, Jane Doe is jd."""
    words = name.split() if name.isascii() else lazy_pinyin(name, style=Style.FIRST_LETTER)
    return "".join(word[0] for word in words if word).lower()[:INITIALS]


def is_senior(born: date, today: date) -> bool:
    had_birthday = (today.month, today.day) >= (born.month, born.day)
    return today.year - born.year - (not had_birthday) >= SENIOR_AGE


def month_of(day: date) -> str:
    """2026-10."""
    return f"{day:%Y-%m}"


def months_between(month: str, today: date) -> int:
    """How many months ago `month` ("2026-10") was; negative for a month to come."""
    return (today.year - int(month[:4])) * 12 + today.month - int(month[5:7])


def tries_left(wrong_tries: int, wrong_day: date | None, today: date) -> int:
    """Three wrong entries in one day lock the password for that day."""
    used = wrong_tries if wrong_day == today else 0
    return max(0, WRONG_TRIES_PER_DAY - used)
