"""The one door into the core: `handle(world, fact, now)` returns what to do. No wire, store, clock or chance inside."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from acd.contracts import events
from acd.contracts.ids import AgentId, AttemptId, CallId, NodeName
from acd.contracts.vocabulary import AgentState
from acd.core import agent as agents
from acd.core import (
    facts,
    faxes,
    journey,
    lease,
    links,
    matching,
    missed,
    outbound,
    phones,
    recorder,
    requests,
    resync,
    wallboard,
    widening,
)
from acd.core.control import consult, spying, take_over
from acd.core.effects import Effect, SetTimer, unnumbered
from acd.core.facts import AnyFact, Timer
from acd.core.state import World

__all__ = ["World", "handle"]


def handle(world: World, fact: AnyFact, now: datetime) -> list[Effect]:
    """Bring the world up to the fact and return the effects in order."""
    world.now = now
    _HANDLERS[type(fact)](world, fact)
    if (world.rematch or world.engine.unrest()) and not world.is_settling():
        matching.match(world)
    return world.take_effects()


def _started(world: World, fact: facts.Started) -> None:
    """What the journal remembered has been put into the world: say that we are here, and show who is signed in."""
    world.publish(events.AcdStarted(**unnumbered(world.now)))
    for agent in world.agents.values():
        world.show_agent(agent)
        if agent.wrap_up_until is not None:
            world.ask(SetTimer(facts.TimerKey(Timer.WRAP_UP, agent.agent_id), agent.wrap_up_until))
    for name in world.queues:
        world.touch_queue(name)
    lease.renew(world)
    links.await_nodes(world)


def _command(world: World, fact: facts.CommandArrived) -> None:
    requests.handle_command(world, fact.command)


def _timer(world: World, fact: facts.TimerDue) -> None:
    match fact.key.timer:
        case Timer.LEASE:
            lease.renew(world)
        case Timer.QUEUES:
            wallboard.publish_queues(world)
        case Timer.RESERVED:
            matching.reservation_over(world, CallId(fact.key.of))
        case Timer.ANNOUNCE:
            wallboard.announce(world, CallId(fact.key.of))
        case Timer.WRAP_UP:
            _wrap_up_over(world, AgentId(fact.key.of))
        case Timer.RECORDING:
            recorder.pause_over(world, CallId(fact.key.of))
        case Timer.WIDEN:
            widening.due(world, CallId(fact.key.of))
        case Timer.NODE:
            links.node_out_of_reach(world, NodeName(fact.key.of))
        case Timer.SETTLED:
            world.rematch = True
        case Timer.ATTEMPT:
            outbound.attempt_overdue(world, AttemptId(fact.key.of))


def _wrap_up_over(world: World, agent_id: AgentId) -> None:
    agent = world.agents.get(agent_id)
    if agent is not None and agent.state is AgentState.WRAP_UP:
        world.put_agent(agents.step(agent, agents.WrapUpDone(world.now)))


_HANDLERS: dict[type[AnyFact], Callable[[World, Any], None]] = {
    facts.CallArrived: journey.call_arrived,
    facts.MenuAnswered: journey.call_reported,
    facts.MenuVisited: journey.call_reported,
    facts.CallerIdentified: journey.call_reported,
    facts.PasswordChecked: journey.call_reported,
    facts.AgentWanted: journey.call_reported,
    facts.MenuLeft: journey.call_reported,
    facts.CallerSurveyed: journey.call_reported,
    facts.CallerWaiting: journey.caller_waiting,
    facts.CallerInFallback: journey.caller_in_fallback,
    facts.BlindTransferred: journey.transferred,
    facts.PhoneDialled: phones.phone_dialled,
    facts.PhoneAlerted: phones.phone_reported,
    facts.PhoneFailed: phones.phone_reported,
    facts.PhoneAnswered: phones.phone_answered,
    facts.PhoneHeld: phones.phone_held,
    facts.PhoneResumed: phones.phone_held,
    facts.LegOpened: phones.leg_opened,
    facts.LegAlerted: outbound.leg_alerted,
    facts.OutsideDialled: phones.outside_dialled,
    facts.OutsideAnswered: phones.outside_dialled,
    facts.AgentRejoined: consult.rejoined,
    facts.AttendedTransferred: consult.joined_by_phone,
    facts.SpyStarted: take_over.supervisor_listens,
    facts.SpyStopped: spying.stopped,
    facts.SpyNotReached: spying.not_reached,
    facts.HangupAsked: phones.hangup_asked,
    facts.LegGone: phones.leg_gone,
    facts.AttemptPickedUp: outbound.picked_up,
    facts.AttemptJudged: outbound.judged,
    facts.OriginateFailed: outbound.originate_failed,
    facts.FaxOver: faxes.fax_over,
    facts.RecorderArmed: recorder.reported,
    facts.RecorderRested: recorder.reported,
    facts.RecorderMuted: recorder.reported,
    facts.ChannelJoined: recorder.reported,
    facts.ChannelParted: recorder.reported,
    facts.RedirectRefused: matching.redirect_refused,
    facts.LinkUp: links.link_up,
    facts.LinkDown: links.link_down,
    facts.NodeDied: links.node_died,
    facts.CallsMissed: missed.calls_missed,
    facts.Resynced: resync.resynced,
    facts.TimerDue: _timer,
    facts.CommandArrived: _command,
    facts.Replayed: requests.replayed,
    facts.Started: _started,
}
