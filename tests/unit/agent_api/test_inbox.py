"""What waits for company and what does not, and the memory of calls under way."""

import asyncio

import pytest

from acd.contracts.topics import PREFIX
from agent_api import inbox as inboxes
from agent_api.bus import BusMessage
from agent_api.calls.memory import CallMemory, RememberedCall
from agent_api.inbox import LATER_SECONDS, SOON_SECONDS, Inbox

pytestmark = pytest.mark.unit


def event(what: str) -> BusMessage:
    return BusMessage(f"{PREFIX}/evt/call/c/{what}", b"", 0.0)


async def taken_after(inbox: Inbox) -> tuple[list[str], float]:
    """The next batch, and how long it took to come."""
    clock = asyncio.get_running_loop().time
    start = clock()
    batch = await inbox.events()
    return [message.topic.rsplit("/", 1)[-1] for message in batch], clock() - start


async def test_a_ringing_telephone_takes_everything_along_at_once() -> None:
    inbox = Inbox()
    for what in ("offered", "queued", "agent_ringing"):
        inbox.put(event(what))
    assert (await taken_after(inbox))[0] == ["offered", "queued", "agent_ringing"]


async def test_what_an_agent_sees_waits_little_and_the_rest_longer() -> None:
    inbox = Inbox()
    inbox.put(event("queued"))
    inbox.put(event("ended"))
    names, waited = await taken_after(inbox)
    assert names == ["queued", "ended"]
    assert SOON_SECONDS * 0.9 <= waited < LATER_SECONDS
    inbox.put(event("queued"))
    names, waited = await taken_after(inbox)
    assert names == ["queued"]
    assert waited >= LATER_SECONDS * 0.9


async def test_states_have_a_way_of_their_own() -> None:
    inbox = Inbox()
    inbox.put(event("queued"))
    inbox.put(BusMessage(f"{PREFIX}/state/agent/8001", b"", 0.0))
    assert inbox.states.get_nowait().topic.endswith("8001")
    assert len(inbox) == 1


async def test_a_flood_is_taken_in_portions_and_what_does_not_fit_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inboxes, "SIZE", 250)
    inbox = Inbox()
    for _ in range(300):
        inbox.put(event("agent_ringing"))
    assert inbox.dropped == 50
    assert [len(await inbox.events()) for _ in range(2)] == [200, 50]


def test_the_memory_keeps_the_last_calls() -> None:
    memory = CallMemory(size=2)
    for call_id in ("a", "b"):
        memory.remember(call_id, RememberedCall())
    assert memory.find("a") is not None
    memory.remember("c", RememberedCall())
    assert memory.find("b") is None
    assert memory.find("a") is not None
