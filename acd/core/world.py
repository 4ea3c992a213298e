"""The one door into the core: `handle(world, fact, now)` returns what to do. No wire, store, clock or chance inside."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from acd.contracts import events
from acd.core import facts, requests
from acd.core.agents import kept, life, phones
from acd.core.callbacks import after_gap, booking, dialling, joined
from acd.core.callers import journey
from acd.core.control import consult, spying, take_over
from acd.core.effects import Effect, unnumbered
from acd.core.facts import AnyFact, Timer
from acd.core.nodes import lease, links, missed, resync
from acd.core.outbound import dunning, faxes, notices
from acd.core.recordings import recorder
from acd.core.state import World
from acd.core.waiting import matching, own_manager, stay, wallboard, widening

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
    life.restarted(world)
    after_gap.started(world)
    for name in world.queues:
        world.touch_queue(name)
    lease.renew(world)
    links.await_nodes(world)


def _command(world: World, fact: facts.CommandArrived) -> None:
    requests.handle_command(world, fact.command)


def _timer(world: World, fact: facts.TimerDue) -> None:
    for due in _TIMERS[fact.key.timer]:
        due(world, fact.key.of)


def _work_begins(world: World, of: str) -> None:
    world.rematch = True


_TIMERS: dict[Timer, tuple[Callable[[World, Any], None], ...]] = {
    Timer.LEASE: (lambda world, of: lease.renew(world),),
    Timer.QUEUES: (lambda world, of: wallboard.publish_queues(world),),
    Timer.RESERVED: (matching.reservation_over, kept.not_dialled),
    Timer.KEPT: (kept.kept_too_long,),
    Timer.GIVE_BACK: (kept.give_back_to,),
    Timer.ANNOUNCE: (stay.speak,),
    Timer.PATIENCE: (stay.too_long,),
    Timer.MANAGER: (own_manager.ring,),
    Timer.CALLBACK: (dialling.woken,),
    Timer.WRAP_UP: (life.wrap_up_over,),
    Timer.PAUSE: (life.pause_overdue,),
    Timer.DESK: (life.desk_away,),
    Timer.RECORDING: (recorder.pause_over,),
    Timer.WIDEN: (widening.due,),
    Timer.NODE: (links.node_out_of_reach,),
    Timer.SETTLED: (_work_begins,),
    Timer.ATTEMPT: (dunning.attempt_overdue,),
}


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
    facts.CallerAsked: journey.caller_asked,
    facts.QueueLeft: journey.queue_left,
    facts.CallbackWanted: booking.wanted,
    facts.CallbackAnswered: joined.customer_answered,
    facts.CallbackAgentReady: dialling.agent_ready,
    facts.CallbackNotDialled: dialling.not_dialled,
    facts.CallerInFallback: journey.caller_in_fallback,
    facts.BlindTransferred: journey.transferred,
    facts.PhoneDialled: phones.phone_dialled,
    facts.PhoneAlerted: phones.phone_reported,
    facts.PhoneFailed: phones.phone_reported,
    facts.PhoneAnswered: phones.phone_answered,
    facts.PhoneJoined: spying.joined,
    facts.PhoneHeld: phones.phone_held,
    facts.PhoneResumed: phones.phone_held,
    facts.AgentLost: kept.agent_lost,
    facts.PhoneReachable: kept.phone_reachable,
    facts.LegOpened: phones.leg_opened,
    facts.LegAlerted: phones.leg_alerted,
    facts.OutsideDialled: phones.outside_dialled,
    facts.OutsideAnswered: phones.outside_dialled,
    facts.AgentRejoined: consult.rejoined,
    facts.AttendedTransferred: consult.joined_by_phone,
    facts.SpyStarted: take_over.supervisor_listens,
    facts.SpyNotReached: spying.not_reached,
    facts.HangupAsked: phones.hangup_asked,
    facts.LegGone: phones.leg_gone,
    facts.AttemptPickedUp: dunning.picked_up,
    facts.AttemptJudged: dunning.judged,
    facts.OriginateFailed: dunning.originate_failed,
    facts.FaxOver: faxes.fax_over,
    facts.NoticeOver: notices.notice_over,
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
