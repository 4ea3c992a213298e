"""Who called, and who served them: repeated callers, the agent of the last contact, promises kept or broken."""

from dataclasses import replace
from datetime import datetime, timedelta

from acd.contracts.ids import AgentId, CallId
from acd.contracts.numbers import national
from acd.core.callers.contact import Contact
from acd.core.calls.call import Call
from acd.core.effects import Kind, Save
from acd.core.state import World

REPEATED_WITHIN = timedelta(hours=24)
REMEMBERED = timedelta(days=7)


def came_before(world: World, call: Call) -> bool:
    """Whether the caller asked for an agent within the last 24 hours, in a call that is over."""
    known = _of(world, call)
    return known is not None and known.call_id not in world.calls and world.now - known.at < REPEATED_WITHIN


def was_promised(world: World, call: Call) -> bool:
    """Whether a call back to this number was made, or came to nothing, within the last 24 hours."""
    known = _of(world, call)
    over_at = known.promise_over_at if known is not None else None
    return over_at is not None and world.now - over_at < REPEATED_WITHIN


def last_agent(world: World, call: Call) -> AgentId | None:
    known = _of(world, call)
    return known.agent_id if known is not None else None


def note_wish(world: World, call: Call) -> None:
    """The caller asked for an agent."""
    _put(world, replace(_known(world, call), call_id=call.call_id, at=world.now))


def note_talk(world: World, call: Call) -> None:
    """An agent has answered."""
    _put(world, replace(_known(world, call), call_id=call.call_id, agent_id=call.agent_id))


def note_promise_over(world: World, number: str, asked_at: datetime) -> None:
    """A promise to this number was kept, or given up; not when the customer rang first."""
    known = world.contacts.get(number) or Contact(number, CallId(""), asked_at)
    _put(world, replace(known, promise_over_at=world.now))


def _of(world: World, call: Call) -> Contact | None:
    return world.contacts.get(national(call.caller))


def _known(world: World, call: Call) -> Contact:
    return _of(world, call) or Contact(national(call.caller), call.call_id, world.now)


def _put(world: World, contact: Contact) -> None:
    if not contact.number:  # withheld
        return
    world.contacts.pop(contact.number, None)
    world.contacts[contact.number] = contact  # the latest last
    world.ask(Save(Kind.CONTACT, contact.number, contact))
    while (oldest := next(iter(world.contacts.values()))).at < world.now - REMEMBERED:
        del world.contacts[oldest.number]
        world.ask(Save(Kind.CONTACT, oldest.number, None))
