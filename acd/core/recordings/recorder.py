"""Recordings in the world: the recorder's facts reach their call, agents pause and resume, a pause never lasts."""

from dataclasses import replace
from datetime import timedelta

from acd.contracts.commands import CallCommand, PauseRecording, ResumeRecording
from acd.contracts.dialplan import Variable
from acd.contracts.ids import CallId, NodeName
from acd.core import facts
from acd.core.calls.call import Call, CallState
from acd.core.effects import MuteRecorder, SetGlobal
from acd.core.errors import Code, Refused
from acd.core.facts import LiveLeg, Timer
from acd.core.recordings import recording
from acd.core.state import World

LONGEST_PAUSE = timedelta(seconds=60)
"""A forgotten pause must not cost the rest of the conversation."""


def reported(world: World, fact: facts.RecorderFact) -> None:
    """Of the customer's own channel; the other parties' say nothing about the recording."""
    call = world.calls.get(fact.call_id)
    if call is not None and call.channel == fact.channel:
        _put(world, replace(call, recording=recording.step(call.recording, fact)), fact)


def _put(world: World, call: Call, fact: facts.Fact) -> None:
    told, event = recording.tell(call.recording, call.call_id, fact)
    call = replace(call, recording=told)
    if call != world.calls.get(call.call_id):
        world.put_call(call)
    if event is not None:
        world.publish(event)


def over(world: World, call: Call, fact: facts.Fact) -> None:
    """The customer's leg is gone, and the recorder with it."""
    world.cancel_timer(Timer.RECORDING, call.call_id)
    event = recording.stopped(call.recording, call.call_id, fact)
    if event is not None:
        world.publish(event)


def tell_unrecorded(world: World, node: NodeName) -> None:
    """The dialplan arms the recorder itself, and must know where not to, also when we are dead."""
    names = "".join(f"&{name}&" for name, rule in world.queues.items() if not rule.record)
    world.ask(SetGlobal(node, Variable.UNRECORDED, names))


def found(world: World, call_id: CallId, leg: LiveLeg, fact: facts.Fact) -> None:
    """At a resync: what Asterisk says of the channel counts; whether it is muted it does not say."""
    call = world.calls.get(call_id)
    if call is None:
        return
    now = replace(call.recording, armed=leg.recorded, joined=leg.joined, muted=call.recording.muted and leg.recorded)
    _put(world, replace(call, recording=now), fact)
    if now.muted:
        world.set_timer(Timer.RECORDING, call_id, LONGEST_PAUSE)


# ---- commands ------------------------------------------


def pause(world: World, command: PauseRecording) -> None:
    """Raises Refused unless the agent has the call and it is being recorded."""
    call = _theirs(world, command)
    if not (call.recording.armed and call.recording.joined):
        raise Refused(Code.CALL_WRONG_STATE)
    world.ask(MuteRecorder(call.node, call.channel, muted=True))
    world.set_timer(Timer.RECORDING, call.call_id, LONGEST_PAUSE)


def resume(world: World, command: ResumeRecording) -> None:
    call = _theirs(world, command)
    if not call.recording.muted:
        raise Refused(Code.CALL_WRONG_STATE)
    pause_over(world, call.call_id)


def pause_over(world: World, call_id: CallId) -> None:
    """Asked for, or the limit is reached."""
    world.cancel_timer(Timer.RECORDING, call_id)
    call = world.calls.get(call_id)
    if call is not None and call.recording.armed:
        world.ask(MuteRecorder(call.node, call.channel, muted=False))


def _theirs(world: World, command: CallCommand) -> Call:
    call = world.calls.get(command.call_id)
    talking = call is not None and call.state in (CallState.CONNECTED, CallState.HELD)
    if call is None or not talking or call.agent_id != command.agent_id:
        raise Refused(Code.CALL_WRONG_STATE)
    if not world.is_synced(call.node):
        raise Refused(Code.DIALER_NO_LINE)
    return call
