"""Who hears whom: bridges, the two halves of Local channels, and through them the real devices at the ends."""

from collections.abc import Iterable

from acd.core.history.channels import Channels, Leg, Party

HOLDING = "holding_bridge"
"""Bridge technology of parking lots, waiting agents and BridgeWait: music, no conversation."""


class Conversations:
    def __init__(self, channels: Channels) -> None:
        self._channels = channels
        self._members: dict[str, dict[str, Leg]] = {}
        self._holding: set[str] = set()
        self.first_at: dict[Party, int] = {}
        self.partners: dict[Party, dict[Party, int]] = {}
        """Whom a party talked with, and since when last."""

    def enter(self, leg: Leg, bridge: str, place: int, technology: str = "", swapped: Leg | None = None) -> list[Leg]:
        """Returns the legs it finds in the bridge when they and it make one conversation (none in a holding bridge)."""
        if technology == HOLDING:
            self._holding.add(bridge)
        else:
            self._holding.discard(bridge)
        if swapped is not None and swapped.bridge == bridge:
            self.leave(swapped, bridge)
        if leg.bridge != bridge:
            self.leave(leg, leg.bridge)
        leg.bridge = bridge
        members = self._members.setdefault(bridge, {})
        members[leg.uniqueid] = leg
        self.look(leg, place)
        return [] if bridge in self._holding else [other for other in members.values() if other is not leg]

    def leave(self, leg: Leg, bridge: str) -> None:
        """A late word of a bridge that the leg is no longer in changes nothing."""
        if leg.bridge != bridge or not bridge:
            return
        leg.bridge = ""
        members = self._members.get(bridge, {})
        members.pop(leg.uniqueid, None)
        if not members:
            self.destroy(bridge)

    def destroy(self, bridge: str) -> None:
        for leg in self._members.pop(bridge, {}).values():
            leg.bridge = ""
        self._holding.discard(bridge)

    def look(self, leg: Leg, place: int) -> None:
        """Note the conversation that a leg is now part of, if any."""
        ends = [end.party for end in self._connected(leg) if end.party.real and not end.zombie]
        if len(ends) < 2:
            return
        for party in ends:
            self.first_at.setdefault(party, place)
            met = self.partners.setdefault(party, {})
            for other in ends:
                if other is not party:
                    met[other] = place

    def real_ends(self, leg: Leg) -> list[Party]:
        """The real devices at the far ends of a leg; the leg's own when it is real."""
        if leg.party.real:
            return [leg.party]
        return [end.party for end in self._connected(leg) if end.party.real and not end.zombie]

    def _connected(self, start: Leg) -> Iterable[Leg]:
        found = {start.uniqueid: start}
        todo = [start]
        while todo:
            leg = todo.pop()
            for other in self._neighbours(leg):
                if other.uniqueid not in found:
                    found[other.uniqueid] = other
                    todo.append(other)
        return found.values()

    def _neighbours(self, leg: Leg) -> list[Leg]:
        near: list[Leg] = []
        if leg.bridge and leg.bridge not in self._holding:
            near.extend(self._members.get(leg.bridge, {}).values())
        sibling = self._channels.sibling(leg)
        if sibling is not None:
            near.append(sibling)
        return near
