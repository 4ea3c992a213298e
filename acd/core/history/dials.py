"""Who rang whom, and how each attempt ended."""

from dataclasses import dataclass

from acd.core.history.channels import Leg, Party


@dataclass(slots=True, eq=False)
class Attempt:
    """One leg called. Parties are those at the beginning: a transfer may put others in their place."""

    source: Party | None  # None: an originate
    target: Party
    begun_at: int
    dialstring: str = ""
    status: str = ""
    ended_at: int | None = None


class Dials:
    """Kept by uniqueid: when a masquerade moves the caller, the dial stays with the leg."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str], Attempt] = {}
        self._by_leg: dict[str, list[Attempt]] = {}
        self._to: dict[Party, list[Attempt]] = {}

    def begin(self, source: Leg | None, target: Leg, place: int, dialstring: str = "") -> None:
        key = (source.uniqueid if source else "", target.uniqueid)
        if source is target or (key in self._known and self._known[key].ended_at is None):
            return
        attempt = Attempt(source.party if source else None, target.party, place, dialstring)
        self._known[key] = attempt
        self._to.setdefault(target.party, []).append(attempt)
        self._by_leg.setdefault(key[0], []).append(attempt)

    def end(self, source: Leg | None, target: Leg, place: int, status: str) -> None:
        """An end alone tells of a dial too: after a blonde transfer somebody else waits for the answer.

        Without a source it is no dial but the fate of an originated Local channel's other half.
        """
        key = (source.uniqueid if source else "", target.uniqueid)
        if key not in self._known and source is not None:
            self.begin(source, target, place)
        attempt = self._known.get(key)
        if attempt is not None and attempt.ended_at is None:
            attempt.status, attempt.ended_at = status, place

    def end_all(self, source: Leg, place: int, status: str) -> None:
        """Asterisk 11 tells only that the dialling channel is done, not with whom."""
        for attempt in self._by_leg.get(source.uniqueid, ()):
            if attempt.ended_at is None:
                attempt.status, attempt.ended_at = status, place

    def to(self, target: Party) -> list[Attempt]:
        return self._to.get(target, [])
