"""The conversation: answered, held, transferred, over, graded."""

from dataclasses import replace
from datetime import datetime

from acd.contracts import events
from acd.contracts.events import Event
from acd.contracts.ids import AgentId
from acd.contracts.vocabulary import ConsultEnd
from acd.core import facts
from acd.core.calls.call import AgentGone, AgentVanished, Call, ConsultEnded
from acd.core.calls.steps import consult
from acd.core.calls.steps.base import Stepped, head, milliseconds


def answered(call: Call, fact: facts.PhoneAnswered) -> Stepped:
    if call.kept_since is not None and call.agent_id == fact.agent_id:
        return _back(call, fact)
    event = events.CallConnected(
        **head(call, fact),
        queue=call.queue,
        agent_id=fact.agent_id,
        wait_ms=milliseconds(call.waiting_since, fact.at),
        ring_ms=milliseconds(call.ringing_since, fact.at),
    )
    after = replace(
        call,
        agent_id=fact.agent_id,
        agent_channel=fact.channel,
        connected_at=fact.at,
        announced=False,
        held_at=None,
        hold_ms=0,
        hangup_side=None,
        parked=False,
        consult_ms=0,
        kept_since=None,
    )
    return after, (event,)


def _back(call: Call, fact: facts.PhoneAnswered) -> Stepped:
    """The conversation goes on: neither a new wait nor a new connection is counted."""
    after = replace(call, agent_channel=fact.channel, connected_at=fact.at, announced=False, kept_since=None)
    away_ms = milliseconds(call.kept_since, fact.at)
    return after, (events.CallAgentBack(**head(call, fact), agent_id=fact.agent_id, away_ms=away_ms),)


def held(call: Call, fact: facts.PhoneHeld) -> Stepped:
    return replace(call, held_at=fact.at), (events.CallHeld(**head(call, fact), agent_id=fact.agent_id),)


def resumed(call: Call, fact: facts.PhoneResumed) -> Stepped:
    hold_ms = milliseconds(call.held_at, fact.at)
    event = events.CallResumed(**head(call, fact), agent_id=fact.agent_id, hold_ms=hold_ms)
    return replace(call, held_at=None, hold_ms=call.hold_ms + hold_ms), (event,)


def transferred(call: Call, fact: facts.BlindTransferred) -> Stepped:
    by = call.agent_id or AgentId("")
    staying = tuple(replace(spy, stays=True) for spy in call.spies)
    event = events.CallTransferred(**head(call, fact), kind="blind", by=by, to=fact.to[:64])
    return replace(call, spies=staying), (event,)


def conversation_over(call: Call, at: datetime) -> Call:
    hold_ms = call.hold_ms + milliseconds(call.held_at, at)
    talk_ms = max(0, milliseconds(call.connected_at, at) - hold_ms - call.consult_ms)
    return replace(
        call,
        hold_ms=hold_ms,
        held_at=None,
        parked=False,
        parties=(),
        waiting_since=None,
        connected_at=None,
        total_talk_ms=call.total_talk_ms + talk_ms,
        total_hold_ms=call.total_hold_ms + hold_ms,
    )


def others_gone(call: Call, fact: facts.Fact) -> Stepped:
    """The conversation ends: so do a question still asked and a conference."""
    published: list[Event] = []
    if call.consult is not None:
        call, told = consult.ended(call, ConsultEnded(fact.at, fact.node, ConsultEnd.RETURNED))
        published += told
    if call.parties:
        published.append(events.CallConferenceChanged(**head(call, fact), parties=()))
    return call, tuple(published)


def agent_vanished(call: Call, fact: AgentVanished) -> Stepped:
    """Told once, however often the caller is given back in vain."""
    alone = replace(call, agent_channel=None, ringing_since=None, decision="", agent_waits=False, parked=False)
    if call.kept_since is not None:
        return alone, ()
    after = replace(conversation_over(alone, fact.at), hold_ms=0, hangup_side=None, kept_since=fact.at)
    return after, (events.CallAgentLost(**head(call, fact), agent_id=call.agent_id or AgentId("")),)


def agent_gone(call: Call, fact: AgentGone) -> Stepped:
    alone, published = others_gone(call, fact)
    return conversation_over(alone, fact.at), published


def surveyed(call: Call, fact: facts.CallerSurveyed) -> Stepped:
    event = events.CallSurveyed(
        **head(call, fact),
        agent_id=call.agent_id,
        satisfaction=fact.satisfaction,
        dissatisfaction_reason=fact.reason[:40],
    )
    return call, (event,)
