"""The callers' mouths: one process that sends the sound and the keys of all the calls that sipp has set up.

sipp would need a thread and a raw socket for each call, and with them more of the measured machine than its signalling.
usage: voices.py HOST PORT ANSWERED SECONDS PRESSES; through the pipe ANSWERED comes a line for every call that was
answered: the port where the other side listens.
"""

import json
import os
import socket
import sys
import time
from dataclasses import dataclass

from tests.benchmarks.instruments.voice_packets import PACKET_SECONDS, KeyPress, voice

PHASES = 10
"""Calls begin at any time: each keeps its own place within the time of a packet."""


@dataclass(slots=True)
class Mouth:
    address: tuple[str, int]
    slot: int = 0


class Voices:
    def __init__(self, host: str, port: int, answered: int, packets: list[list[bytes]]) -> None:
        """`answered` is read without waiting."""
        self._host, self._answered, self._packets = host, answered, packets
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind((host, port))
        self._wheel: list[list[Mouth]] = [[] for _ in range(PHASES)]
        self._half_line = b""

    def turn(self, phase: int) -> None:
        """Newly answered calls begin; all calls with this place send what is due."""
        mouths = self._wheel[phase]
        mouths += (Mouth((self._host, port)) for port in self._arrivals())
        for mouth in mouths:
            for packet in self._packets[mouth.slot]:
                self._socket.sendto(packet, mouth.address)
            mouth.slot += 1
        self._wheel[phase] = [mouth for mouth in mouths if mouth.slot < len(self._packets)]

    def _arrivals(self) -> list[int]:
        try:
            *lines, self._half_line = (self._half_line + os.read(self._answered, 65536)).split(b"\n")
        except BlockingIOError:
            return []
        return [int(line) for line in lines]


def main(host: str, port: str, answered: str, seconds: str, presses: str) -> None:
    packets = voice(float(seconds), [KeyPress(at, key) for at, key in json.loads(presses)])
    voices = Voices(host, int(port), os.open(answered, os.O_RDONLY | os.O_NONBLOCK), packets)
    turn, next_at = 0, time.monotonic()
    while True:
        voices.turn(turn % PHASES)
        turn, next_at = turn + 1, next_at + PACKET_SECONDS / PHASES
        time.sleep(max(0.0, next_at - time.monotonic()))


if __name__ == "__main__":
    main(*sys.argv[1:])
