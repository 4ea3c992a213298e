"""Who called whom: the caller's channel, both numbers, and from which side of the PBX."""

import re
from collections.abc import Sequence
from typing import Literal

from acd.core.history.channels import SERVICE_EXTENSIONS, Party
from acd.core.history.dials import Dials

Direction = Literal["inbound", "outbound", "internal"]

# Words in a context's or an endpoint's name that tell on which side of the PBX it is.
OUTSIDE = frozenset({
    "trunk", "trunks", "pstn", "external", "inbound", "incoming", "outside", "world", "provider", "carrier", "did",
    "isp", "gw", "gateway", "sbc", "siproute", "peer", "operator", "telco", "sipgate", "twilio", "ims", "extern",
    "incall", "public", "anonymous",
})  # fmt: skip
INSIDE = frozenset({
    "internal", "account", "accounts", "agent", "agents", "phone", "phones", "extension", "extensions",
    "users", "user", "local", "office", "staff", "desk",
})  # fmt: skip
LINE_TECHNOLOGIES = frozenset({"dahdi", "zap", "capi", "misdn", "khomp", "ss7", "dongle", "quectel", "datacard"})
WORDS = re.compile(r"[a-z]+")
EXTENSION = re.compile(r"^[0-9]{2,6}[a-z]?$")
DIALLED = re.compile(r"(?:^|/|sips?:)(\+?[0-9*#]{2,})(?:@|$)")


def find_caller(parties: Sequence[Party], dials: Dials) -> tuple[Party, bool]:
    """The caller among the real parties of a call (oldest first), and whether the PBX called them.

    Click-to-dial and dunning have no incoming channel: there the first leg that was called is the caller, and of
    several phones rung for it the one that answered.
    """
    oldest = parties[0]
    if not dials.to(oldest):
        return oldest, False
    answered = next((party for party in parties if party.up_at is not None and dials.to(party)), oldest)
    return answered, True


def caller_number(caller: Party) -> str | None:
    return caller.number or None


def callee_number(caller: Party, called: bool, others: Sequence[Party], dials: Dials) -> str | None:
    """The number that was dialled. Where the PBX called the caller first, it is the number of the second leg.

    A leg that the PBX called for its own sake (an announcement, a dunning call) is itself the callee.
    """
    if not called:
        return caller.exten if caller.exten not in SERVICE_EXTENSIONS else _number_of(others, dials)
    if caller.campaign or not others:
        dialled = _dialled(caller, dials)
        return dialled if dialled != caller.number else None
    return _number_of(others, dials)


def _number_of(others: Sequence[Party], dials: Dials) -> str | None:
    for party in others:
        if number := party.number or _dialled(party, dials):
            return number
    return None


def _dialled(party: Party, dials: Dials) -> str | None:
    for attempt in dials.to(party):
        if match := DIALLED.search(attempt.dialstring):
            return match[1]
    return None


def direction(caller: Party, called: bool, others: Sequence[Party], callee: str | None) -> Direction | None:
    """Inbound from a line, outbound to one, internal between phones; None when nothing tells.

    What the PBX started itself is outbound as soon as a line is in it: it was us who called the world.
    """
    sides = [_side(party) for party in others]
    reached_outside = "outside" in sides or (not sides and _outside_number(callee))
    side = _side(caller) or _side_of_number(caller.number)
    if called:
        return "outbound" if side == "outside" or reached_outside else "internal"
    if side == "outside":
        return "inbound"
    if side == "inside":
        unknown = not any(sides) and _outside_number(callee)
        return "outbound" if reached_outside or unknown else "internal"
    return "inbound" if "inside" in sides else None


def _side(party: Party) -> Literal["outside", "inside"] | None:
    technology, _, rest = party.name.partition("/")
    if technology.lower() in LINE_TECHNOLOGIES:
        return "outside"
    endpoint = rest.rpartition("-")[0].lower() or rest.lower()
    for words in (WORDS.findall(party.context.lower()), WORDS.findall(endpoint)):
        if OUTSIDE.intersection(words) or words[-1:] == ["in"]:
            return "outside"
        if INSIDE.intersection(words):
            return "inside"
    return "inside" if EXTENSION.match(endpoint) else None


def _side_of_number(number: str) -> Literal["outside", "inside"] | None:
    if _outside_number(number):
        return "outside"
    return "inside" if EXTENSION.match(number) else None


def _outside_number(number: str | None) -> bool:
    digits = (number or "").removeprefix("+")
    return digits.isdecimal() and len(digits) >= 7
