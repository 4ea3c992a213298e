"""What a member of staff's password must be (requirements.md 6.3). Pure."""

import string
from datetime import datetime, timedelta

LEAST_LENGTH = 10
LEAST_CLASSES = 3
REMEMBERED = 5
"""So many former ones are not taken again."""
LASTS = timedelta(days=90)


def objection(password: str, agent_no: str, name: str) -> str | None:
    """Code of the first rule it breaks; None when it may be used, unless it was used before."""
    if len(password) < LEAST_LENGTH:
        return "password.too_short"
    if classes(password) < LEAST_CLASSES:
        return "password.too_plain"
    lowered = password.lower()
    if agent_no in password or (name and name.lower() in lowered):
        return "password.names_you"
    return None


def classes(password: str) -> int:
    """Small letters, capitals, digits, anything else: how many of the four."""
    kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
    found = {next((index for index, kind in enumerate(kinds) if sign in kind), len(kinds)) for sign in password}
    return len(found)


def is_over(set_at: datetime, now: datetime) -> bool:
    return now - set_at >= LASTS
