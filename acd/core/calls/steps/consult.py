"""The agent asks somebody while the customer hears music."""

from dataclasses import replace

from acd.contracts import events
from acd.contracts.events import Event
from acd.contracts.ids import AgentId
from acd.core.calls.call import Call, ConsultBegan, ConsultEnded
from acd.core.calls.steps.base import Stepped, head, milliseconds


def began(call: Call, fact: ConsultBegan) -> Stepped:
    """A hold that was going on is over: from here on it is the question's time."""
    published: list[Event] = []
    by, hold_ms = call.agent_id or AgentId(""), call.hold_ms
    if call.held_at is not None:
        held_ms = milliseconds(call.held_at, fact.at)
        hold_ms += held_ms
        published.append(events.CallResumed(**head(call, fact), agent_id=by, hold_ms=held_ms))
    asked = fact.consult
    published.append(events.CallConsulting(**head(call, fact), agent_id=by, to_kind=asked.to_kind, to=asked.to))
    return replace(call, held_at=None, hold_ms=hold_ms, consult=asked), tuple(published)


def ended(call: Call, fact: ConsultEnded) -> Stepped:
    asked_ms = milliseconds(call.consult.since if call.consult else None, fact.at)
    event = events.CallConsultOver(
        **head(call, fact), agent_id=call.agent_id or AgentId(""), end=fact.end, consult_ms=asked_ms
    )
    return replace(call, consult=None, consult_ms=call.consult_ms + asked_ms), (event,)
