"""Closed sets of words used in events and commands. Wire values are stable API."""

from enum import StrEnum


class AgentState(StrEnum):
    """What an agent is doing. house.md 6, requirements.md 2.6."""

    LOGGED_OUT = "logged_out"
    READY = "ready"
    RESERVED = "reserved"  # chosen for a call, the phone has not been rung yet
    RINGING = "ringing"
    TALKING = "talking"
    HELD = "held"  # in a call, the customer on hold
    CONSULTING = "consulting"  # in a call, asking somebody while the customer hears music
    KEPT = "kept"  # the phone vanished in a call: the customer is kept at Asterisk until it is back
    WRAP_UP = "wrap_up"
    PAUSED = "paused"


class PauseReason(StrEnum):
    """Why an agent takes no calls (requirements.md 2.6: 小休, 培训, 会议, 用餐, 质检, 案头, 系统)."""

    BREAK = "break"
    TRAINING = "training"
    MEETING = "meeting"
    MEAL = "meal"
    QUALITY = "quality"
    BACK_OFFICE = "back_office"
    SYSTEM = "system"
    RONA = "rona"  # ring no answer: set by the ACD
    UNREACHABLE = "unreachable"  # phone not registered or failed: set by the ACD


class Direction(StrEnum):
    INBOUND = "inbound"
    OUTBOUND = "outbound"


class AbandonStage(StrEnum):
    """Where a caller hung up before an agent answered (requirements.md 3.1)."""

    IVR = "ivr"
    QUEUE = "queue"
    RING = "ring"


class HangupSide(StrEnum):
    CUSTOMER = "customer"
    AGENT = "agent"
    SYSTEM = "system"


class IvrOutcome(StrEnum):
    """How a menu ended."""

    AGENT = "agent"  # the caller goes to the waiting room
    SELF_SERVICE = "self_service"  # served by the menu, no agent wanted
    HANGUP = "hangup"
    FAILED = "failed"  # the menu broke; the dialplan's failure path took the caller


class PasswordResult(StrEnum):
    """What the password menu found out for the agent."""

    PASS = "pass"
    FAIL = "fail"
    LOCKED = "locked"


class AttemptCode(StrEnum):
    """Result of an outbound dunning attempt (requirements.md 5.6)."""

    PLAYED_CONFIRMED = "PLAYED_CONFIRMED"
    PROMISE = "PROMISE"
    CLAIM_PAID = "CLAIM_PAID"
    DISPUTE = "DISPUTE"
    TO_AGENT = "TO_AGENT"
    WRONG_PERSON = "WRONG_PERSON"
    HANGUP_EARLY = "HANGUP_EARLY"
    VOICEMAIL = "VOICEMAIL"
    NO_ANSWER = "NO_ANSWER"
    BUSY = "BUSY"
    REJECTED = "REJECTED"
    POWER_OFF = "POWER_OFF"
    CALLEE_SUSPENDED = "CALLEE_SUSPENDED"
    EMPTY_NUMBER = "EMPTY_NUMBER"
    CONGESTION = "CONGESTION"
    PAID = "PAID"  # paid between dial and answer: thanks, nothing else is said
    BLOCKED = "BLOCKED"  # the gate said no; `rule` names which


class BlockRule(StrEnum):
    """Which rule of the gate before the dial said no (requirements.md 5.4); first failure wins."""

    PAID = "PAID"
    BELOW_MINIMUM = "BELOW_MINIMUM"
    STALE_BALANCE = "STALE_BALANCE"
    DISPUTED = "DISPUTED"
    PROMISED = "PROMISED"
    PROTECTED = "PROTECTED"
    DO_NOT_CALL = "DO_NOT_CALL"
    OUT_OF_HOURS = "OUT_OF_HOURS"
    CAP_DAY = "CAP_DAY"
    CAP_ANSWERED_DAY = "CAP_ANSWERED_DAY"
    CAP_WEEK = "CAP_WEEK"
    GAP = "GAP"
    VIP = "VIP"
    LATE_COMMAND = "LATE_COMMAND"


class Device(StrEnum):
    """What rings for an agent."""

    BROWSER = "browser"
    PHONE = "phone"


class TargetKind(StrEnum):
    """Where a caller can be sent."""

    AGENT = "agent"
    QUEUE = "queue"
    CENTER = "center"
    EXTERNAL = "external"


class SpyMode(StrEnum):
    """How a supervisor is in a call: heard by nobody, by the agent, by both."""

    LISTEN = "listen"
    WHISPER = "whisper"
    BARGE = "barge"


class ConsultEnd(StrEnum):
    """How asking somebody ended."""

    TRANSFERRED = "transferred"
    CONFERENCE = "conference"
    RETURNED = "returned"
    NOT_REACHED = "not_reached"


class QueueExit(StrEnum):
    """How a caller left the waiting room without an agent and without hanging up."""

    CALLBACK = "callback"
    MESSAGE = "message"
    MENU = "menu"
    CLOSED = "closed"
    FULL = "full"
    NO_AGENT = "no_agent"
    TIMEOUT = "timeout"
    REDIRECTED = "redirected"
    MANAGER = "manager"  # talks to the own manager, who answered outside the house


class CallbackEnd(StrEnum):
    """What became of a promise to call back."""

    TALKED = "talked"
    EXPIRED = "expired"
    EXHAUSTED = "exhausted"  # all attempts made
    CANCELLED = "cancelled"
    CALLED_AGAIN = "called_again"  # the customer rang before we did


class RecordingState(StrEnum):
    """Of a call's recording."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    STOPPED = "stopped"
