"""Text and objects to events."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acd.core.history.events import AmiEvent
from acd.core.history.parsing import MAX_HEADERS, parse_lines, parse_objects

pytestmark = pytest.mark.unit


def parse(text: str) -> list[AmiEvent]:
    return list(parse_lines(text.splitlines(keepends=True)))


def test_headers_are_found_whatever_their_case() -> None:
    (event,) = parse("Event: Dial\r\nSubEvent: Begin\r\nUniqueID: 1.1\r\n\r\n")
    assert (event.name, event.text("uniqueid"), event.text("nothing")) == ("dial", "1.1", "")


def test_repeated_headers_are_kept_in_order() -> None:
    (event,) = parse("Event: Hangup\nChanVariable: a=1\nChanVariable: b=2\nChanVariable: c=3\n\n")
    assert event.values("chanvariable") == ("a=1", "b=2", "c=3")
    assert event.text("chanvariable") == "a=1"


def test_values_keep_their_colons() -> None:
    (event,) = parse("Event: Transfer\nSIP-Callid: 1a@10.0.0.1:5060\n\n")
    assert event.text("sip-callid") == "1a@10.0.0.1:5060"


@pytest.mark.parametrize(
    "text", ["; a comment\n\n", "Response: Success\nMessage: hello\n\n", "Asterisk Call Manager/9\n", "\n"]
)
def test_what_is_no_event_is_left_out(text: str) -> None:
    assert parse(text) == []


def test_last_event_needs_no_empty_line() -> None:
    assert [event.name for event in parse("Event: Hangup\nUniqueid: 1.1\n")] == ["hangup"]


def test_cut_identifier_is_forgotten_and_the_event_with_it() -> None:
    assert parse("Event: Hangup\nChannel: SIP/a-1\nUniqueid: 1.1") == []


def test_cut_header_leaves_the_identifiers_before_it() -> None:
    (event,) = parse("Event: Hangup\nUniqueid: 1.1\nCause: 1")
    assert (event.text("uniqueid"), event.integer("cause")) == ("1.1", 1)


def test_event_that_lost_its_end_does_not_swallow_the_next() -> None:
    assert [event.name for event in parse("Event: Newchannel\nUniqueid: 1.1\nEvent: Hangup\nUniqueid: 1.1\n\n")] == [
        "newchannel",
        "hangup",
    ]


def test_rubbish_without_empty_lines_does_not_pile_up() -> None:
    text = "Event: Hangup\n" + "".join(f"x{number}: y\n" for number in range(MAX_HEADERS * 3))
    (event,) = parse(text)
    assert event.text(f"x{MAX_HEADERS * 2}") == ""


def test_objects_as_tools_write_them() -> None:
    events = list(parse_objects([{"Event": "Hangup", "Cause": 16, "content": None, "ChanVariable": ["a=1", "b=2"]}]))
    assert events[0].integer("cause") == 16
    assert events[0].values("chanvariable") == ("a=1", "b=2")
    assert events[0].text("content") == ""


def test_channel_variables_may_be_an_object() -> None:
    (event,) = parse_objects([{"Event": "Hangup", "ChanVariable": {"CC_CALL_ID": "n1-1.1"}}])
    assert event.values("chanvariable") == ("CC_CALL_ID=n1-1.1",)


def test_other_objects_are_left_out() -> None:
    assert list(parse_objects(["a story in words", 1, None, [], {"event_name": "x"}])) == []


@pytest.mark.parametrize("number", ["<unknown>", "unknown", "Anonymous", ""])
def test_no_number(number: str) -> None:
    assert AmiEvent({"CallerIDNum": number}).number("calleridnum") == ""


@pytest.mark.parametrize(
    ("text", "value"), [("16", 16), ("", None), ("x", None), ("-1", None), ("٣", None), ("1_6", None)]
)
def test_integers_are_what_asterisk_writes(text: str, value: int | None) -> None:
    assert AmiEvent({"Cause": text}).integer("cause") == value


def test_equal_events_have_equal_fingerprints() -> None:
    one = AmiEvent({"Event": "Hangup", "Uniqueid": "1.1", "ChanVariable": ("a", "b")})
    same = AmiEvent({"ChanVariable": ("a", "b"), "Uniqueid": "1.1", "event": "Hangup"})
    other = AmiEvent({"Event": "Hangup", "Uniqueid": "1.2", "ChanVariable": ("a", "b")})
    assert one.fingerprint() == same.fingerprint() != other.fingerprint()


@given(st.text())
def test_any_text_is_read(text: str) -> None:
    parse(text)
