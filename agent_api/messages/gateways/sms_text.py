"""A text as short messages: UCS-2, cut into parts of one long message. And back: receipts, answers. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

UCS2 = 8
UDH = 0x40
ONE_UNITS, PART_UNITS = 70, 67
MOST_PARTS = 10
_RECEIPT = re.compile(rb"id:(?P<id>\S+).*?stat:(?P<stat>[A-Z]+)", re.DOTALL)
DELIVERED = "DELIVRD"
STATES = {2: "DELIVRD", 3: "EXPIRED", 4: "DELETED", 5: "UNDELIV", 6: "ACCEPTD", 7: "UNKNOWN", 8: "REJECTD"}
"""Of the optional parameter message_state."""
ON_THE_WAY = frozenset({"ACCEPTD", "ENROUTE", "UNKNOWN"})


@dataclass(frozen=True, slots=True)
class Part:
    data: bytes
    esm_class: int


@dataclass(frozen=True, slots=True)
class Receipt:
    gateway_id: str
    state: str


def parts(text: str, reference: int) -> list[Part]:
    """One part, or several with a header that lets the telephone join them. A longer text is cut."""
    if _units(text) <= ONE_UNITS:
        return [Part(text.encode("utf-16-be"), 0)]
    pieces = list(_pieces(text))[:MOST_PARTS]
    head = bytes((5, 0, 3, reference & 0xFF, len(pieces)))
    return [
        Part(head + bytes((number,)) + piece.encode("utf-16-be"), UDH) for number, piece in enumerate(pieces, start=1)
    ]


def _pieces(text: str) -> Iterator[str]:
    """Never between the two halves of a character."""
    piece, units = "", 0
    for character in text:
        size = _units(character)
        if units + size > PART_UNITS:
            yield piece
            piece, units = "", 0
        piece += character
        units += size
    yield piece


def _units(text: str) -> int:
    return len(text.encode("utf-16-be")) // 2


def receipt(short_message: bytes, receipted_id: str | None = None, state: int | None = None) -> Receipt | None:
    """From the optional parameters when they are there, else from the text every SMS centre writes."""
    if receipted_id is not None and state is not None:
        return Receipt(receipted_id, STATES.get(state, "UNKNOWN"))
    found = _RECEIPT.search(short_message)
    if found is None:
        return None
    return Receipt(found["id"].decode("ascii", "replace"), found["stat"].decode("ascii"))


def inbound_text(short_message: bytes, data_coding: int, esm_class: int) -> str:
    """What a customer wrote; a header of a long message is left out."""
    if esm_class & UDH and short_message:
        short_message = short_message[short_message[0] + 1 :]
    if data_coding == UCS2:
        return short_message.decode("utf-16-be", "replace")
    return short_message.decode("latin-1")
