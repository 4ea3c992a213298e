"""Transfers: noted when Asterisk tells of them, resolved when it is known whom they reached.

`by` is the leg on which the transferer reached for the target: of an attended or blonde transfer the second one, of a
blind one the only one. `to` is the channel that took the call, else the one that rang for it, else unknown.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal

from acd.core.history.channels import Leg, Party
from acd.core.history.conversations import Conversations
from acd.core.history.dials import Dials

Kind = Literal["blind", "attended", "blonde"]


@dataclass(slots=True, eq=False)
class Transfer:
    kind: Kind
    by: Party
    place: int
    moved: frozenset[Party]
    """The transferer and those who were talking with them: none of them is the target."""
    to: Party | None = None


class Transfers:
    def __init__(self, conversations: Conversations, dials: Dials) -> None:
        self._conversations = conversations
        self._dials = dials
        self.notes: list[Transfer] = []

    def blind(self, by: Leg, transferee: Leg | None, place: int) -> None:
        transferer = self._real(by)
        self.notes.append(Transfer("blind", transferer, place, self._together(transferer, transferee)))

    def with_consultation(
        self, first: Leg, second: Leg, target: Leg | None, transferee: Leg | None, place: int
    ) -> None:
        """Attended when the transferer had spoken with the target before, else blonde."""
        original = self._real(first)
        by = second.party if second.party.real else original
        moved = self._together(original, transferee) | {by}
        if by is original:  # one leg for both talks (transfer by keys): whom it met since is not among the moved
            moved = frozenset({by, *self._far_ends(transferee)})
        partner = self._consulted(by, moved, target)
        self.notes.append(Transfer("attended" if partner else "blonde", by, place, moved, partner))

    def resolve(self, note: Transfer, parties: Collection[Party], until: int | None) -> Party | None:
        """Whom the transfer reached, among the parties of its call and before the next transfer."""
        if note.to is not None:
            return note.to
        dialled = [party for party in parties if self._was_target(party, note, until)]
        signs: tuple[Callable[[Party], int | None], ...] = (
            self._conversations.first_at.get,
            lambda party: party.rang_at,
            lambda party: party.order[2],
        )
        for sign in signs:
            found = [(at, party.order, party) for party in dialled if (at := sign(party)) is not None]
            if found:
                return min(found, key=lambda item: item[:2])[2]
        return None

    def _was_target(self, party: Party, note: Transfer, until: int | None) -> bool:
        if party in note.moved or not party.real:
            return False
        talked_at = self._conversations.first_at.get(party)
        if talked_at is not None and talked_at < note.place:
            return False
        # A blonde transfer's target was called before the transfer, a blind one's only after it.
        since = note.place if note.kind == "blind" else max(note.by.order[2], note.by.up_at or 0)
        attempts = self._dials.to(party)
        return any(since <= attempt.begun_at and (until is None or attempt.begun_at < until) for attempt in attempts)

    def _consulted(self, by: Party, moved: frozenset[Party], target: Leg | None) -> Party | None:
        """Whom the transferer spoke with last, apart from those who are moved."""
        met = self._conversations.partners.get(by, {})
        if target is not None and target.party in met:
            return target.party
        spoken = [(place, other.order, other) for other, place in met.items() if other not in moved]
        return max(spoken, key=lambda item: item[:2])[2] if spoken else None

    def _together(self, transferer: Party, transferee: Leg | None) -> frozenset[Party]:
        met = self._conversations.partners.get(transferer, {})
        return frozenset({transferer, *met, *self._far_ends(transferee)})

    def _far_ends(self, leg: Leg | None) -> list[Party]:
        return self._conversations.real_ends(leg) if leg is not None else []

    def _real(self, leg: Leg) -> Party:
        ends = self._conversations.real_ends(leg)
        return ends[0] if ends else leg.party
