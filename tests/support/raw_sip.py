"""One call by hand-written SIP, for what no telephone would send. Knows just enough to be answered and to hang up."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

SDP = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 8\r\n"


class RawCall(asyncio.DatagramProtocol):
    def __init__(self) -> None:
        self.answers: asyncio.Queue[str] = asyncio.Queue()

    def datagram_received(self, data: bytes, addr: object) -> None:
        self.answers.put_nowait(data.decode(errors="replace"))

    async def final(self) -> str:
        """The first answer that is not provisional."""
        while True:
            answer = await self.answers.get()
            if re.match(r"SIP/2.0 [2-6]", answer):
                return answer


@asynccontextmanager
async def raw_call(port: int, number: str, caller: str, *headers: str) -> AsyncIterator[str]:
    """Dial `number` with `caller` as the From header's value, as it stands; yields the status line of the answer."""
    transport, call = await asyncio.get_running_loop().create_datagram_endpoint(
        RawCall, local_addr=("127.0.0.1", 0), remote_addr=("127.0.0.1", port)
    )
    own_port, call_id, uri = transport.get_extra_info("sockname")[1], uuid4().hex, f"sip:{number}@127.0.0.1:{port}"

    def send(method: str, sequence: int, to: str, body: str = "") -> None:
        head = (
            f"{method} {uri} SIP/2.0",
            f"Via: SIP/2.0/UDP 127.0.0.1:{own_port};branch=z9hG4bK{method}{call_id};rport",
            f"From: {caller};tag=raw",
            f"To: {to}",
            f"Call-ID: {call_id}",
            f"CSeq: {sequence} {method}",
            f"Contact: <sip:raw@127.0.0.1:{own_port}>",
            "Max-Forwards: 70",
            *(headers if method == "INVITE" else ()),
            *(("Content-Type: application/sdp",) if body else ()),
            f"Content-Length: {len(body)}",
        )
        transport.sendto(("\r\n".join(head) + "\r\n\r\n" + body).encode())

    try:
        async with asyncio.timeout(10):
            send("INVITE", 1, f"<{uri}>", SDP)
            answer = await call.final()
            to = re.search(r"^To: (.*?)\r?$", answer, re.MULTILINE | re.IGNORECASE)
            assert to, answer
            send("ACK", 1, to[1])
        yield answer.splitlines()[0]
        if answer.startswith("SIP/2.0 2"):
            async with asyncio.timeout(10):
                send("BYE", 2, to[1])
                await call.final()
    finally:
        transport.close()
