"""What the menus ask of the rest of the company. No implementation here; the questions are in ivr.lookups."""

from typing import Protocol, TypeVar

from acd.contracts.menu.tree import PublishedTree
from ivr.steps import LookUp

AnswerT = TypeVar("AnswerT")


class Unavailable(Exception):
    """The other side is down, late or talks nonsense; the flow falls back and the caller is not left in silence."""


class CustomerDirectory(Protocol):
    async def answer(self, question: LookUp[AnswerT]) -> AnswerT:
        """Raises Unavailable when there is no good answer in time."""


class Menus(Protocol):
    def pick(self, did: str, center: str) -> PublishedTree:
        """Answers at once, from memory."""
