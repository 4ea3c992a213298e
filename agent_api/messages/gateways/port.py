"""What a gateway gets and gives back."""

from dataclasses import dataclass, field
from typing import Protocol

from agent_api.messages.outgoing import Document
from agent_api.messages.workflow import Fact


@dataclass(frozen=True, slots=True)
class Letter:
    """A message with its words filled in."""

    message_id: str
    address: str = field(repr=False)
    subject: str = field(repr=False)
    text: str = field(repr=False)
    document: Document | None = field(default=None, repr=False)
    language: str = "zh"
    prompts: tuple[str, ...] = field(default=(), repr=False)
    """What says it on the telephone; empty: nothing does."""
    in_reply_to: str = ""
    """Message-ID of the mail it answers."""


class Gateway(Protocol):
    async def send(self, letter: Letter) -> Fact:
        """What came of it. Never raises for what a gateway or a network may do; always answers within a minute."""
        ...
