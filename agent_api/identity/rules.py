"""Rules about service passwords and identity digits (requirements.md 4.4.2). Pure."""

import re

PASSWORD = re.compile(r"[0-9]{6}")
_UP, _DOWN = "0123456789012345", "9876543210987654"


def is_weak(password: str, number: str) -> bool:
    """Not six digits, equal digits, a run up or down, or a piece of the line's own number."""
    if not PASSWORD.fullmatch(password):
        return True
    return len(set(password)) == 1 or password in _UP or password in _DOWN or password in number


def document_digits(keyed: str) -> str:
    """The last six as stored: a star on the telephone stands for X."""
    return keyed.replace("*", "X").upper()
