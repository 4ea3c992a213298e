"""The hotline's front door: who is calling, which centre's menus, and through them."""

from dataclasses import replace

from ivr.flows.session import Session
from ivr.flows.tree.walk import walk
from ivr.lookups.callers import Caller, FindCaller
from ivr.ports import Unavailable
from ivr.steps import CallFacts, Flow, Leave, PickTree, ask, identified


def hotline(call: CallFacts) -> Flow[Leave]:
    caller = yield from find_caller(call)
    published = yield from ask(PickTree(call.did, caller.center))
    leave = yield from walk(Session(call, caller, published.tree, call.language))
    return replace(
        leave,
        center=caller.center,
        vip=caller.level == "vip",
        manager=caller.manager,
        manager_phone=caller.manager_phone,
    )


def find_caller(call: CallFacts) -> Flow[Caller]:
    """A withheld or odd number, and a directory that is away, make a stranger."""
    if not call.caller_number:
        return Caller()
    try:
        caller = yield from ask(FindCaller(call.caller_number, call.did))
    except Unavailable:
        return Caller()
    if caller.known and caller.customer_id:
        # Level 1 is the call from one's own line; a known contact number alone proves nothing.
        yield from ask(identified(caller.customer_id, 1 if caller.own_number == call.caller_number else 0))
    return caller
