"""What a caller sends during a whole call, packet by packet: quiet line noise, and keys in between."""

import random
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PACKET_SECONDS = 0.02
SAMPLES = 160
A_LAW, TELEPHONE_EVENT = 8, 101
KEY_PACKETS = 6  # 120 ms
KEY_ENDS = 3  # the end of a key is said three times, RFC 4733
KEYS = "0123456789*#"
SOURCE_ID = 0x10010


@dataclass(frozen=True, slots=True)
class KeyPress:
    at: float
    """Seconds after the answer."""
    key: str


def keys_at(start: float, keys: str, every: float = 0.25) -> list[KeyPress]:
    """Keys pressed one after another."""
    return [KeyPress(start + index * every, key) for index, key in enumerate(keys)]


def voice(seconds: float, presses: Sequence[KeyPress]) -> list[list[bytes]]:
    """The RTP packets of each fiftieth of a second."""
    slots: list[list[bytes]] = [[] for _ in range(int(seconds / PACKET_SECONDS))]
    keys = {round(press.at / PACKET_SECONDS): press.key for press in presses}
    for sequence, (slot, rtp) in enumerate(_packets(len(slots), keys)):
        slots[slot].append(struct.pack("!BBH", rtp[0], rtp[1], sequence & 0xFFFF) + rtp[4:])
    return slots


def _packets(slots: int, presses: dict[int, str]) -> Iterator[tuple[int, bytes]]:
    """Time slot and RTP packet; the sequence number is filled in later."""
    noise = random.Random(1)
    slot = 0
    while slot < slots:
        if key := presses.get(slot):
            yield from _key(slot, key)
            slot += KEY_PACKETS
        else:
            quiet = bytes(noise.choice((0xD5, 0x55, 0xD4, 0x54)) for _ in range(SAMPLES))
            yield slot, _rtp(A_LAW, slot * SAMPLES) + quiet
            slot += 1


def _key(slot: int, key: str) -> Iterator[tuple[int, bytes]]:
    code = KEYS.index(key)
    for step in range(KEY_PACKETS - 1):
        event = struct.pack("!BBH", code, 10, (step + 1) * SAMPLES)
        yield slot + step, _rtp(TELEPHONE_EVENT, slot * SAMPLES, marker=step == 0) + event
    for _ in range(KEY_ENDS):
        end = struct.pack("!BBH", code, 0x80 | 10, KEY_PACKETS * SAMPLES)
        yield slot + KEY_PACKETS - 1, _rtp(TELEPHONE_EVENT, slot * SAMPLES) + end


def _rtp(payload_type: int, timestamp: int, marker: bool = False) -> bytes:
    return struct.pack("!BBHII", 0x80, payload_type | (0x80 if marker else 0), 0, timestamp, SOURCE_ID)
