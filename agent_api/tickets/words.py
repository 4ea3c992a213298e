"""The words of the ticket flows: states, acts, and the values the pure workflow works on. Imports nothing of ours."""

from collections.abc import Mapping
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


TYPE_TITLES = {
    TicketType.COMPLAINT: "投诉",
    TicketType.CONSULT: "咨询",
    TicketType.FAULT: "障碍",
    TicketType.SUGGESTION: "建议",
    TicketType.PRAISE: "表扬",
    TicketType.MESSAGE: "留言",
    TicketType.FRAUD: "涉诈骚扰举报",
    TicketType.URGENT: "紧急服务复核",
    TicketType.ORDER: "业务办理异常",
}
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


FLOW_OF = dict.fromkeys(TicketType, "simple") | {TicketType.COMPLAINT: "complaint", TicketType.CONSULT: "consult"}
"""Machine that a ticket is opened under now."""


class Level(StrEnum):
    NORMAL = "NORMAL"
    URGENT = "URGENT"
    MAJOR = "MAJOR"


class State(StrEnum):
    """Complaint (requirements.md 2.8.2), then consultation (2.2), then what the simple flow adds."""

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


STATE_TITLES = {
    State.DRAFT: "草稿",
    State.ACCEPTED: "已受理",
    State.AUDITING: "审核派发",
    State.DISPATCHED: "已派发",
    State.PROCESSING: "核查处理",
    State.INFO_REQUIRED: "待补充",
    State.SUSPENDED: "挂起",
    State.RETURNED: "已退回",
    State.REPLIED: "已回复",
    State.RESULT_AUDIT: "结果审核",
    State.REPROCESSING: "再处理",
    State.CALLBACK: "回访中",
    State.CLOSED: "已办结",
    State.ARCHIVED: "已归档",
    State.REOPENED: "重开",
    State.CANCELLED: "已撤销",
    State.REJECTED: "不予受理",
    State.ASKED: "已提问",
    State.ANSWERED: "已解答",
    State.FORWARDED: "已转交",
    State.NOTIFIED: "已告知",
    State.NEW: "待处理",
    State.WORKING: "处理中",
}

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


ACT_TITLES = {
    Act.SUBMIT: "提交",
    Act.REFUSE: "不予受理",
    Act.SOLVE_ONLINE: "在线解决",
    Act.TO_DISPATCH: "提交派发",
    Act.ASSIGN: "派发",
    Act.MERGE: "合并",
    Act.ACCEPT: "接单",
    Act.RETURN: "退单",
    Act.REASSIGN: "改派",
    Act.OVERRULE: "裁定不可退",
    Act.COMMENT: "处理进展",
    Act.NEED_INFO: "要求补充",
    Act.INFO_ARRIVED: "补充完成",
    Act.INFO_TIMEOUT: "补充超时",
    Act.SUSPEND: "挂起",
    Act.RESUME: "恢复处理",
    Act.ADD_SUBTASK: "转部门协办",
    Act.FINISH_SUBTASK: "协办完成",
    Act.ESCALATE: "升级",
    Act.REPLY: "回复",
    Act.OPEN_REPLY: "开始审核",
    Act.AUDIT_OK: "审核通过",
    Act.AUDIT_OK_NO_CALLBACK: "审核通过(免回访)",
    Act.AUDIT_FAIL: "审核不合格",
    Act.TAKE_UP: "重新处理",
    Act.SATISFIED: "客户认可",
    Act.DISSATISFIED: "客户不认可",
    Act.UNREACHED: "未联系上",
    Act.ARCHIVE: "归档",
    Act.REOPEN: "重开",
    Act.URGE: "催办",
    Act.SUPERVISE: "督办",
    Act.WITHDRAW: "撤诉",
    Act.REGULATOR: "监管转办",
    Act.OVERDUE: "超时",
    Act.ANSWER: "答复",
    Act.FORWARD: "转交",
    Act.NOTIFY: "告知客户",
    Act.NOT_NATIONAL: "退回省中心",
    Act.CLOSE: "办结",
    Act.WARN: "时限提醒",
}

SYSTEM_ACTS = frozenset({Act.INFO_TIMEOUT, Act.OVERDUE, Act.WARN})
"""Done by timers only; never offered to people."""


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


@dataclass(frozen=True, slots=True)
class Ticket:
    """What the workflow knows of a ticket; rebuilt at any time from its happenings."""

    type: TicketType
    state: State
    tier: str = "P"
    """N, P or C: the tier that audits and dispatches now."""
    level: Level = Level.NORMAL
    target: str = ""
    target_tier: str = ""
    """N, P or C when the target is a centre."""
    leader: str = ""
    round: int = 1
    returns: int = 0
    overruled: bool = False
    failed_audits: int = 0
    dissatisfied: int = 0
    urges: int = 0
    supervisions: int = 0
    escalations: int = 0
    unreached_on: tuple[date, ...] = ()
    closed_unreached: bool = False
    subtasks: frozenset[str] = frozenset()
    info_since: datetime | None = None
    suspended_until: datetime | None = None
    merged_into: str = ""
    result: str = ""
    duty_reason: str = ""
    prevention: str = ""
    regulator: bool = False
    overdue: bool = False
    closed_at: datetime | None = None
