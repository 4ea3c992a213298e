"""Which side of the PBX, and which number."""

import pytest

from acd.core.history.caller import Direction, callee_number, direction, find_caller
from acd.core.history.channels import Leg, Party
from acd.core.history.dials import Dials

pytestmark = pytest.mark.unit


def party(name: str, context: str = "", number: str = "", exten: str = "", count: int = 1) -> Party:
    made = Party(name, f"1.{count}", (1, count, count))
    made.context, made.number, made.exten = context, number, exten
    return made


TRUNK = party("PJSIP/trunk-00000001", "from-trunk", "13900000001")
CARRIER = party("SIP/voipgrid-siproute-1", "voipgrid_in", "+31612345678")
PHONE = party("PJSIP/8001w-00000002", "cc-agent", "8001")
DESK = party("SIP/150010001-3", "osvpi_account", "201")
SPAN = party("DAHDI/i1/139-1", "default", "139")
PLAIN = party("SIP/alice-1", "default", "201")
STRANGER = party("SIP/alice-1", "default", "alice")


@pytest.mark.parametrize(
    ("caller", "called", "others", "callee", "expected"),
    [
        (TRUNK, False, [PHONE], "10010", "inbound"),
        (TRUNK, False, [], "10010", "inbound"),
        (CARRIER, False, [CARRIER], "+31150010001", "inbound"),  # forwarded to a mobile
        (SPAN, False, [PHONE], "8001", "inbound"),
        (PHONE, False, [TRUNK], "13900000001", "outbound"),
        (DESK, False, [DESK], "202", "internal"),
        (PHONE, False, [], "*43", "internal"),
        (PHONE, False, [], "13900000001", "outbound"),  # the line was never reached
        (PLAIN, False, [PHONE], "8001", "internal"),
        (STRANGER, False, [PHONE], "8001", "inbound"),
        (STRANGER, False, [], "100", None),
        (TRUNK, True, [], "13900000001", "outbound"),  # an announcement, a dunning call
        (TRUNK, True, [PHONE], "13900000001", "outbound"),
        (PHONE, True, [TRUNK], "13900000001", "outbound"),  # click-to-dial
        (PHONE, True, [DESK], "202", "internal"),
    ],
)
def test_direction(
    caller: Party, called: bool, others: list[Party], callee: str | None, expected: Direction | None
) -> None:
    assert direction(caller, called, others, callee) == expected


def leg(of: Party) -> Leg:
    return Leg(of.home, of)


def test_incoming_channel_is_the_caller() -> None:
    caller, phone, dials = party("SIP/a-1", count=1), party("SIP/b-2", count=2), Dials()
    dials.begin(leg(caller), leg(phone), place=3)
    assert find_caller([caller, phone], dials) == (caller, False)


def test_where_nothing_came_in_the_first_leg_that_answered_is_the_caller() -> None:
    half, other_half = party("Local/x@y-1;2", count=1), party("Local/x@y-1;1", count=2)
    silent, busy, second = party("SIP/a-1", count=3), party("SIP/a-2", count=4), party("SIP/b-3", count=5)
    dials = Dials()
    dials.begin(leg(half), leg(silent), place=3)
    dials.begin(leg(half), leg(busy), place=4)
    dials.begin(leg(other_half), leg(second), place=6)
    busy.up_at = 5
    assert find_caller([silent, busy, second], dials) == (busy, True)


def test_callee_is_what_was_dialled() -> None:
    caller = party("SIP/a-1", exten="4930100")
    assert callee_number(caller, False, [PHONE], Dials()) == "4930100"


def test_callee_without_an_extension_is_the_other_number() -> None:
    assert callee_number(party("DAHDI/1-1", exten="s"), False, [PHONE], Dials()) == "8001"
    assert callee_number(party("DAHDI/1-1", exten="s"), False, [], Dials()) is None


@pytest.mark.parametrize(
    ("dialstring", "number"),
    [
        ("13900000002@trunk", "13900000002"),
        ("PJSIP/trunk/sip:13900000002@10.0.0.1", "13900000002"),
        ("trunk/+8613900000002", "+8613900000002"),
        ("Local/agent@route", None),
        ("", None),
    ],
)
def test_leg_called_for_its_own_sake_is_the_callee(dialstring: str, number: str | None) -> None:
    called = party("PJSIP/trunk-1", "from-trunk", "10010")
    dials = Dials()
    dials.begin(None, leg(called), place=1, dialstring=dialstring)
    assert callee_number(called, True, [], dials) == number
