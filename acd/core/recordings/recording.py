"""The recording of one call: what is written now, and what is published of it. Pure; Asterisk does the writing.

The recorder (dialplans/recording.conf) writes while it is armed and the customer is joined with somebody. Muted, it
writes silence; while the customer is away (password menu, kept) it writes nothing, and who reads the file later puts
silence there, from the times published here.
"""

from dataclasses import dataclass, replace

from acd.contracts.events import CallRecordingChanged
from acd.contracts.ids import CallId
from acd.contracts.vocabulary import RecordingState
from acd.core import facts
from acd.core.effects import unnumbered

AWAY, SECRET = "away", "secret"
"""Why nothing is heard: nobody is with the customer (nothing is written); a secret is spoken (silence is written)."""
FILE_SUFFIX = ".raw"


@dataclass(frozen=True, slots=True)
class Recording:
    armed: bool = False
    joined: bool = False
    muted: bool = False
    told: RecordingState | None = None
    why: str = ""
    """The reason told with a pause."""

    @property
    def begun(self) -> bool:
        return self.told is not None

    @property
    def running(self) -> bool:
        return self.armed and self.joined and not self.muted


NOT_RECORDED = Recording()


def step(recording: Recording, fact: facts.RecorderFact) -> Recording:
    """The recording after what the recorder or the channel did."""
    match fact:
        case facts.RecorderArmed():
            return replace(recording, armed=True, muted=False)
        case facts.RecorderRested():
            return replace(recording, armed=False, muted=False)
        case facts.RecorderMuted():
            return replace(recording, muted=fact.muted)
        case facts.ChannelJoined():
            return replace(recording, joined=True)
        case facts.ChannelParted():
            return replace(recording, joined=False)
        case _:
            return recording


def tell(recording: Recording, call_id: CallId, fact: facts.Fact) -> tuple[Recording, CallRecordingChanged | None]:
    """What has to be published after a step, if anything: every change of what the file will hold."""
    state, why = _heard(recording)
    if state is None or (state, why) == (recording.told, recording.why):
        return recording, None
    ended = recording.why if state is RecordingState.RESUMED else ""
    event = _event(call_id, fact, state, why or ended)
    return replace(recording, told=state, why=why), event


def stopped(recording: Recording, call_id: CallId, fact: facts.Fact) -> CallRecordingChanged | None:
    """The last word, at the end of a call of which something was recorded."""
    return _event(call_id, fact, RecordingState.STOPPED, "") if recording.begun else None


def _heard(recording: Recording) -> tuple[RecordingState | None, str]:
    if recording.running:
        going_on = recording.told in (RecordingState.STARTED, RecordingState.RESUMED)
        if going_on and recording.told is not None:
            return recording.told, ""
        return (RecordingState.RESUMED if recording.begun else RecordingState.STARTED), ""
    if not recording.begun:
        return None, ""
    return RecordingState.PAUSED, SECRET if recording.armed and recording.joined else AWAY


def _event(call_id: CallId, fact: facts.Fact, state: RecordingState, why: str) -> CallRecordingChanged:
    head = unnumbered(fact.at, fact.node)
    return CallRecordingChanged(**head, call_id=call_id, state=state, file=call_id + FILE_SUFFIX, reason=why)
