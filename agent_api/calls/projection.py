"""One call's row out of its events, in whatever order and how often they came. Pure.

Always folded from all events of the call, sorted by time: live intake and rebuild cannot differ.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from acd.contracts.events import (
    CallAbandoned,
    CallAgentMissed,
    CallAgentRequested,
    CallAgentRinging,
    CallConnected,
    CallEnded,
    CallEvent,
    CallIdentified,
    CallIvrAnswered,
    CallIvrLeft,
    CallIvrVisited,
    CallOffered,
    CallQueued,
    CallQueueLeft,
    CallResumed,
    CallSurveyed,
    CallTakenOver,
    CallTransferred,
)
from acd.contracts.vocabulary import TargetKind
from agent_api.calls.happenings import happening
from agent_api.calls.legs import Leg, legs_of, totals
from agent_api.calls.live_call import LiveCall, live_call
from agent_api.calls.memory import Person
from agent_api.calls.steps import step_time


@dataclass(slots=True)
class CallStory:
    """Everything the events say; field names are the columns of `call`, but for the last three."""

    call_id: str
    offered_at: datetime
    direction: str = "inbound"
    did: str = ""
    caller_number: str = ""
    customer_id: str | None = None
    auth_level: int = 0
    queue: str | None = None
    agent_no: str | None = None
    decision: str = ""
    ivr_path: list[dict[str, Any]] = field(default_factory=list)
    ivr_outcome: str | None = None
    transfers: list[dict[str, Any]] = field(default_factory=list)
    decisions: list[dict[str, Any]] = field(default_factory=list)
    happenings: list[dict[str, Any]] = field(default_factory=list)
    queue_exit: str | None = None
    ivr_answered_at: datetime | None = None
    agent_requested_at: datetime | None = None
    queued_at: datetime | None = None
    first_ring_at: datetime | None = None
    connected_at: datetime | None = None
    ended_at: datetime | None = None
    abandon_stage: str | None = None
    wait_ms: int | None = None
    ring_ms: int | None = None
    talk_ms: int = 0
    hold_ms: int = 0
    missed_rings: int = 0
    satisfaction: int | None = None
    dissatisfaction_reason: str = ""
    hangup_side: str | None = None
    hangup_cause: int | None = None
    dropped: bool = False
    incomplete: bool = False
    legs: list[Leg] = field(default_factory=list)
    live: LiveCall | None = None
    """As the floor sees it now; None when no agent is or will be concerned with it."""
    person: Person | None = None
    """Who it is, when the floor is concerned with the call and it is known."""


NOT_COLUMNS = frozenset({"legs", "live", "person"})


def tell(events: Iterable[CallEvent]) -> CallStory:
    """The call's story. `events` are of one call and at least one; duplicates do not matter."""
    unique = {event.event_id: event for event in events}
    ordered = sorted(unique.values(), key=lambda event: (event.at, event.seq))
    story = CallStory(ordered[0].call_id, ordered[0].at)
    story.incomplete = not any(isinstance(event, CallOffered) for event in ordered)
    for event in ordered:
        _in_the_menu(story, event)
        _with_an_agent(story, event)
        _at_the_end(story, event)
        if (step := happening(event)) is not None:
            story.happenings.append(step)
    story.legs = legs_of(ordered)
    if story.legs:
        story.talk_ms, story.hold_ms = totals(story.legs)
    story.live = live_call(ordered)
    return story


def _in_the_menu(story: CallStory, event: CallEvent) -> None:
    match event:
        case CallOffered():
            story.offered_at = event.at
            story.direction, story.did, story.caller_number = event.direction.value, event.did, event.caller_number
        case CallIvrAnswered():
            story.ivr_answered_at = story.ivr_answered_at or event.at
        case CallIvrVisited():
            step = {"node": event.menu_node, "key": event.key, "outcome": event.outcome, "at": step_time(event)}
            story.ivr_path.append(step)
        case CallIdentified() if event.auth_level >= story.auth_level:
            story.customer_id, story.auth_level = event.customer_id or None, event.auth_level
        case CallAgentRequested():
            story.agent_requested_at = story.agent_requested_at or event.at
            story.queue = story.queue or event.queue
        case CallIvrLeft():
            story.ivr_outcome = event.outcome.value
        case _:
            pass


def _with_an_agent(story: CallStory, event: CallEvent) -> None:
    match event:
        case CallQueued():
            story.queued_at, story.queue, story.queue_exit = story.queued_at or event.at, event.queue, None
        case CallAgentRinging():
            story.first_ring_at = story.first_ring_at or event.at
            story.queue, story.agent_no, story.decision = event.queue, event.agent_id, event.decision
            story.decisions.append(_decision(event))
        case CallAgentMissed():
            story.missed_rings += 1
            if story.connected_at is None:
                story.agent_no = None
        case CallConnected():
            if story.connected_at is None:
                story.connected_at, story.wait_ms, story.ring_ms = event.at, event.wait_ms, event.ring_ms
            story.queue, story.agent_no = event.queue, event.agent_id
        case CallResumed():
            story.hold_ms += event.hold_ms
        case CallTransferred():
            story.transfers.append({"kind": event.kind, "by": event.by, "to": event.to})
            if event.kind != "blind" and event.to_kind is TargetKind.AGENT:
                story.agent_no = event.to
        case CallTakenOver():
            story.agent_no = event.supervisor
        case CallQueueLeft():
            story.queue_exit = event.how.value
        case _:
            pass


def _decision(event: CallAgentRinging) -> dict[str, Any]:
    return {
        "at": step_time(event),
        "agent_no": event.agent_id,
        "queue": event.queue,
        "text": event.decision,
        "why": [reason.model_dump() for reason in event.why],
    }


def _at_the_end(story: CallStory, event: CallEvent) -> None:
    match event:
        case CallAbandoned():
            story.abandon_stage, story.wait_ms = event.stage.value, event.wait_ms
            story.queue = story.queue or event.queue
        case CallSurveyed() if story.satisfaction in (None, event.satisfaction):  # the first grade counts
            story.satisfaction = event.satisfaction
            story.dissatisfaction_reason = story.dissatisfaction_reason or event.dissatisfaction_reason
        case CallEnded():
            story.ended_at, story.hangup_side, story.hangup_cause = (
                event.at,
                event.hangup_side.value,
                event.hangup_cause,
            )
            story.talk_ms, story.hold_ms = event.talk_ms, event.hold_ms
            story.agent_no = event.agent_id or story.agent_no
            story.dropped = event.dropped
            story.incomplete = story.incomplete or event.incomplete
        case _:
            pass
