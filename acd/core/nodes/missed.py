"""Calls that ended while nobody watched, told from Asterisk's own records: the books get them whole.

Only the calls are walked through their states. Agents are not: what they do now says the resync.
"""

from acd.contracts.vocabulary import Direction
from acd.core import facts
from acd.core.callbacks.answered import answered
from acd.core.calls.call import AgentGone, Call, CallerGone, CallState, FallbackEntered, FallbackRingOver, RoomEntered
from acd.core.calls.progress import adopt, advance
from acd.core.facts import CallsMissed, Fact
from acd.core.state import World

S = CallState


def calls_missed(world: World, fact: CallsMissed) -> None:
    for call_id, facts_told in fact.calls.items():
        if call_id in world.nodes[fact.node].given_up:
            continue
        call = world.calls.get(call_id)
        if call is not None and call.attempt_id is not None:
            continue  # what became of an attempt is the resync's to judge, together with its gate
        news = (told for told in facts_told if call is None or told.at > fact.since)
        _retell(world, call, tuple(news))


def _retell(world: World, call: Call | None, news: tuple[Fact, ...]) -> None:
    for told in news:
        if isinstance(told, facts.CallArrived) and call is None:
            arrived = (told.channel, Direction.INBOUND, told.at, told.did, told.caller)
            call = adopt(world, Call(told.call_id, told.node, *arrived))
        elif isinstance(told, facts.CallbackAnswered) and call is None:
            answered(world, told)
            call = world.calls.get(told.call_id)
        elif call is not None:
            call = _step(world, call, told)


def _step(world: World, call: Call, told: Fact) -> Call | None:
    """The call after the fact; None once it is over."""
    match told:
        case facts.LegGone(channel=channel) if channel == call.channel:
            world.leave_room(call)
            after = advance(world, call, CallerGone(told.at, told.node, told.cause))
            if after is not None:
                world.drop_call(after)
            return None
        case facts.LegGone(channel=channel) if channel == call.agent_channel:
            over = FallbackRingOver if call.state is S.RINGING else AgentGone
            return advance(world, call, over(told.at, told.node)) or call
        case facts.CallerWaiting() | facts.CallerInFallback():
            entered = FallbackEntered if isinstance(told, facts.CallerInFallback) else RoomEntered
            queue = world.queue(told.queue)
            joined = call.queued_at or told.at
            return advance(world, call, entered(told.at, told.node, queue.name, told.priority, joined, 1, told.channel))
        case facts.PhoneAnswered() if call.state in (S.CONNECTED, S.HELD):
            return call
        case facts.LegGone() | facts.CallArrived() | facts.AttemptPickedUp() | facts.AttemptJudged():
            return call
        case _:
            return advance(world, call, told) or call
