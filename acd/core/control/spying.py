"""A supervisor listens, whispers or barges in. The spied leg is the agent's; whose leg ends, ends the listening."""

from dataclasses import replace

from acd.contracts import events
from acd.contracts.commands import SpyOnCall, StopSpying, TakeOverCall
from acd.contracts.ids import AgentId, CallId, ChannelName
from acd.contracts.vocabulary import SpyMode
from acd.core import facts
from acd.core.calls.call import IN_CONVERSATION, Call
from acd.core.calls.parties import Spy
from acd.core.control.base import head
from acd.core.effects import Hangup, OriginateSpy, PressKey
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
    _keep(world, call, replace(going_on, mode=command.mode))
    if going_on.channel is not None:
        world.ask(PressKey(call.node, going_on.channel, KEYS[command.mode]))
        _say(world, call, going_on.supervisor, command.mode)


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
        world.ask(OriginateSpy(call.node, leg, phone, call.agent_channel, mode, call.agent_id or ""))
    world.put_call(replace(call, spies=(*call.spies, Spy(command.agent_id, legs, mode, takes_over=takes_over))))


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
    """The leg that was listened to is gone."""
    for spy in call.spies:
        call = end(world, call, spy)
    return call


def forget(world: World, call: Call, spy: Spy) -> Call:
    call = replace(call, spies=tuple(other for other in call.spies if other.supervisor != spy.supervisor))
    world.put_call(call)
    if spy.channel is not None:
        _say(world, call, spy.supervisor, None)
    return call


# ---- what Asterisk reports --------------------------------


def found(world: World, fact: facts.SpyFact) -> tuple[Call, Spy] | None:
    """The call and who listens, by the leg's id, which ends with the call's."""
    call = world.calls.get(CallId(fact.leg.split("-", 3)[-1]))
    spy = next((spy for spy in call.spies if fact.leg in spy.legs), None) if call else None
    return (call, spy) if call and spy else None


def started(world: World, fact: facts.SpyStarted, call: Call, spy: Spy) -> tuple[Call, Spy]:
    """The first telephone answered; the others stop ringing."""
    others = tuple(leg for leg in spy.legs if leg != fact.leg)
    world.ask(*(Hangup(call.node, ChannelName(leg)) for leg in others))
    listening = replace(spy, legs=(fact.leg,), channel=fact.channel)
    call = _keep(world, call, listening)
    _say(world, call, spy.supervisor, spy.mode)
    return call, listening


def stopped(world: World, fact: facts.SpyStopped) -> None:
    there = found(world, fact)
    if there is not None:
        end(world, *there)


def not_reached(world: World, fact: facts.SpyNotReached) -> None:
    """One telephone less to ring; without any it has come to nothing."""
    there = found(world, fact)
    if there is None:
        return
    call, spy = there
    left = tuple(leg for leg in spy.legs if leg != fact.leg)
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


def _say(world: World, call: Call, supervisor: AgentId, mode: SpyMode | None) -> None:
    world.publish(events.CallSpied(**head(call, world.now), supervisor=supervisor, mode=mode))
