"""SIP messages on loopback with the kernel's time stamps: what was on the wire, when, whatever we are busy with."""

import asyncio
import ctypes
import socket
import struct
from dataclasses import dataclass

SO_TIMESTAMPNS = 35
SO_ATTACH_FILTER = 26
SO_RCVBUFFORCE = 33
IPV4 = 0x0800
OUTGOING = 4  # on loopback each packet is seen twice: leaving and arriving
ETHERNET = 14


@dataclass(frozen=True, slots=True)
class SipMessage:
    at: float
    """Epoch seconds, from the kernel."""
    source: int
    target: int
    first_line: str
    call_id: str

    @property
    def method(self) -> str:
        """The request's method; "SIP/2.0" for an answer."""
        return self.first_line.split(" ", 1)[0]


class SipSniffer:
    """Collects messages to and from one UDP port, from its making to `close`. Needs root and a running event loop."""

    def __init__(self, port: int) -> None:
        self.messages: list[SipMessage] = []
        self._socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(IPV4))
        # The filter comes first: without it every voice packet of every call would be read here.
        self._attach(_udp_port(port))
        self._socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        self._socket.setsockopt(socket.SOL_SOCKET, SO_RCVBUFFORCE, 8 << 20)
        self._socket.bind(("lo", 0))
        self._socket.setblocking(False)
        asyncio.get_running_loop().add_reader(self._socket, self._read)

    def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._socket)
        self._socket.close()

    def _attach(self, program: bytes) -> None:
        code = ctypes.create_string_buffer(program)
        header = struct.pack("HL", len(program) // 8, ctypes.addressof(code))
        self._socket.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, header)

    def _read(self) -> None:
        while True:
            try:
                data, ancillary, _, address = self._socket.recvmsg(65535, 64)
            except BlockingIOError:
                return
            if address[2] == OUTGOING:
                continue
            seconds, nanoseconds = struct.unpack("qq", ancillary[0][2][:16])
            if message := _parse(data, seconds + nanoseconds / 1e9):
                self.messages.append(message)


def _parse(frame: bytes, at: float) -> SipMessage | None:
    udp = ETHERNET + (frame[ETHERNET] & 15) * 4
    source, target = struct.unpack("!HH", frame[udp : udp + 4])
    lines = frame[udp + 8 :].split(b"\r\n\r\n", 1)[0].decode(errors="replace").split("\r\n")
    call_ids = [line.partition(":")[2].strip() for line in lines if line.lower().startswith("call-id:")]
    return SipMessage(at, source, target, lines[0], call_ids[0]) if call_ids else None


def _udp_port(port: int) -> bytes:
    """Classic BPF for `udp and port N` (IPv4 over Ethernet, first fragment assumed: loopback does not fragment)."""
    load_byte, load_half_x, header_length, jump_equal, give = 0x30, 0x48, 0xB1, 0x15, 0x06
    program = [
        (load_byte, 0, 0, ETHERNET + 9),
        (jump_equal, 0, 6, socket.IPPROTO_UDP),
        (header_length, 0, 0, ETHERNET),
        (load_half_x, 0, 0, ETHERNET),
        (jump_equal, 2, 0, port),
        (load_half_x, 0, 0, ETHERNET + 2),
        (jump_equal, 0, 1, port),
        (give, 0, 0, 65535),
        (give, 0, 0, 0),
    ]
    return b"".join(struct.pack("HBBI", *instruction) for instruction in program)
