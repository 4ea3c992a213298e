"""What befalls agents on the floor: telephones that vanish and come back, desks that go, supervisors' words."""

from uuid import uuid4

from acd.contracts.commands import AgentCommand
from acd.contracts.events import CommandDone
from acd.contracts.ids import AgentId, CallId
from acd.contracts.routing import PauseLimit
from acd.contracts.vocabulary import Device
from acd.core import facts
from acd.core.agents.agent import Agent
from tests.support.floor import NODE, TABLE, Floor, caller_channel, phone_channel

NO_MEDIA = 44
"""What Asterisk says of a leg that was silent for too long."""


def asks(floor: Floor, kind: type[AgentCommand], agent_id: str = "8001", **told: object) -> CommandDone:
    head = {"command_id": uuid4(), "not_after": floor.now.replace(year=floor.now.year + 1)}
    return floor.command(kind.model_validate({**head, "agent_id": agent_id, **told}))  # type: ignore[arg-type]


def leg_vanishes(floor: Floor, agent_id: str, call_id: str) -> None:
    leg = (floor.now, NODE, phone_channel(agent_id), f"n1-{agent_id}", CallId(call_id), AgentId(agent_id))
    floor.tell(facts.LegGone(*leg, NO_MEDIA))


def dialplan_keeps(floor: Floor, call_id: str) -> None:
    floor.tell(facts.AgentLost(floor.now, NODE, CallId(call_id), caller_channel(call_id)))


def phone_vanishes(floor: Floor, agent_id: str, call_id: str) -> None:
    """The dialplan is heard before the leg's own end."""
    dialplan_keeps(floor, call_id)
    leg_vanishes(floor, agent_id, call_id)


def phone_is_back(floor: Floor, agent_id: str, device: Device = Device.BROWSER) -> None:
    floor.tell(facts.PhoneReachable(floor.now, NODE, AgentId(agent_id), device))


LIMITED = TABLE.model_copy(
    update={
        "pause_limits": (
            PauseLimit(reason="meal", most_agents=1, longest_seconds=600),
            PauseLimit(reason="break", longest_seconds=120),
        ),
        "queues": tuple(queue.model_copy(update={"misses": 2}) for queue in TABLE.queues),
    }
)


def limited_floor() -> Floor:
    """8001 is ready; pauses have limits, and the second missed ring in a row pauses."""
    floor = Floor(table=LIMITED)
    floor.login("8001")
    floor.forget()
    return floor


def agent(floor: Floor, agent_id: str = "8001") -> Agent:
    return floor.world.agents[AgentId(agent_id)]
