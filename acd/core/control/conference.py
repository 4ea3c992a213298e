"""Customer, agent and the one asked hear each other; whoever leaves, the others stay."""

from dataclasses import replace

from acd.contracts import events
from acd.contracts.commands import Conference, LeaveConference
from acd.contracts.dialplan import Context
from acd.contracts.ids import AgentId, ChannelName
from acd.contracts.vocabulary import ConsultEnd, TargetKind
from acd.core.agents import agent as agents
from acd.core.calls.call import Call, CallState, ConsultEnded
from acd.core.calls.parties import Party
from acd.core.calls.progress import advance, advance_agent
from acd.core.control.base import head, theirs
from acd.core.control.handing_over import change_hands, say_transferred
from acd.core.effects import Hangup, Redirect, RedirectPair
from acd.core.errors import Code, Refused
from acd.core.facts import Fact
from acd.core.state import World

S = CallState
OUTSIDER = "external"


def confer(world: World, command: Conference) -> None:
    call, leg = theirs(world, command, S.CONSULTING)
    asked = call.consult
    if asked is None or asked.channel is None or asked.by_phone or asked.hands_over:
        raise Refused(Code.CALL_WRONG_STATE)
    world.ask(
        RedirectPair(call.node, leg, Context.CONFERENCE, asked.channel, Context.CONFERENCE),
        Redirect(call.node, call.channel, Context.CONFERENCE_CALLER, "s"),
    )
    target = AgentId(asked.to) if asked.to_kind is TargetKind.AGENT else None
    joined = advance(world, call, ConsultEnded(world.now, call.node, ConsultEnd.CONFERENCE))
    if joined is not None:
        party = Party(target or OUTSIDER, asked.channel, target)
        _now_confer(world, replace(joined, parked=False), Fact(world.now, call.node), (party,))
        advance_agent(world, command.agent_id, agents.ConsultOver(world.now))


def leave(world: World, command: LeaveConference) -> None:
    call, leg = theirs(world, command, S.CONNECTED)
    if not call.parties:
        raise Refused(Code.CALL_WRONG_STATE)
    world.ask(Hangup(call.node, leg))
    agent_gone(world, call, Fact(world.now, call.node))


def agent_gone(world: World, call: Call, fact: Fact) -> None:
    """The others stay: the first of them has the customer now."""
    heir = call.parties[0]
    kind = TargetKind.AGENT if heir.agent_id else TargetKind.EXTERNAL
    say_transferred(world, call, fact, "attended", heir.name, kind)
    change_hands(world, call, fact, heir.agent_id, heir.channel)


def party_gone(world: World, call: Call, fact: Fact, leg: ChannelName) -> None:
    left = tuple(party for party in call.parties if party.channel != leg)
    _now_confer(world, call, fact, left)


def _now_confer(world: World, call: Call, fact: Fact, parties: tuple[Party, ...]) -> None:
    world.put_call(replace(call, parties=parties))
    names = (call.agent_id or "", *(party.name for party in parties)) if parties else ()
    world.publish(events.CallConferenceChanged(**head(call, fact.at), parties=names))
