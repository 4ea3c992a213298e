"""One customer call: what is known of it, its states and the transition table. `call_step` walks the table."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from acd.contracts.ids import AgentId, AttemptId, CallbackId, CallId, ChannelName, NodeName, QueueName
from acd.contracts.routing import Reason
from acd.contracts.vocabulary import ConsultEnd, Direction, HangupSide
from acd.core import facts
from acd.core.calls.parties import Consult, Party, Spy
from acd.core.recordings.recording import NOT_RECORDED, Recording
from acd.core.routing.entry import NO_WANTS, Wants
from acd.core.waiting.announcements import NOTHING_TOLD, Told

NO_QUEUE = QueueName("")


class CallState(StrEnum):
    OFFERED = "offered"
    IN_IVR = "in_ivr"
    WAITING = "waiting"
    AWAY = "away"  # asked for a call back or to leave a message, and may come back into the room
    FALLBACK = "fallback"  # app_queue holds the caller
    RESERVED = "reserved"  # an agent is chosen, the phone not dialled yet
    RINGING = "ringing"
    CONNECTED = "connected"
    HELD = "held"
    CONSULTING = "consulting"  # the agent asks somebody, the customer hears music
    KEPT = "kept"  # the agent's phone vanished, the customer hears music until it is back
    LEFT = "left"  # the agent has gone, the customer is still here: survey
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Call:
    call_id: CallId
    node: NodeName
    channel: ChannelName
    direction: Direction
    offered_at: datetime
    did: str = ""
    caller: str = ""
    attempt_id: AttemptId | None = None
    callback_id: CallbackId | None = None
    """The promise that is kept by this call."""
    state: CallState = CallState.OFFERED
    agent_wanted: bool = False
    served_by_menu: bool = False
    queue: QueueName = NO_QUEUE
    priority: int = 0
    """As the menu gave it; points for who calls come on top (Wants.marks)."""
    queued_at: datetime | None = None
    """Seniority: when the first stay in the waiting room began, or older when a call back was promised."""
    told: Told = NOTHING_TOLD
    wants: Wants = NO_WANTS
    fallback: bool = False
    agent_id: AgentId | None = None
    agent_channel: ChannelName | None = None
    decision: str = ""
    why: tuple[Reason, ...] = ()
    ringing_since: datetime | None = None
    alerted: bool = False
    ring_status: str = ""
    connected_at: datetime | None = None
    held_at: datetime | None = None
    hold_ms: int = 0
    """Of the conversation going on; `total_*` of those that are over."""
    total_talk_ms: int = 0
    total_hold_ms: int = 0
    hangup_side: HangupSide | None = None
    announced: bool = False
    """The agent number has been spoken: customer and agent hear each other."""
    waiting_since: datetime | None = None
    """Of this stay in the waiting room; seniority is `queued_at`."""
    parked: bool = False
    """The customer is in the dialplan's cc-held, by our order; a telephone's own hold leaves the legs together."""
    consult: Consult | None = None
    consult_ms: int = 0
    parties: tuple[Party, ...] = ()
    """Who confers with customer and agent."""
    spies: tuple[Spy, ...] = ()
    agent_waits: bool = False
    """The agent's leg is held in the dialplan while the caller is in the password menu: it ends with the caller."""
    incomplete: bool = False
    kept_since: datetime | None = None
    """The agent's phone vanished in the conversation and the agent has not answered again."""
    recording: Recording = NOT_RECORDED


# ---- what only the world can know, told to the call ------------------------------------------


@dataclass(frozen=True, slots=True)
class RoomEntered(facts.Fact):
    queue: QueueName
    priority: int
    queued_at: datetime
    position: int
    channel: ChannelName


@dataclass(frozen=True, slots=True)
class FallbackEntered(RoomEntered):
    pass


@dataclass(frozen=True, slots=True)
class AgentChosen(facts.Fact):
    agent_id: AgentId
    decision: str
    why: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class AgentReleased(facts.Fact):
    """The chosen agent's phone was never dialled."""


@dataclass(frozen=True, slots=True)
class FallbackRingOver(facts.Fact):
    """app_queue stopped ringing this agent and looks for another."""


@dataclass(frozen=True, slots=True)
class AgentGone(facts.Fact):
    pass


@dataclass(frozen=True, slots=True)
class AgentVanished(facts.Fact):
    """The agent's phone, without hanging up; or it was not there when the caller was given back."""


@dataclass(frozen=True, slots=True)
class CallerGone(facts.Fact):
    cause: int
    inferred: bool = False
    """Nobody saw the hang-up: what kind of end it was is not known."""


@dataclass(frozen=True, slots=True)
class ConsultBegan(facts.Fact):
    consult: Consult


@dataclass(frozen=True, slots=True)
class ConsultEnded(facts.Fact):
    end: ConsultEnd


S = CallState
NOT_ENGAGED = frozenset({S.OFFERED, S.IN_IVR, S.WAITING, S.AWAY, S.FALLBACK, S.LEFT, S.ENDED})
"""In all other states an agent has the call: it counts for its queue's cap."""
LIVE = tuple(state for state in CallState if state is not S.ENDED)
IN_CONVERSATION = (S.CONNECTED, S.HELD, S.CONSULTING)
IN_ROOM = (S.WAITING, S.AWAY, S.FALLBACK, S.RESERVED, S.RINGING)

NEXT: dict[tuple[CallState, type[facts.Fact]], CallState] = {
    (S.OFFERED, facts.MenuAnswered): S.IN_IVR,
    **{(state, facts.AgentWanted): state for state in (S.OFFERED, S.IN_IVR)},
    **{(state, facts.MenuLeft): state for state in (S.OFFERED, S.IN_IVR)},
    **{(state, RoomEntered): S.WAITING for state in (S.OFFERED, S.IN_IVR, *IN_ROOM, S.LEFT, S.KEPT)},
    **{(state, FallbackEntered): S.FALLBACK for state in (S.OFFERED, S.IN_IVR, *IN_ROOM, S.LEFT, S.KEPT)},
    **{(state, facts.CallerAsked): S.AWAY for state in (S.WAITING, S.AWAY)},
    **{(state, facts.QueueLeft): S.IN_IVR for state in (S.WAITING, S.AWAY)},
    **{(state, AgentChosen): S.RESERVED for state in (S.WAITING, S.KEPT)},
    (S.RESERVED, AgentReleased): S.WAITING,
    # waiting: the phone was dialled after all, later than we waited for it; left: a colleague after a transfer
    **{(state, facts.PhoneDialled): S.RINGING for state in (*IN_ROOM, S.LEFT, S.KEPT)},
    (S.RINGING, facts.PhoneAlerted): S.RINGING,
    (S.RINGING, facts.PhoneFailed): S.RINGING,
    (S.RINGING, FallbackRingOver): S.FALLBACK,
    **{(state, facts.PhoneAnswered): S.CONNECTED for state in (*IN_ROOM, S.LEFT, S.KEPT)},
    (S.CONNECTED, facts.PhoneHeld): S.HELD,
    (S.HELD, facts.PhoneResumed): S.CONNECTED,
    **{(state, ConsultBegan): S.CONSULTING for state in (S.CONNECTED, S.HELD)},
    (S.CONSULTING, ConsultEnded): S.CONNECTED,
    **{(state, facts.BlindTransferred): state for state in (S.CONNECTED, S.HELD)},
    **{(state, AgentGone): S.LEFT for state in IN_CONVERSATION},
    **{(state, AgentVanished): S.KEPT for state in (*IN_CONVERSATION, S.LEFT, S.RESERVED, S.RINGING)},
    (S.LEFT, facts.CallerSurveyed): S.LEFT,
    **{(state, facts.MenuVisited): state for state in LIVE},
    **{(state, facts.CallerIdentified): state for state in LIVE},
    **{(state, facts.PasswordChecked): state for state in LIVE},
    **{(state, facts.HangupAsked): state for state in LIVE},
    **{(state, CallerGone): S.ENDED for state in LIVE},
}
