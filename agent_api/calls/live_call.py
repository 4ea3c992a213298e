"""A call as the floor sees it at this moment, out of its events. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from acd.contracts.events import (
    CallAbandoned,
    CallAgentBack,
    CallAgentLost,
    CallAgentMissed,
    CallAgentRinging,
    CallConferenceChanged,
    CallConnected,
    CallConsulting,
    CallConsultOver,
    CallEnded,
    CallEvent,
    CallHeld,
    CallHelpWanted,
    CallQueued,
    CallQueueLeft,
    CallRecordingChanged,
    CallResumed,
    CallSpied,
    CallTakenOver,
    CallTransferred,
)
from acd.contracts.vocabulary import SpyMode, TargetKind

LiveState = Literal["waiting", "ringing", "talking", "held", "consulting", "conference", "kept"]
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(slots=True)
class LiveCall:
    state: LiveState | None = None
    """None: not with the agents (still in the menu, gone to a message or the survey, over)."""
    since: datetime = _NEVER
    queue: str | None = None
    agent_no: str | None = None
    consulting: tuple[TargetKind, str] | None = None
    conference: tuple[str, ...] = ()
    spies: dict[str, tuple[SpyMode, str | None]] = field(default_factory=dict)
    """How each supervisor listens, and to which agent."""
    help: tuple[str, datetime] | None = None
    """Note, and when it was asked for; answered when somebody listens or takes over."""
    recording: str | None = None

    def be(self, state: LiveState | None, at: datetime) -> None:
        if state != self.state:
            self.state, self.since = state, at


def live_call(events: Iterable[CallEvent]) -> LiveCall | None:
    """`events` of one call in order of time. None: the floor is not concerned with it (any more)."""
    live = LiveCall()
    for event in events:
        _with_the_queue(live, event)
        _with_the_agent(live, event)
        _with_others(live, event)
    return live if live.state is not None else None


def _with_the_queue(live: LiveCall, event: CallEvent) -> None:
    match event:
        case CallQueued():
            live.queue, live.agent_no = event.queue, None
            live.be("waiting", event.at)
        case CallAgentRinging():
            live.queue, live.agent_no = event.queue, event.agent_id
            live.be("ringing", event.at)
        case CallAgentMissed() if live.state == "ringing":
            live.agent_no = None
            live.be("waiting", event.at)
        case CallQueueLeft() | CallAbandoned() | CallEnded():
            live.be(None, event.at)
        case _:
            pass


def _with_the_agent(live: LiveCall, event: CallEvent) -> None:
    match event:
        case CallConnected():
            if event.agent_id != live.agent_no:
                live.since = event.at
            live.queue, live.agent_no, live.consulting = event.queue, event.agent_id, None
            live.be("conference" if live.conference else "talking", event.at)
        case CallHeld():
            live.be("held", event.at)
        case CallResumed() | CallAgentBack():
            live.be("talking", event.at)
        case CallConsulting():
            live.consulting = (event.to_kind, event.to)
            live.be("consulting", event.at)
        case CallConsultOver():
            live.consulting = None
            live.be("conference" if live.conference else "talking", event.at)
        case CallTransferred():
            live.consulting, live.help = None, None
            _transferred(live, event)
        case CallAgentLost():
            live.be("kept", event.at)
        case _:
            pass


def _transferred(live: LiveCall, event: CallTransferred) -> None:
    if event.kind != "blind" and event.to_kind is TargetKind.AGENT:
        live.agent_no = event.to
        live.be("talking" if event.kind == "attended" else "ringing", event.at)
    elif event.to_kind is TargetKind.EXTERNAL:
        live.agent_no = None
        live.be(None, event.at)
    else:
        live.agent_no = None
        live.be("waiting", event.at)


def _with_others(live: LiveCall, event: CallEvent) -> None:
    match event:
        case CallConferenceChanged():
            live.conference = event.parties
            live.be("conference" if event.parties else "talking", event.at)
        case CallHelpWanted():
            live.help = (event.note, event.at)
        case CallSpied(mode=None):
            live.spies.pop(event.supervisor, None)
        case CallSpied(mode=mode) if mode is not None:
            live.spies[event.supervisor], live.help = (mode, event.hears), None
        case CallTakenOver():
            live.agent_no, live.help = event.supervisor, None
            live.spies.pop(event.supervisor, None)
            live.be("talking", event.at)
        case CallRecordingChanged():
            live.recording = event.state.value
        case _:
            pass
