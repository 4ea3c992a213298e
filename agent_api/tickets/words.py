"""The words of the ticket flows: states, acts, and the values the pure workflow works on. Imports nothing of ours."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class TicketType(StrEnum):
    COMPLAINT = "complaint"
    CONSULT = "consult"
    FAULT = "fault"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    MESSAGE = "message"
    FRAUD = "fraud"
    URGENT = "urgent"
    ORDER = "order"


INTERNAL_TYPES = frozenset({TicketType.URGENT, TicketType.ORDER})
"""Work for us that no customer asked about: reviews of emergency stops, orders that failed."""


class Channel(StrEnum):
    """How the customer came to us."""

    VOICE = "voice"
    WEB = "web"
    FAX = "fax"
    EMAIL = "email"
    LETTER = "letter"
    SMS = "sms"
    COUNTER = "counter"
    OUTBOUND = "outbound"


FLOW_OF = dict.fromkeys(TicketType, "simple") | {
    TicketType.COMPLAINT: "complaint",
    TicketType.CONSULT: "consult",
    TicketType.FAULT: "fault",
}
"""Machine that a ticket is opened under now."""


class Level(StrEnum):
    NORMAL = "NORMAL"
    URGENT = "URGENT"
    MAJOR = "MAJOR"


class State(StrEnum):
    """Complaint (requirements.md 2.8.2), then consultation (2.2), the simple flow, faults (2.13)."""

    DRAFT = "DRAFT"
    ACCEPTED = "ACCEPTED"
    AUDITING = "AUDITING"
    DISPATCHED = "DISPATCHED"
    PROCESSING = "PROCESSING"
    INFO_REQUIRED = "INFO_REQUIRED"
    SUSPENDED = "SUSPENDED"
    RETURNED = "RETURNED"
    REPLIED = "REPLIED"
    RESULT_AUDIT = "RESULT_AUDIT"
    REPROCESSING = "REPROCESSING"
    CALLBACK = "CALLBACK"
    CLOSED = "CLOSED"
    ARCHIVED = "ARCHIVED"
    REOPENED = "REOPENED"
    CANCELLED = "CANCELLED"
    REJECTED = "REJECTED"
    ASKED = "ASKED"
    ANSWERED = "ANSWERED"
    FORWARDED = "FORWARDED"
    NOTIFIED = "NOTIFIED"
    NEW = "NEW"
    WORKING = "WORKING"
    REPORTED = "REPORTED"
    PRE_CHECKED = "PRE_CHECKED"
    IN_REPAIR = "IN_REPAIR"
    REPAIRED = "REPAIRED"
    CUSTOMER_CONFIRM = "CUSTOMER_CONFIRM"


FINISHED = frozenset({State.CLOSED, State.ARCHIVED, State.CANCELLED, State.REJECTED, State.ANSWERED})


class Act(StrEnum):
    """What can be done to a ticket; the wire name of the event."""

    SUBMIT = "submit"
    REFUSE = "refuse"
    SOLVE_ONLINE = "solve_online"
    TO_DISPATCH = "to_dispatch"
    ASSIGN = "assign"
    MERGE = "merge"
    ACCEPT = "accept"
    RETURN = "return"
    REASSIGN = "reassign"
    OVERRULE = "overrule"
    COMMENT = "comment"
    NEED_INFO = "need_info"
    INFO_ARRIVED = "info_arrived"
    INFO_TIMEOUT = "info_timeout"
    SUSPEND = "suspend"
    RESUME = "resume"
    ADD_SUBTASK = "add_subtask"
    FINISH_SUBTASK = "finish_subtask"
    ESCALATE = "escalate"
    REPLY = "reply"
    OPEN_REPLY = "open_reply"
    AUDIT_OK = "audit_ok"
    AUDIT_OK_NO_CALLBACK = "audit_ok_no_callback"
    AUDIT_FAIL = "audit_fail"
    TAKE_UP = "take_up"
    SATISFIED = "satisfied"
    DISSATISFIED = "dissatisfied"
    UNREACHED = "unreached"
    ARCHIVE = "archive"
    REOPEN = "reopen"
    URGE = "urge"
    SUPERVISE = "supervise"
    WITHDRAW = "withdraw"
    REGULATOR = "regulator"
    OVERDUE = "overdue"
    ANSWER = "answer"
    FORWARD = "forward"
    NOTIFY = "notify"
    NOT_NATIONAL = "not_national"
    CLOSE = "close"
    WARN = "warn"
    RECLASSIFY = "reclassify"
    CONTACT = "contact"
    HAND_OVER = "hand_over"
    ASK_SUSPENSION = "ask_suspension"
    REFUSE_SUSPENSION = "refuse_suspension"
    NAME_LEADER = "name_leader"
    JOIN = "join"
    LEAVE = "leave"
    FOLLOW = "follow"
    PRE_CHECK = "pre_check"
    REPAIR = "repair"
    ASK_CUSTOMER = "ask_customer"
    NOT_FIXED = "not_fixed"
    DAILY_REPORT = "daily_report"
    CORRESPOND = "correspond"


SYSTEM_ACTS = frozenset({Act.INFO_TIMEOUT, Act.OVERDUE, Act.WARN, Act.FOLLOW, Act.CORRESPOND})
"""Done by timers, or with the act on another ticket; never offered to people."""


class Refusal(Exception):
    """The workflow said no; `code` is one of agent_api/codes.py."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Happening:
    """One act on a ticket, as stored in its timeline."""

    act: Act
    at: datetime
    comment: str = ""
    data: Mapping[str, str] = field(default_factory=dict)
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Subtask:
    """What a department was asked to do, with a clock of its own."""

    unit: str
    asked_at: datetime
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the workflow knows of a ticket; rebuilt at any time from its happenings."""

    type: TicketType
    state: State
    tier: str = "P"
    """N, P or C: the tier that audits and dispatches now."""
    level: Level = Level.NORMAL
    flow: str = ""
    """Machine it was opened under; empty for the type's own."""
    vip: bool = False
    home: str = ""
    """The accepting centre."""
    category: str = ""

    target: str = ""
    """Unit: a centre, or `centre/department`."""
    target_tier: str = ""
    """N, P or C when the target is a centre."""
    owner: str = ""
    """Who works on it now; nobody in particular while it waits in a pool."""
    handler: str = ""
    """Who took it in the unit: gets it back when the reply is not good enough."""
    helpers: tuple[str, ...] = ()
    """Units that escalated it and go on helping."""
    leader: str = ""

    round: int = 1
    returns: int = 0
    overruled: bool = False
    failed_audits: int = 0
    dissatisfied: int = 0
    urges: int = 0
    supervisions: int = 0
    escalations: int = 0
    not_fixed: int = 0

    limits: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """What its centre said of limits when it was opened: a later word changes nothing here."""
    state_since: datetime | None = None
    accepted_at: datetime | None = None
    contacted_at: datetime | None = None
    report_since: datetime | None = None
    """Of a MAJOR complaint: since when the next daily report is awaited."""
    urged_at: datetime | None = None
    """Of the urge that the unit has not commented on."""
    unreached_on: tuple[date, ...] = ()
    closed_unreached: bool = False
    subtasks: tuple[Subtask, ...] = ()
    info_since: datetime | None = None
    suspension_asked: datetime | None = None
    """Until when, as asked for; a leader has not decided yet."""
    suspended_until: datetime | None = None

    merged_into: str = ""
    parent: str = ""
    result: str = ""
    duty_reason: str = ""
    prevention: str = ""
    satisfaction: str = ""
    regulator: bool = False
    appeal_no: str = ""
    legal_due: datetime | None = None
    """Fixed when it was accepted; only the regulator's own date can bring it forward."""
    legal_rule: str = ""
    overdue: bool = False
    waive_fee: bool = False
    """A fault that was not repaired in time: no monthly fee for these days."""
    said: frozenset[str] = frozenset()
    """Warnings of this round, as `clock:percent`."""
    closed_at: datetime | None = None

    @property
    def priority(self) -> int:
        """What comes first: the level, then who was urged or supervised."""
        weight = {Level.NORMAL: 0, Level.URGENT: 20, Level.MAJOR: 40}[self.level]
        return weight + 5 * min(self.urges, 3) + 5 * min(self.supervisions, 2) + (10 if self.regulator else 0)

    @property
    def red(self) -> bool:
        """Urged twice, or urged while overdue (T26)."""
        return self.urges >= 2 or (self.urges > 0 and self.overdue)
