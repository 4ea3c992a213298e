"""Which permission each act on a ticket takes (requirements.md 6.2), as data. Pure."""

from agent_api.auth.roles import Permission
from agent_api.tickets.words import Act

_FRONT = (
    Act.SUBMIT, Act.REFUSE, Act.SOLVE_ONLINE, Act.TO_DISPATCH, Act.INFO_ARRIVED, Act.SATISFIED, Act.DISSATISFIED,
    Act.UNREACHED, Act.REOPEN, Act.WITHDRAW, Act.REGULATOR, Act.ANSWER, Act.FORWARD, Act.NOTIFY,
    Act.CLOSE, Act.PRE_CHECK, Act.ASK_CUSTOMER, Act.NOT_FIXED,
)  # fmt: skip
_DISPATCH = (
    Act.ASSIGN, Act.MERGE, Act.REASSIGN, Act.OPEN_REPLY, Act.AUDIT_OK, Act.AUDIT_OK_NO_CALLBACK, Act.AUDIT_FAIL,
    Act.ARCHIVE, Act.RECLASSIFY, Act.NAME_LEADER, Act.JOIN, Act.LEAVE,
)  # fmt: skip
_UNIT = (
    Act.ACCEPT, Act.RETURN, Act.COMMENT, Act.NEED_INFO, Act.RESUME, Act.ADD_SUBTASK, Act.FINISH_SUBTASK,
    Act.REPLY, Act.TAKE_UP, Act.NOT_NATIONAL, Act.CONTACT, Act.ASK_SUSPENSION, Act.REPAIR, Act.DAILY_REPORT,
)  # fmt: skip

PERMISSION_OF: dict[Act, Permission] = {
    **dict.fromkeys(_FRONT, Permission.TICKET_FRONT),
    **dict.fromkeys(_DISPATCH, Permission.TICKET_DISPATCH),
    **dict.fromkeys(_UNIT, Permission.TICKET_UNIT),
    Act.ESCALATE: Permission.TICKET_ESCALATE,
    Act.SUSPEND: Permission.TICKET_LEAD,
    Act.REFUSE_SUSPENSION: Permission.TICKET_LEAD,
    Act.OVERRULE: Permission.TICKET_LEAD,
    Act.HAND_OVER: Permission.TICKET_REASSIGN,
    Act.URGE: Permission.TICKET_URGE,
    Act.SUPERVISE: Permission.TICKET_SUPERVISE,
}
"""Acts that are missing here are done by timers."""
