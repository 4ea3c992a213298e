"""Spares callers the wait for a peer that has not answered lately. Pure: the time is handed in."""

FAILURES = 3
REST_SECONDS = 5.0


class Breaker:
    """Opens after some failures in a row; after a rest one question at a time tries whether the peer is back."""

    def __init__(self) -> None:
        self._failures = 0
        self._rests_until = 0.0

    def lets_through(self, now: float) -> bool:
        if self._failures < FAILURES:
            return True
        if now < self._rests_until:
            return False
        self._rests_until = now + REST_SECONDS
        return True

    def failed(self, now: float) -> None:
        self._failures += 1
        self._rests_until = now + REST_SECONDS

    def worked(self) -> None:
        self._failures = 0
