"""Who hung up, and the end of the call."""

from dataclasses import replace

from acd.contracts import events
from acd.contracts.events import Event
from acd.contracts.vocabulary import AbandonStage, Direction, HangupSide
from acd.core import facts
from acd.core.calls.call import IN_CONVERSATION, Call, CallerGone
from acd.core.calls.call import CallState as S
from acd.core.calls.steps.base import Stepped, head, milliseconds
from acd.core.calls.steps.talk import conversation_over, others_gone

# Q.850 causes of an end that nobody wanted: network, media and protocol failures. dialplans/kept.conf has them, too.
DROP_CAUSES = frozenset({27, 38, 41, 42, 44, 47, 58, 102, 111, 127})
NORMAL_CLEARING = 16


def hangup_asked(call: Call, fact: facts.HangupAsked) -> Stepped:
    """The first far side to hang up ended the call; after the agent's hang-up the customer's no longer counts."""
    if call.hangup_side is not None:
        return call, ()
    if fact.channel == call.channel:
        return replace(call, hangup_side=HangupSide.CUSTOMER), ()
    if fact.channel == call.agent_channel and call.state in IN_CONVERSATION:
        return replace(call, hangup_side=HangupSide.AGENT), ()
    return call, ()


def _abandon_stage(call: Call) -> AbandonStage | None:
    """None when the call was served, or nobody was asked for."""
    match call.state:
        case S.WAITING | S.AWAY | S.FALLBACK | S.RESERVED if call.kept_since is None:
            return AbandonStage.QUEUE
        case S.RINGING if call.kept_since is None:
            return AbandonStage.RING
        case S.OFFERED | S.IN_IVR if call.direction is Direction.INBOUND:
            return AbandonStage.IVR if call.agent_wanted or not call.served_by_menu else None
        case _:
            return None


def caller_gone(call: Call, fact: CallerGone) -> Stepped:
    talking = call.state in IN_CONVERSATION
    alone, told = others_gone(call, fact) if talking else (call, ())
    after = conversation_over(alone, fact.at) if talking else call
    published: list[Event] = list(told)
    stage = None if fact.inferred else _abandon_stage(call)
    if stage is not None:
        waited = milliseconds(call.waiting_since, fact.at) if stage is not AbandonStage.IVR else 0
        queue = call.queue or None
        published.append(events.CallAbandoned(**head(call, fact), stage=stage, queue=queue, wait_ms=waited))
    ended = events.CallEnded(
        **head(call, fact),
        hangup_side=call.hangup_side or HangupSide.SYSTEM,
        hangup_cause=fact.cause or NORMAL_CLEARING,  # Asterisk leaves 0 for a plain BYE
        talk_ms=after.total_talk_ms,
        hold_ms=after.total_hold_ms,
        agent_id=call.agent_id if talking or call.state is S.LEFT or call.kept_since else None,
        dropped=(talking and fact.cause in DROP_CAUSES) or call.kept_since is not None,
        incomplete=call.incomplete or fact.inferred,
    )
    return after, (*published, ended)
