"""The benchmarks' instruments where they can be wrong without anybody noticing: pairing, packets, subtraction."""

import struct

import pytest

from tests.benchmarks.instruments.cpu import CpuUse, total
from tests.benchmarks.instruments.gaps import Gap, gaps
from tests.benchmarks.instruments.results import at_least, at_most, percentiles
from tests.benchmarks.instruments.sniffer import SipMessage
from tests.benchmarks.instruments.voice_packets import keys_at, voice

pytestmark = pytest.mark.unit

HOTLINE, PHONES = 5060, 5160


def invite(at: float, agent: str, call_id: str) -> SipMessage:
    return SipMessage(at, HOTLINE, PHONES, f"INVITE sip:{agent}@127.0.0.1:5160 SIP/2.0", call_id)


def bye(at: float, call_id: str, *, by_phone: bool = True) -> SipMessage:
    ports = (PHONES, HOTLINE) if by_phone else (HOTLINE, PHONES)
    return SipMessage(at, *ports, "BYE sip:hotline SIP/2.0", call_id)


def test_a_gap_runs_from_the_agents_hang_up_to_the_same_agents_next_ring() -> None:
    messages = [
        invite(1.0, "8001", "a"),
        invite(1.1, "8002", "b"),
        bye(2.0, "a"),
        bye(2.2, "b"),
        invite(2.5, "8002", "c"),
        invite(2.6, "8001", "d"),
    ]
    assert list(gaps(messages, PHONES)) == [Gap("8002", 2.2, 2.5), Gap("8001", 2.0, 2.6)]


def test_repeated_messages_and_customers_do_not_count() -> None:
    messages = [
        invite(1.0, "8001", "a"),
        bye(2.0, "customer"),  # a customer's BYE comes from the same port
        bye(2.5, "a"),
        bye(3.0, "a"),  # sent again
        invite(3.5, "8001", "b"),
        invite(4.0, "8001", "b"),  # sent again
        bye(5.0, "b", by_phone=False),  # the hotline ended it: the agent did not free herself
        invite(6.0, "8001", "c"),
    ]
    assert list(gaps(messages, PHONES)) == [Gap("8001", 2.5, 3.5)]


def test_the_idle_use_is_taken_off_by_time() -> None:
    block = CpuUse(30.0, {"ivr": 4.0})
    idle = total([CpuUse(5.0, {"ivr": 0.2}), CpuUse(5.0, {"ivr": 0.4})])
    assert block.beyond(idle) == {"ivr": pytest.approx(2.2)}


def test_the_voice_holds_sound_and_every_key() -> None:
    slots = voice(2.0, keys_at(0.5, "1#"))
    packets = [packet for slot in slots for packet in slot]
    assert len(slots) == 100
    assert all(slots)
    assert [struct.unpack("!H", packet[2:4])[0] for packet in packets] == list(range(len(packets)))
    events = [(packet[12], bool(packet[13] & 0x80)) for packet in packets if packet[1] & 0x7F == 101]
    assert [event for event, is_end in events if is_end] == [1] * 3 + [11] * 3
    assert len(packets) - len(events) == 100 - 2 * 6


def test_aims_and_percentiles() -> None:
    assert percentiles([10.0, 20.0, 30.0])["p50"] == 20.0
    assert at_most("x", 1.4, 1.4).met
    assert not at_least("x", 20, 19.9).met
