"""What is going on in the demo: conversations customers and simulated agents share, and what the board shows."""

import asyncio
from collections import Counter, deque
from dataclasses import dataclass, field
from enum import StrEnum


class Place(StrEnum):
    MENU = "in the menu"
    WAITING = "waiting"
    TALKING = "talking"
    SURVEY = "rating"


@dataclass
class Conversation:
    """One customer's wish to talk; the simulated agent who sees the number on the telephone finds it here."""

    connected: asyncio.Event = field(default_factory=asyncio.Event)
    over: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Tally:
    dialled: int = 0
    places: dict[str, Place] = field(default_factory=dict)
    """Where each customer on the telephone is, by number."""
    ends: Counter[str] = field(default_factory=Counter)
    agents: dict[str, str] = field(default_factory=dict)
    dunning: Counter[str] = field(default_factory=Counter)
    conversations: dict[str, Conversation] = field(default_factory=dict)
    notes: deque[str] = field(default_factory=lambda: deque(maxlen=5))

    def count(self, place: Place) -> int:
        return sum(1 for each in self.places.values() if each is place)
