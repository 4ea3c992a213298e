"""English numerals below a hundred: the common ground of the speech grammar and the manifest's number clips."""

SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
IRREGULAR = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"}
IRREGULAR |= {"twelve": "twelfth"}


def cardinal(n: int) -> str:
    """twenty-one."""
    if n < 20:
        return SMALL[n]
    tens, ones = divmod(n, 10)
    return f"{TENS[tens - 2]}-{SMALL[ones]}" if ones else TENS[tens - 2]


def ordinal(n: int) -> str:
    """twenty-first."""
    head, dash, last = cardinal(n).rpartition("-")
    return head + dash + (IRREGULAR.get(last) or (f"{last[:-1]}ieth" if last.endswith("y") else f"{last}th"))


def words(n: int) -> dict[str, str]:
    """What the manifest's number clips may name."""
    month = MONTHS[n - 1] if 1 <= n <= 12 else ""
    return {"cardinal": cardinal(n), "ordinal": ordinal(n), "month": month}
