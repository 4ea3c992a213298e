"""What the recorder has understood so far, and the few ways in which it grows. Knows no event by name."""

from acd.contracts.dialplan import Variable
from acd.core.history.channels import Channels, Leg
from acd.core.history.conversations import Conversations
from acd.core.history.dials import Dials
from acd.core.history.events import AmiEvent
from acd.core.history.groups import Groups
from acd.core.history.transfers import Transfers

CALL_ID = f"{Variable.CALL_ID}="
DISORDER_SECONDS = 0.05
"""Time stamps are taken by several threads of Asterisk; only a larger step back is a disorder of the recording."""

LINK = "link:"
"""Begins the names of the bridges that stand for a link of Asterisk 11."""


class Story:
    def __init__(self) -> None:
        self.channels = Channels()
        self.groups = Groups()
        self.dials = Dials()
        self.conversations = Conversations(self.channels)
        self.transfers = Transfers(self.conversations, self.dials)
        self.place = 0
        self.tells_who_hung_up = False
        self._now: float | None = None

    def next(self, event: AmiEvent) -> None:
        self.place += 1
        self._now = _seconds(event.text("timestamp"))

    # Who

    def touch(self, event: AmiEvent, prefix: str = "", suffix: str = "", new: bool = False) -> Leg | None:
        """The leg in this role of the event; everything the event says of it is taken in."""
        leg = self.channels.create(event, self.place) if new else self.channels.touch(event, self.place, prefix, suffix)
        if leg is None:
            return None
        party = leg.party
        if self._now is not None:
            party.made_at = self._now if party.made_at is None else party.made_at
            party.doubtful |= self._now < leg.last_at - DISORDER_SECONDS
            leg.last_at = max(leg.last_at, self._now)
        for variable in event.values(f"{prefix}chanvariable{suffix}"):
            if variable.startswith(CALL_ID):
                party.call_id = party.call_id or variable.removeprefix(CALL_ID)
        if linkedid := event.text(f"{prefix}linkedid{suffix}"):
            self.groups.tie(leg.uniqueid, linkedid)
        self._tie_merged(leg)
        return leg

    def touch_named(self, uniqueid: str, name: str) -> Leg | None:
        """Where an event of Asterisk 11 has its own names for the headers."""
        return self.touch(AmiEvent({"uniqueid": uniqueid, "channel": name}))

    def named(self, name: str) -> Leg | None:
        return self.channels.find("", name)

    def tie_legs(self, one: Leg | None, other: Leg | None) -> None:
        if one is not None and other is not None:
            self.groups.tie(one.uniqueid, other.uniqueid)

    def moved(self, leg: Leg) -> None:
        """A party came to this leg by a masquerade."""
        self._tie_merged(leg)
        for uniqueid in (leg.party.home, leg.uniqueid):
            other = self.channels.legs.get(uniqueid)
            if other is not None:
                self._tie_merged(other)
        self.conversations.look(leg, self.place)

    def _tie_merged(self, leg: Leg) -> None:
        while leg.merged_with:
            self.groups.tie(leg.uniqueid, leg.merged_with.pop())

    # What they do

    def alerted(self, leg: Leg) -> None:
        party = leg.party
        party.rang_at = self.place if party.rang_at is None else party.rang_at
        party.number_settled |= party.number != ""

    def answered(self, leg: Leg) -> None:
        party = leg.party
        party.up_at = self.place if party.up_at is None else party.up_at

    def hangup(self, leg: Leg, cause: int | None) -> None:
        party = leg.party
        # It leaves its bridge first, and Asterisk says so. Of links that cannot be said: they may be doubled unnoticed.
        party.doubtful |= party.real and leg.bridge != "" and not leg.bridge.startswith(LINK)
        self.conversations.leave(leg, leg.bridge)
        if party.ended_at is None:
            party.ended_at, party.cause = self.place, cause

    def expect_alive(self, leg: Leg) -> None:
        leg.party.doubtful |= leg.party.ended_at is not None

    def dial(self, source: Leg | None, target: Leg, dialstring: str) -> None:
        self.tie_legs(source, target)
        self.dials.begin(source, target, self.place, dialstring)
        if source is not None:
            source.party.number_settled |= source.party.number != ""

    def enter(self, leg: Leg, bridge: str, technology: str = "", swapped: Leg | None = None, *, private: bool) -> None:
        """Those who meet in a private bridge belong to one call; a conference room joins nobody's calls."""
        leg.party.number_settled |= leg.party.number != ""
        met = self.conversations.enter(leg, bridge, self.place, technology, swapped)
        if private:
            for other in met:
                self.tie_legs(leg, other)

    def leave(self, leg: Leg, bridge: str) -> None:
        leg.party.doubtful |= leg.bridge != bridge and leg.party.real
        self.conversations.leave(leg, bridge)

    def transferred_blind(self, by: Leg, transferee: Leg | None) -> None:
        self.tie_legs(by, transferee)
        self.transfers.blind(by, transferee, self.place)

    def transferred_with_consultation(
        self, first: Leg, second: Leg, target: Leg | None, transferee: Leg | None
    ) -> None:
        for leg in (second, target, transferee):
            self.tie_legs(first, leg)
        self.transfers.with_consultation(first, second, target, transferee, self.place)

    def queued(self, leg: Leg, queue: str) -> None:
        leg.party.queue = queue or leg.party.queue
        leg.party.waiting = True

    def left_queue(self, leg: Leg) -> None:
        leg.party.waiting = False


def _seconds(timestamp: str) -> float | None:
    whole, _, fraction = timestamp.partition(".")
    if not (whole.isascii() and whole.isdecimal() and len(whole) < 12):
        return None
    return float(f"{whole}.{fraction}" if fraction.isascii() and fraction.isdecimal() and len(fraction) < 10 else whole)
