"""Asking somebody while the customer hears music, and what comes of it: back, transfer, or nobody there.

Asterisk connects agent and target by itself (control.conf); we follow, and end it by hanging up one of the two.
"""

from dataclasses import replace

from acd.contracts.commands import CompleteTransfer, ConsultCall, EndConsult
from acd.contracts.dialplan import Context
from acd.contracts.ids import AgentId
from acd.contracts.vocabulary import ConsultEnd, TargetKind
from acd.core import facts
from acd.core.agents import agent as agents
from acd.core.callers.journey import agent_left
from acd.core.calls.call import AgentGone, Call, CallState, ConsultBegan, ConsultEnded
from acd.core.calls.parties import Consult
from acd.core.calls.progress import advance, advance_agent
from acd.core.control import hold, transfer
from acd.core.control.base import (
    belongs_to,
    know_each_other,
    ours_to_move,
    outside_number,
    reachable_agent,
    somebody_ready,
    theirs,
)
from acd.core.control.handing_over import change_hands, say_transferred
from acd.core.effects import Hangup, Redirect, RedirectPair
from acd.core.errors import Code, Refused
from acd.core.facts import Fact
from acd.core.messages.headers import agent_of
from acd.core.state import World

S = CallState


# ---- by command -------------------------------------------


def consult(world: World, command: ConsultCall) -> None:
    call, leg = theirs(world, command, S.CONNECTED, S.HELD)
    ours_to_move(call)
    kind, number = command.to.kind, command.to.id
    match kind:
        case TargetKind.AGENT:
            number = reachable_agent(world, number, call.agent_id).agent_id
        case TargetKind.EXTERNAL:
            number = outside_number(world, number)
        case TargetKind.QUEUE | TargetKind.CENTER:
            kind, number = TargetKind.AGENT, somebody_ready(world, command.to, call.agent_id).agent_id
    place = Context.CONSULT_OUTSIDE if kind is TargetKind.EXTERNAL else Context.CONSULT
    world.ask(*know_each_other(call, leg))
    if call.parked:
        world.ask(Redirect(call.node, leg, place, number))
    else:
        world.ask(RedirectPair(call.node, call.channel, Context.HELD, leg, place, number))
    _begin(world, call, Fact(world.now, call.node), Consult(kind, number, world.now), parked=True)


def end_consult(world: World, command: EndConsult) -> None:
    """Without an answer the agent's leg is moved; else who was asked is let go, and the dialplan does the rest."""
    call, leg = theirs(world, command, S.CONSULTING)
    asked = _led_by_us(call)
    target = asked.channel
    world.ask(Redirect(call.node, leg, Context.REJOIN, "s") if target is None else Hangup(call.node, target))


def complete_transfer(world: World, command: CompleteTransfer) -> None:
    """The agent's leg ends; who answered takes the customer. While it rings: blonde, as soon as the ringing is over."""
    call, leg = theirs(world, command, S.CONSULTING)
    asked = _led_by_us(call)
    world.ask(Hangup(call.node, leg))
    if asked.channel is not None:
        _handed_over(world, call, Fact(world.now, call.node))
    else:
        world.put_call(replace(call, consult=replace(asked, hands_over=True)))


def _led_by_us(call: Call) -> Consult:
    if call.consult is None or call.consult.by_phone or call.consult.hands_over:
        raise Refused(Code.CALL_WRONG_STATE)
    return call.consult


# ---- what Asterisk reports --------------------------------


def dialled(world: World, call: Call, fact: facts.PhoneDialled | facts.OutsideDialled) -> None:
    """A telephone rings on behalf of the agent. Not by our command: the agent's telephone does it (*2)."""
    if call.consult is None:
        if isinstance(fact, facts.OutsideDialled) or call.parties:
            return
        begun = _begin(world, call, fact, Consult(TargetKind.AGENT, fact.agent_id, fact.at, by_phone=True))
        if begun is None:
            return
        call = begun
    asked = call.consult
    if asked is not None and fact.channel not in asked.channels:
        world.put_call(replace(call, consult=replace(asked, channels=(*asked.channels, fact.channel))))


def answered(world: World, call: Call, fact: facts.PhoneAnswered | facts.OutsideAnswered) -> None:
    asked = call.consult
    if asked is None or asked.channel is not None or fact.channel not in asked.channels:
        return
    call = replace(call, consult=replace(asked, channel=fact.channel))
    world.put_call(call)
    if asked.hands_over:
        _handed_over(world, call, fact)


def target_gone(world: World, call: Call, fact: facts.LegGone) -> None:
    """Of one we lead the dialplan tells the end itself (`rejoined`)."""
    asked = call.consult
    if asked is None:
        return
    left = tuple(channel for channel in asked.channels if channel != fact.channel)
    call = replace(call, consult=replace(asked, channels=left))
    world.put_call(call)
    if asked.hands_over and not left:
        _follow(world, call, fact)
    elif asked.by_phone and (fact.channel == asked.channel or not left):
        back(world, call, fact)


def agent_gone(world: World, call: Call, fact: AgentGone) -> None:
    """Who answered has the customer now; otherwise the customer waits again, in front."""
    asked = call.consult
    if asked is not None and asked.channel is not None:
        _handed_over(world, call, fact)
    elif asked is None or not asked.hands_over:
        nobody = advance(world, call, ConsultEnded(fact.at, fact.node, ConsultEnd.NOT_REACHED)) or call
        if asked is None or not asked.by_phone:
            world.ask(Redirect(call.node, call.channel, Context.WAITING, "s"))
        agent_left(world, nobody, fact, goes_on=asked is None or not asked.by_phone)
    elif not asked.channels:
        _follow(world, call, fact)


def rejoined(world: World, fact: facts.AgentRejoined) -> None:
    call = world.calls.get(fact.call_id)
    if call is None or call.agent_channel != fact.channel:
        return
    if call.state is S.CONSULTING:
        back(world, call, fact)
    elif call.state is S.HELD and call.parked and call.agent_id is not None:
        hold.taken_back(world, call, facts.PhoneResumed(fact.at, fact.node, call.agent_id, fact.channel, call.call_id))


def joined_by_phone(world: World, fact: facts.AttendedTransferred) -> None:
    """A telephone joined its two calls: whom it had asked has our customer.

    Both go once through the dialplan, so that it knows them, and the recorder hears the new telephone (recording.conf).
    """
    call = world.calls.get(fact.call_id)
    if call is None or call.agent_channel != fact.by_channel or call.state not in (S.CONNECTED, S.HELD):
        return
    target = agent_of(fact.target)
    kind = TargetKind.AGENT if target else TargetKind.EXTERNAL
    say_transferred(world, call, fact, "attended", target or "external", kind)
    change_hands(world, call, fact, target, fact.target)
    world.ask(belongs_to(call, fact.target))
    if target is not None:
        world.ask(RedirectPair(call.node, call.channel, Context.HELD, fact.target, Context.TAKE_OVER))


# ---- steps ------------------------------------------------


def _begin(world: World, call: Call, fact: Fact, asked: Consult, *, parked: bool = False) -> Call | None:
    begun = advance(world, call, ConsultBegan(fact.at, fact.node, asked))
    if begun is None:
        return None
    begun = replace(begun, parked=parked)
    world.put_call(begun)
    if call.agent_id is not None:
        advance_agent(world, call.agent_id, agents.Consulting(fact.at))
    return begun


def back(world: World, call: Call, fact: Fact) -> None:
    """The agent has the customer again."""
    reached = call.consult is not None and call.consult.channel is not None
    end = ConsultEnd.RETURNED if reached else ConsultEnd.NOT_REACHED
    back = advance(world, call, ConsultEnded(fact.at, fact.node, end))
    if back is not None:
        world.put_call(replace(back, parked=False))
        if call.agent_id is not None:
            advance_agent(world, call.agent_id, agents.ConsultOver(fact.at))


def _handed_over(world: World, call: Call, fact: Fact) -> None:
    """Attended: who answered has the customer now."""
    asked = call.consult
    if asked is None or asked.channel is None:
        return
    say_transferred(world, call, fact, "attended", asked.to, asked.to_kind)
    over = advance(world, call, ConsultEnded(fact.at, fact.node, ConsultEnd.TRANSFERRED)) or call
    target = AgentId(asked.to) if asked.to_kind is TargetKind.AGENT else None
    change_hands(world, over, fact, target, asked.channel)


def _follow(world: World, call: Call, fact: Fact) -> None:
    """Blonde: the ringing for the agent is over, the customer rings there now."""
    asked = call.consult
    if asked is None:
        return
    say_transferred(world, call, fact, "blonde", asked.to, asked.to_kind)
    over = advance(world, call, ConsultEnded(fact.at, fact.node, ConsultEnd.TRANSFERRED)) or call
    if asked.to_kind is TargetKind.EXTERNAL:
        transfer.to_outside(world, over, fact, asked.to)
    else:
        transfer.to_agent(world, over, fact, AgentId(asked.to))
