"""Reads from SIP messages how long an agent waited between hanging up and the next ring. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.benchmarks.instruments.sniffer import SipMessage


@dataclass(frozen=True, slots=True)
class Gap:
    """One agent's way from a hang-up to the next ring."""

    agent: str
    free_at: float
    rung_at: float

    @property
    def milliseconds(self) -> float:
        return (self.rung_at - self.free_at) * 1000


def gaps(messages: Sequence[SipMessage], phones_port: int) -> Iterator[Gap]:
    """An INVITE to an agent's phone opens a call; the phone's own BYE in it makes the agent free."""
    calls: dict[str, str] = {}
    free: dict[str, float] = {}
    for message in sorted(messages, key=lambda message: message.at):
        if message.method == "INVITE" and message.target == phones_port and message.call_id not in calls:
            agent = message.first_line.removeprefix("INVITE sip:").partition("@")[0]
            calls[message.call_id] = agent
            if agent in free:
                yield Gap(agent, free.pop(agent), message.at)
        elif message.method == "BYE" and message.source == phones_port and message.call_id in calls:
            free.setdefault(calls[message.call_id], message.at)
