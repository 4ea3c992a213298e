"""Hashing of passwords (argon2id), off the event loop: one check costs tens of milliseconds of CPU."""

import secrets

from anyio import to_thread
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher


class Passwords:
    def __init__(self, hasher: Argon2Hasher | None = None) -> None:
        self._hash = PasswordHash((hasher or Argon2Hasher(),))
        # Checked when there is no such account, so that the answer takes as long as for a real one.
        self._nobody = self._hash.hash(secrets.token_urlsafe())

    def hash(self, password: str) -> str:
        return self._hash.hash(password)

    async def matches(self, password: str, stored: str | None) -> bool:
        """False for a missing account too, after the same amount of work."""
        good = await to_thread.run_sync(self._hash.verify, password, stored or self._nobody)
        return good and stored is not None
