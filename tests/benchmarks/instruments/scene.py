"""The furnished line as all benchmarks use it: the subscriber who calls, the agents, the numbers to dial."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from types import MappingProxyType

from pydantic import TypeAdapter

from hotline.outside.world import OutsideWorld
from ivr.flows.bill import spoken_bill
from ivr.lookups.accounts import Bill
from ivr.prompts import speaker
from tests.benchmarks.instruments.laboratory import furnish
from tests.support.facts import ask_directory
from tests.support.hearing import SOUNDS
from tests.support.stack import Line

SUBSCRIBER, PASSWORD = "13900000033", "135790"
AGENTS = tuple(str(number) for number in range(8001, 8013))
TALK_MS = (150, 850)
"""Of a brief agent, answer to hang-up. Random: a fixed time would lock phase with app_queue's poll of one second."""
NUMBERS: Mapping[str, str] = MappingProxyType(
    {
        "hotline": "10010",
        "static_bill": "19001",
        "static_agent": "19002",
        "acd_room": "19003",
        "app_queue_room": "19004",
    }
)


@dataclass(frozen=True, slots=True)
class Scene:
    line: Line
    read_back: Sequence[str]
    """The clips of the subscriber's bill as the menu speaks it."""


async def furnished(line: Line) -> Scene:
    """Look the subscriber's bill up, so that the static dialplan can say the same, and load it."""
    answer = await ask_directory(line, "bill", {"product": "mobile", "number": SUBSCRIBER, "month": None})
    bill = TypeAdapter(Bill).validate_python(answer)
    read_back = speaker(SOUNDS.parent, "zh").clips(spoken_bill(bill))
    furnish(
        line,
        {
            "numbers": NUMBERS,
            "password": PASSWORD,
            "agents": AGENTS,
            "read_back": read_back,
            "talk_ms": TALK_MS,
        },
    )
    return Scene(line, read_back)


@asynccontextmanager
async def at_work(line: Line, agents: Sequence[str]) -> AsyncIterator[None]:
    """These agents are signed in and ready; signed out in the end."""
    async with AsyncExitStack() as desks:
        signed_in = [await desks.enter_async_context(line.sign_in(agent)) for agent in agents]
        await asyncio.gather(*(desk.work() for desk in signed_in))
        yield


async def agents_do(outside: OutsideWorld, agents: Sequence[str], what: str, after_seconds: float = 0.05) -> None:
    """What their telephones do when rung: an exten of the outside world's context `called`."""
    for agent in agents:
        for name, value in (("DO", what), ("AFTER", f"{after_seconds}")):
            await outside.ami.action("Setvar", Variable=f"{name}_{agent}", Value=value)


@asynccontextmanager
async def unrecorded(outside: OutsideWorld) -> AsyncIterator[None]:
    """Nobody needs to hear these calls, and recording costs the machine's time."""
    await outside.record_nothing()
    try:
        yield
    finally:
        await outside.ami.action("Setvar", Variable="RECORD", Value="")
