"""Who is who on the wire: Asterisk's channel structures (legs) and the devices they carry (parties).

A leg is known by its uniqueid. A masquerade moves a party from one leg to another, and the names move with it
("<MASQ>", "<ZOMBIE>"); what people ask about is the party.
"""

import re
from dataclasses import dataclass, field

from acd.core.history.events import AmiEvent

# Channels that Asterisk makes for itself: nobody holds a phone at their end.
OWN_TECHNOLOGIES = frozenset({
    "local", "asyncgoto", "parked", "transfered", "surrogate", "bridge", "recorder", "announcer", "cbann", "cbrec",
    "confbridgerecorder", "snoop", "message", "multicastrtp", "unicastrtp", "bridgeannouncer", "null", "rtp", "agi",
})  # fmt: skip
UNIQUEID = re.compile(r"^(?:.*-)?([0-9]{1,12})\.([0-9]{1,12})$")
SERVICE_EXTENSIONS = frozenset({"", "s", "h", "i", "t", "o", "a", "e"})

Order = tuple[int, int, int]
"""When a channel was made: epoch and count of its uniqueid (right even in a shuffled stream), then its place in it."""


@dataclass(slots=True, eq=False)
class Party:
    """One device's channel. Times are places in the stream."""

    name: str
    home: str  # uniqueid of the leg it was made on
    order: Order
    created: bool = False  # its Newchannel was seen
    context: str = ""
    exten: str = ""
    number: str = ""
    number_settled: bool = False
    linkedid: str = ""
    rang_at: int | None = None
    up_at: int | None = None
    hangup_asked: bool = False  # the device itself hung up
    ended_at: int | None = None
    cause: int | None = None
    doubtful: bool = False  # its events came in an impossible order
    made_at: float | None = None  # epoch seconds of its first event
    call_id: str = ""  # our own, CC_CALL_ID
    queue: str = ""  # the last one it waited in
    waiting: bool = False
    abandoned_queue: bool = False
    campaign: bool = False  # called by the dialer, for its own sake

    @property
    def real(self) -> bool:
        return "/" in self.name and self.name.partition("/")[0].lower() not in OWN_TECHNOLOGIES

    def local_sibling(self) -> str:
        """Name of the other half of a Local channel, or nothing."""
        if not self.name.startswith("Local/") or self.name[-2:] not in (";1", ";2"):
            return ""
        return self.name[:-1] + ("2" if self.name.endswith("1") else "1")


@dataclass(slots=True, eq=False)
class Leg:
    uniqueid: str
    party: Party
    zombie: bool = False  # left over by a masquerade
    bridge: str = ""
    last_at: float = 0.0
    merged_with: list[str] = field(default_factory=list)


class Channels:
    """All legs and parties of a stream."""

    def __init__(self) -> None:
        self.legs: dict[str, Leg] = {}
        self.parties: list[Party] = []
        self._by_name: dict[str, Leg] = {}
        self._clones: dict[str, Leg] = {}

    def create(self, event: AmiEvent, place: int) -> Leg | None:
        """Newchannel. A name in use means that Asterisk was restarted: the new channel takes it over."""
        name = event.text("channel")
        known = self.legs.get(event.text("uniqueid") or _key_of(name))
        if known is None and name in self._by_name:
            del self._by_name[name]
        leg = self.touch(event, place)
        if leg is None:
            return None
        party = leg.party
        party.doubtful |= known is not None and not party.created
        party.created = True
        party.context = party.context or event.text("context")
        return leg

    def touch(self, event: AmiEvent, place: int, prefix: str = "", suffix: str = "") -> Leg | None:
        """The leg that an event speaks of, taking in what it says. None if it names no channel."""
        name = event.text(f"{prefix}channel{suffix}")
        uniqueid = event.text(f"{prefix}uniqueid{suffix}")
        leg = self.find(uniqueid, name)
        if leg is None:
            if not name:
                return None
            leg = self._make(uniqueid or _key_of(name), base_name(name), place)
        if name:
            leg.zombie |= "<ZOMBIE>" in name
            self._agree(leg, base_name(name))
        party = leg.party
        if linkedid := event.text(f"{prefix}linkedid{suffix}"):
            party.linkedid = party.linkedid or linkedid
        if not leg.zombie and not party.number_settled:
            party.number = event.number(f"{prefix}calleridnum{suffix}") or party.number
        if party.exten in SERVICE_EXTENSIONS:
            party.exten = event.text(f"{prefix}exten{suffix}")
        return leg

    def find(self, uniqueid: str, name: str) -> Leg | None:
        if uniqueid:
            return self.legs.get(uniqueid)
        return self._by_name.get(base_name(name)) if name else None

    def sibling(self, leg: Leg) -> Leg | None:
        """The leg at the other end of a Local channel."""
        other = leg.party.local_sibling()
        return self._by_name.get(other) if other and not leg.zombie else None

    def rename(self, event: AmiEvent) -> Leg | None:
        """The leg whose name changed, when a party moved on to it.

        A masquerade writes: N -> N<MASQ>, O -> N, N<MASQ> -> O<ZOMBIE>. The second line is where N's device moves.
        """
        new = event.text("newname")
        leg = self.find(event.text("uniqueid"), event.text("channel"))
        if leg is None or not new:
            return None
        if new.endswith("<MASQ>"):
            self._clones[base_name(new)] = leg
            return None
        if new.endswith("<ZOMBIE>"):
            leg.zombie = True
            return None
        clone = self._clones.pop(new, None)
        if clone is not None:
            self.swap(clone, leg)
        elif new not in self._by_name:
            self._rename_party(leg, new)
        return leg

    def swap(self, one: Leg, other: Leg) -> None:
        """Both legs exchange their parties."""
        if one is other:
            return
        one.party, other.party = other.party, one.party
        one.merged_with.append(other.uniqueid)
        self._by_name[one.party.name] = one
        self._by_name[other.party.name] = other

    def _agree(self, leg: Leg, name: str) -> None:
        """What an event says of uniqueid and name together wins: not every recording has the Rename events."""
        if leg.party.name == name:
            return
        elsewhere = self._by_name.get(name)
        if elsewhere is not None:
            self.swap(leg, elsewhere)
        elif not leg.zombie:
            self._rename_party(leg, name)

    def _rename_party(self, leg: Leg, name: str) -> None:
        if self._by_name.get(leg.party.name) is leg:
            del self._by_name[leg.party.name]
        leg.party.name = name
        self._by_name[name] = leg

    def _make(self, uniqueid: str, name: str, place: int) -> Leg:
        match = UNIQUEID.match(uniqueid)
        order = (int(match[1]), int(match[2]), place) if match else (0, 0, place)
        party = Party(name, uniqueid, order)
        leg = Leg(uniqueid, party)
        elsewhere = self._by_name.get(name)
        if elsewhere is not None and elsewhere.party.ended_at is None:
            leg.merged_with.append(elsewhere.uniqueid)
        self.legs[uniqueid] = leg
        self._by_name[name] = leg
        self.parties.append(party)
        return leg


def base_name(name: str) -> str:
    """A channel's name without the mark of a masquerade."""
    return name.removesuffix("<MASQ>").removesuffix("<ZOMBIE>")


def _key_of(name: str) -> str:
    return f"name:{base_name(name)}"
