"""Chinese numerals below a hundred: the common ground of the speech grammar and the manifest's number clips."""

DIGITS = "零一二三四五六七八九"


def digit(n: int) -> str:
    return DIGITS[n]


def tail(n: int) -> str:
    """The numeral as it stands after a hundred or a 零: 一十三."""
    tens, ones = divmod(n, 10)
    spoken = DIGITS[tens] + "十" if tens else ""
    return spoken + DIGITS[ones] if ones or not tens else spoken


def cardinal(n: int) -> str:
    """The numeral standing first: 十三."""
    return tail(n).removeprefix("一") if 10 <= n <= 19 else tail(n)


def words(n: int) -> dict[str, str]:
    """What the manifest's number clips may name."""
    return {"cardinal": cardinal(n), "tail": tail(n), "digit": digit(n % 10)}
