"""Hashing of passwords (argon2id), off the event loop: one check costs tens of milliseconds of CPU."""

import secrets

from anyio import to_thread
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

OWASP_ARGON2ID = Argon2Hasher(time_cost=4, memory_cost=9216, parallelism=1)
"""One of OWASP's equal choices, the one with least CPU: the library's default costs nine times as much a check, and a
hotline checks a service password on every bill query (three wrong ones a day lock the line in any case)."""


class Passwords:
    def __init__(self, hasher: Argon2Hasher = OWASP_ARGON2ID) -> None:
        self._hash = PasswordHash((hasher,))
        # Checked when there is no such account, so that the answer takes as long as for a real one.
        self._nobody = self._hash.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        return self._hash.hash(password)

    async def matches(self, password: str, stored: str | None) -> bool:
        """False for a missing account too, after the same amount of work."""
        good = await to_thread.run_sync(self._hash.verify, password, stored or self._nobody)
        return good and stored is not None
