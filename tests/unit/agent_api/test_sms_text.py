"""Texts cut into short messages and joined again; receipts of SMS centres."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_api.messages.gateways.sms_text import Part, Receipt, inbound_text, parts, receipt

pytestmark = pytest.mark.unit


def joined(pieces: list[Part]) -> str:
    """As a telephone joins them."""
    if len(pieces) == 1:
        return pieces[0].data.decode("utf-16-be")
    assert {piece.data[:4] for piece in pieces} == {pieces[0].data[:4]}, "one reference for all"
    assert [piece.data[4:6] for piece in pieces] == [bytes((len(pieces), n + 1)) for n in range(len(pieces))]
    return "".join(inbound_text(piece.data, 8, piece.esm_class) for piece in pieces)


@given(st.text(st.characters(codec="utf-8"), max_size=300), st.integers(0, 100_000))
def test_what_is_sent_is_what_was_written(text: str, reference: int) -> None:
    pieces = parts(text, reference)
    assert joined(pieces) == text
    assert all(len(piece.data) <= 140 for piece in pieces)


def test_seventy_characters_are_one_message_and_the_next_makes_two() -> None:
    assert [len(piece.data) for piece in parts("话" * 70, 1)] == [140]
    assert [(len(piece.data), piece.esm_class) for piece in parts("话" * 71, 7)] == [(140, 0x40), (14, 0x40)]


def test_an_endless_text_is_cut() -> None:
    assert len(parts("费" * 5000, 1)) == 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"id:0A1b sub:001 dlvrd:001 submit date:2611220200 done date:2611220201 stat:DELIVRD err:000", "DELIVRD"),
        (b"id:0A1b sub:001 dlvrd:000 submit date:2611220200 done date:2611220201 stat:UNDELIV err:045", "UNDELIV"),
    ],
)
def test_a_receipt_in_words(text: bytes, expected: str) -> None:
    assert receipt(text) == Receipt("0A1b", expected)


def test_a_receipt_in_optional_parameters_counts_first() -> None:
    assert receipt(b"id:7 stat:DELIVRD", "0A1b", 5) == Receipt("0A1b", "UNDELIV")
    assert receipt(b"hello") is None


@pytest.mark.parametrize(
    ("data", "coding", "esm_class", "expected"),
    [
        (b"1", 0, 0, "1"),
        ("满意".encode("utf-16-be"), 8, 0, "满意"),
        (bytes((5, 0, 3, 9, 2, 1)) + "1".encode("utf-16-be"), 8, 0x40, "1"),
        (b"", 0, 0x40, ""),
    ],
)
def test_what_a_customer_wrote(data: bytes, coding: int, esm_class: int, expected: str) -> None:
    assert inbound_text(data, coding, esm_class) == expected
