"""What agents, supervisors and the queue did with a call, step by step, for the call's page. Pure."""

from typing import Any

from acd.contracts.events import (
    CallAgentBack,
    CallAgentLost,
    CallAgentMissed,
    CallConferenceChanged,
    CallConsulting,
    CallConsultOver,
    CallEvent,
    CallHelpWanted,
    CallOverflowed,
    CallQueueLeft,
    CallRecordingChanged,
    CallRedirected,
    CallSpied,
    CallTakenOver,
    CallTransferred,
)
from agent_api.calls.steps import step_time

Json = dict[str, Any]


def happening(event: CallEvent) -> Json | None:
    """One step of the story; None for an event the row tells otherwise."""
    step = _in_the_queue(event) or _by_the_agent(event) or _by_others(event)
    return None if step is None else {"at": step_time(event), **step}


def _in_the_queue(event: CallEvent) -> Json | None:
    match event:
        case CallAgentMissed():
            return {"kind": "missed", "by": event.agent_id, "how": event.cause, "seconds": event.ring_ms / 1000}
        case CallOverflowed():
            reason = event.reason.model_dump()
            return {"kind": "overflowed", "queue": event.from_queue, "to": event.to_queue, "reason": reason}
        case CallQueueLeft():
            how, waited = event.how.value, event.wait_ms / 1000
            return {"kind": "queue_left", "queue": event.queue, "how": how, "seconds": waited}
        case CallRedirected():
            to = {"to": event.to, "to_kind": event.to_kind.value}
            return {"kind": "redirected", "by": event.by, "queue": event.queue, **to}
        case _:
            return None


def _by_the_agent(event: CallEvent) -> Json | None:
    match event:
        case CallTransferred():
            kind = event.to_kind.value if event.to_kind else None
            step = {"kind": "transferred", "by": event.by, "to": event.to, "to_kind": kind}
            return step | {"how": event.kind, "note": event.note}
        case CallConsulting():
            return {"kind": "consulting", "by": event.agent_id, "to": event.to, "to_kind": event.to_kind.value}
        case CallConsultOver():
            asked = event.consult_ms / 1000
            return {"kind": "consult_over", "by": event.agent_id, "how": event.end.value, "seconds": asked}
        case CallConferenceChanged():
            return {"kind": "conference", "parties": list(event.parties)}
        case CallHelpWanted():
            return {"kind": "help", "by": event.agent_id, "note": event.note}
        case _:
            return None


def _by_others(event: CallEvent) -> Json | None:
    match event:
        case CallAgentLost():
            return {"kind": "agent_lost", "by": event.agent_id}
        case CallAgentBack():
            return {"kind": "agent_back", "by": event.agent_id, "seconds": event.away_ms / 1000}
        case CallSpied():
            how = event.mode.value if event.mode else "gone"
            heard = {"to": event.hears, "to_kind": "agent"} if event.hears else {}
            return {"kind": "spied", "by": event.supervisor, "how": how, **heard}
        case CallTakenOver():
            return {"kind": "taken_over", "by": event.supervisor, "to": event.agent_id, "to_kind": "agent"}
        case CallRecordingChanged() if event.reason != "away":  # that nobody talks is told by what happened meanwhile
            return {"kind": "recording", "how": event.state.value, "note": event.reason}
        case _:
            return None
