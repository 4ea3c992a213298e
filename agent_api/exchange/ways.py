"""Which peer leads to which centre, and who speaks for this installation. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from agent_api.auth.service import CenterPlace
from agent_api.exchange.wire import Entry

TIERS = "NPC"
_NAMED = ("target", "subtask")


@dataclass(frozen=True, slots=True)
class Ways:
    places: Mapping[str, CenterPlace]

    def peer_to(self, center_id: str) -> str:
        """Empty: the centre works here, or nobody knows it."""
        place = self.places.get(center_id)
        return place.home or "" if place else ""

    @property
    def lead_nowhere(self) -> bool:
        """This installation is the only one."""
        return not any(place.home for place in self.places.values())

    def works_here(self, center_id: str) -> bool:
        return center_id in self.places and not self.places[center_id].home

    def front(self, peer: str = "") -> str:
        """The highest centre of this installation, or of those behind a peer: it speaks for the others."""
        found = [each for each in self.places.values() if (each.home or "") == peer]
        found.sort(key=lambda each: (TIERS.index(each.level), each.center_id))
        return found[0].center_id if found else ""

    def units(self, accepted_by: str, tier: str, entries: Iterable[Entry]) -> set[str]:
        """Centres that have, or had, a part in the ticket: whoever it was sent to, and the tier it rose to."""
        named = {unit_of(entry.data.get(name, "")) for entry in entries for name in _NAMED}
        return {each for each in named if each in self.places} | self._risen(accepted_by, tier)

    def _risen(self, accepted_by: str, tier: str) -> set[str]:
        place = self.places.get(accepted_by)
        if place is None or TIERS.find(tier) >= TIERS.index(place.level):
            return set()
        while place is not None and place.level != tier:
            place = self.places.get(place.parent_id or "")
        return {place.center_id} if place else set()


def unit_of(target: str) -> str:
    """The centre of a target, which may name a department behind a slash."""
    return target.partition("/")[0]
