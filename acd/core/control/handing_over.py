"""A conversation changes hands: the agent is out (wrap-up), who was asked or takes over has the customer."""

from dataclasses import replace
from typing import Literal

from acd.contracts import events
from acd.contracts.ids import AgentId, ChannelName
from acd.contracts.vocabulary import TargetKind
from acd.core import facts
from acd.core.agents import agent as agents
from acd.core.callers import contacts
from acd.core.callers.journey import agent_left
from acd.core.calls.call import AgentGone, Call
from acd.core.calls.progress import advance, advance_agent
from acd.core.control import spying
from acd.core.control.base import head, know_each_other
from acd.core.facts import Fact
from acd.core.state import World


def say_transferred(
    world: World,
    call: Call,
    fact: Fact,
    kind: Literal["blind", "attended", "blonde"],
    to: str,
    to_kind: TargetKind,
    note: str = "",
) -> None:
    world.publish(
        events.CallTransferred(
            **head(call, fact.at), kind=kind, by=call.agent_id or AgentId(""), to=to, to_kind=to_kind, note=note
        )
    )


def change_hands(world: World, call: Call, fact: Fact, agent_id: AgentId | None, leg: ChannelName) -> None:
    """The next agent's stint begins; without one (somebody outside) the call goes on without an agent."""
    left = agent_left(world, call, AgentGone(fact.at, fact.node), goes_on=agent_id is not None)
    if agent_id is None:
        return
    answered = advance(
        world,
        replace(left, ringing_since=None),
        facts.PhoneAnswered(fact.at, fact.node, agent_id, leg, call.call_id),
    )
    if answered is not None:
        world.put_call(replace(answered, announced=True))
        world.ask(*know_each_other(answered, leg))
        contacts.note_talk(world, answered)
        advance_agent(world, agent_id, agents.Answered(fact.at, call.call_id))
        spying.follow(world, world.calls[call.call_id])
