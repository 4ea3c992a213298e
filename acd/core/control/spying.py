"""A supervisor listens, whispers or barges in: to the leg of whoever has the customer, as long as the call lasts."""

from dataclasses import replace

from acd.contracts import events
from acd.contracts.commands import SpyOnCall, StopSpying, TakeOverCall
from acd.contracts.ids import AgentId, CallId, ChannelName
from acd.contracts.vocabulary import SpyMode
from acd.core import facts
from acd.core.calls.call import IN_CONVERSATION, Call
from acd.core.calls.parties import Spy
from acd.core.control.base import head
from acd.core.effects import Hangup, ListenTo, OriginateSpy, PressKey
from acd.core.errors import Code, Refused
from acd.core.state import World

KEYS = {SpyMode.LISTEN: "4", SpyMode.WHISPER: "5", SpyMode.BARGE: "6"}
"""ChanSpy's own, with its option d."""


def spy(world: World, command: SpyOnCall) -> None:
    """Ring the supervisor, or change the mode of a listening that goes on."""
    call = world.calls.get(command.call_id)
    going_on = _of(call, command.agent_id) if call is not None else None
    if call is None or going_on is None:
        begin(world, command, command.mode, takes_over=False)
        return
    if call.state not in IN_CONVERSATION:
        raise Refused(Code.CALL_WRONG_STATE)
    going_on = replace(going_on, mode=command.mode)
    call = _keep(world, call, going_on)
    if going_on.channel is not None:
        if call.agent_channel is not None:  # a key is lost on one who is just being led to another leg
            leg = going_on.legs[0]
            world.ask(ListenTo(call.node, leg, call.agent_channel, command.mode, answered=False))
        world.ask(PressKey(call.node, going_on.channel, KEYS[command.mode]))
        _say(world, call, going_on)


def begin(world: World, command: SpyOnCall | TakeOverCall, mode: SpyMode, *, takes_over: bool) -> None:
    """All telephones of the supervisor ring; the first one answered listens."""
    call = world.calls.get(command.call_id)
    if call is None or call.state not in IN_CONVERSATION or call.agent_channel is None:
        raise Refused(Code.CALL_WRONG_STATE)
    if call.agent_id == command.agent_id or world.phones.get(command.agent_id):
        raise Refused(Code.SUPERVISOR_BUSY)
    if not world.is_synced(call.node):
        raise Refused(Code.DIALER_NO_LINE)
    token = command.command_id.hex[:8]
    phones = (f"{command.agent_id}w", command.agent_id)
    legs = tuple(f"spy-{token}-{phone}-{call.call_id}" for phone in phones)
    for phone, leg in zip(phones, legs, strict=True):
        world.ask(OriginateSpy(call.node, leg, phone, call.channel, call.agent_channel, mode, call.agent_id or ""))
    _keep(world, call, Spy(command.agent_id, legs, mode, call.agent_id, takes_over=takes_over))


def stop(world: World, command: StopSpying) -> None:
    call = world.calls.get(command.call_id)
    spy = _of(call, command.agent_id) if call is not None else None
    if call is None or spy is None:
        raise Refused(Code.SUPERVISOR_NOT_LISTENING)
    end(world, call, spy)


def end(world: World, call: Call, spy: Spy) -> Call:
    """Let go of the supervisor's telephones."""
    world.ask(*(Hangup(call.node, ChannelName(leg)) for leg in spy.legs))
    return forget(world, call, spy)


def end_all(world: World, call: Call) -> Call:
    """Nobody will have the customer any more."""
    for spy in call.spies:
        call = end(world, call, spy)
    return call


def forget(world: World, call: Call, spy: Spy) -> Call:
    call = replace(call, spies=tuple(other for other in call.spies if other.supervisor != spy.supervisor))
    world.put_call(call)
    if spy.channel is not None:
        world.publish(events.CallSpied(**head(call, world.now), supervisor=spy.supervisor, mode=None))
    return call


# ---- the call goes on -----------------------------------------


def stays(call: Call) -> bool:
    return any(spy.stays for spy in call.spies)


def stay(world: World, call: Call) -> Call:
    """Nobody has the customer for now; the dialplan plays music. What was said to this agent is not for the next."""
    for spy in call.spies:
        call = _now(world, call, spy, replace(spy, mode=SpyMode.LISTEN, hears=None, stays=False))
    return call


def follow(world: World, call: Call) -> None:
    """To the leg of who has the customer now, or to the same one anew (dialplans/control.conf)."""
    if call.agent_channel is None:
        return
    for spy in call.spies:
        mode = spy.mode if spy.hears == call.agent_id else SpyMode.LISTEN
        for leg in spy.legs:
            world.ask(ListenTo(call.node, leg, call.agent_channel, mode, answered=spy.channel is not None))
        call = _now(world, call, spy, replace(spy, mode=mode, hears=call.agent_id, stays=False))


def joined(world: World, fact: facts.PhoneJoined) -> None:
    call = world.calls.get(fact.call_id)
    if call is not None and call.spies and call.agent_channel == fact.channel:
        follow(world, call)


def _now(world: World, call: Call, before: Spy, after: Spy) -> Call:
    call = _keep(world, call, after)
    if after.channel is not None and (after.mode, after.hears) != (before.mode, before.hears):
        _say(world, call, after)
    return call


# ---- what Asterisk reports --------------------------------


def found(world: World, leg: str) -> tuple[Call, Spy] | None:
    """The call and who listens, by the leg's id, which ends with the call's."""
    call = world.calls.get(CallId(leg.split("-", 3)[-1]))
    spy = next((spy for spy in call.spies if leg in spy.legs), None) if call else None
    return (call, spy) if call and spy else None


def started(world: World, fact: facts.SpyStarted, call: Call, spy: Spy) -> tuple[Call, Spy]:
    """The first telephone answered, the others stop ringing; or one that listens has begun anew."""
    if spy.channel == fact.channel:
        return call, spy
    others = tuple(leg for leg in spy.legs if leg != fact.leg)
    world.ask(*(Hangup(call.node, ChannelName(leg)) for leg in others))
    listening = replace(spy, legs=(fact.leg,), channel=fact.channel)
    call = _keep(world, call, listening)
    _say(world, call, listening)
    return call, listening


def leg_gone(world: World, fact: facts.LegGone) -> None:
    _one_less(world, fact.unique_id)


def not_reached(world: World, fact: facts.SpyNotReached) -> None:
    _one_less(world, fact.leg)


def _one_less(world: World, leg: str) -> None:
    """The one that listened, or one that rang; without any left the listening is over, or came to nothing."""
    there = found(world, leg)
    if there is None:
        return
    call, spy = there
    left = tuple(other for other in spy.legs if other != leg)
    if left:
        _keep(world, call, replace(spy, legs=left))
    else:
        forget(world, call, spy)


def _of(call: Call, supervisor: AgentId) -> Spy | None:
    return next((spy for spy in call.spies if spy.supervisor == supervisor), None)


def _keep(world: World, call: Call, spy: Spy) -> Call:
    others = tuple(other for other in call.spies if other.supervisor != spy.supervisor)
    call = replace(call, spies=(*others, spy))
    world.put_call(call)
    return call


def _say(world: World, call: Call, spy: Spy) -> None:
    said = events.CallSpied(**head(call, world.now), supervisor=spy.supervisor, mode=spy.mode, hears=spy.hears)
    world.publish(said)
