"""One agent in conversation with one customer, a colleague to be asked: for tests of call control in the core."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from acd.contracts.commands import COMMAND
from acd.contracts.ids import AgentId, CallId, ChannelName
from acd.core import facts
from acd.core.calls.call import CallState
from tests.support.floor import NODE, Floor, caller_channel, phone_channel

C1, A, T = caller_channel("c1"), phone_channel("8001"), phone_channel("8002")
OUTSIDE = ChannelName("PJSIP/trunk-000000aa")


def staffed() -> Floor:
    """8001 serves general; 8002 is there to be asked, 8003 takes bills."""
    floor = Floor()
    floor.login("8001", general=5)
    floor.login("8002", queues=("dunning",), dunning=5)
    floor.login("8003", queues=("bill",), bill=5)
    floor.forget()
    return floor


def ask(floor: Floor, kind: str, *, agent: str = "8001", **fields: Any) -> str:
    head = {"command_id": uuid4(), "not_after": floor.now + timedelta(seconds=5)}
    command = {"type": kind, "agent_id": agent, "call_id": "c1", **head, **fields}
    return floor.command(COMMAND.validate_python(command)).code


def to(kind: str, target: str) -> dict[str, str]:
    return {"kind": kind, "id": target}


def talking(floor: Floor) -> None:
    floor.talks("8001", "c1")
    floor.answers("8001", "c1")  # the end of the dial: the announcement is over


def asks_colleague(floor: Floor, *, answered: bool = True) -> None:
    assert ask(floor, "call.consult", to=to("agent", "8002")) == ""
    floor.opens_phone("8002")
    floor.tell(facts.PhoneDialled(floor.now, NODE, AgentId("8002"), T, CallId("c1")))
    if answered:
        floor.answers("8002", "c1")


def asks_outside(floor: Floor) -> None:
    assert ask(floor, "call.consult", to=to("external", "13912345678")) == ""
    for kind in (facts.OutsideDialled, facts.OutsideAnswered):
        floor.tell(kind(floor.now, NODE, CallId("c1"), OUTSIDE))


def rejoins(floor: Floor) -> None:
    floor.tell(facts.AgentRejoined(floor.now, NODE, CallId("c1"), A))


def outside_ends(floor: Floor) -> None:
    floor.tell(facts.LegGone(floor.now, NODE, OUTSIDE, "n1-outside", CallId("c1"), None, 16))


def state(floor: Floor) -> CallState:
    return floor.world.calls[CallId("c1")].state
