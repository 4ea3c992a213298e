"""Who called, and who served them: repeated callers and the agent of the last contact."""

from dataclasses import replace
from datetime import timedelta

from acd.contracts.ids import AgentId
from acd.core.call import Call
from acd.core.contact import Contact
from acd.core.effects import Kind, Save
from acd.core.state import World

REPEATED_WITHIN = timedelta(hours=24)
REMEMBERED = timedelta(days=7)


def came_before(world: World, call: Call) -> bool:
    """Whether the caller asked for an agent within the last 24 hours, in a call that is over."""
    known = world.contacts.get(call.caller)
    return known is not None and known.call_id not in world.calls and world.now - known.at < REPEATED_WITHIN


def last_agent(world: World, call: Call) -> AgentId | None:
    known = world.contacts.get(call.caller)
    return known.agent_id if known is not None else None


def note_wish(world: World, call: Call) -> None:
    """The caller asked for an agent."""
    known = world.contacts.get(call.caller)
    _put(world, Contact(call.caller, call.call_id, world.now, known.agent_id if known else None))


def note_talk(world: World, call: Call) -> None:
    """An agent has answered."""
    known = world.contacts.get(call.caller) or Contact(call.caller, call.call_id, world.now)
    _put(world, replace(known, call_id=call.call_id, agent_id=call.agent_id))


def _put(world: World, contact: Contact) -> None:
    if not contact.number:  # withheld
        return
    world.contacts.pop(contact.number, None)
    world.contacts[contact.number] = contact  # the latest last
    world.ask(Save(Kind.CONTACT, contact.number, contact))
    while (oldest := next(iter(world.contacts.values()))).at < world.now - REMEMBERED:
        del world.contacts[oldest.number]
        world.ask(Save(Kind.CONTACT, oldest.number, None))
