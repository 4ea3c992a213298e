"""The complaint machine of requirements.md 2.8.6: its table and what each act needs. Pure."""

from agent_api.tickets.flows.complaint_effects import EFFECTS
from agent_api.tickets.flows.complaint_guards import check_data, closed_off
from agent_api.tickets.flows.parts import in_each
from agent_api.tickets.steps import REPORTED_ON
from agent_api.tickets.words import Act, State

__all__ = ["EFFECTS", "NEEDS", "NEXT", "OPEN", "START", "check_data", "closed_off"]

S, A = State, Act
START = S.DRAFT
OPEN = (
    S.ACCEPTED, S.AUDITING, S.DISPATCHED, S.PROCESSING, S.INFO_REQUIRED, S.SUSPENDED, S.RETURNED,
    S.REPLIED, S.RESULT_AUDIT, S.REPROCESSING, S.CALLBACK, S.REOPENED,
)  # fmt: skip
OVER = (S.CLOSED, S.ARCHIVED, S.CANCELLED, S.REJECTED)
UNANSWERED = tuple(state for state in OPEN if state not in (S.REPLIED, S.RESULT_AUDIT, S.CALLBACK))

NEXT: dict[tuple[State, Act], State] = {
    (S.DRAFT, A.SUBMIT): S.ACCEPTED,  # T2
    (S.DRAFT, A.REFUSE): S.REJECTED,  # T3
    (S.ACCEPTED, A.SOLVE_ONLINE): S.CLOSED,  # T4
    (S.ACCEPTED, A.TO_DISPATCH): S.AUDITING,  # T5
    (S.AUDITING, A.ASSIGN): S.DISPATCHED,  # T6
    (S.AUDITING, A.RECLASSIFY): S.AUDITING,  # T7
    (S.AUDITING, A.MERGE): S.CANCELLED,  # T7
    (S.DISPATCHED, A.ACCEPT): S.PROCESSING,  # T8
    (S.DISPATCHED, A.RETURN): S.RETURNED,  # T9
    (S.DISPATCHED, A.REASSIGN): S.DISPATCHED,  # recalled by the dispatcher before anybody took it
    (S.RETURNED, A.REASSIGN): S.DISPATCHED,  # T10
    (S.RETURNED, A.OVERRULE): S.DISPATCHED,  # T10
    (S.PROCESSING, A.COMMENT): S.PROCESSING,  # T11
    (S.PROCESSING, A.CONTACT): S.PROCESSING,
    (S.PROCESSING, A.NEED_INFO): S.INFO_REQUIRED,  # T12
    (S.INFO_REQUIRED, A.INFO_ARRIVED): S.PROCESSING,  # T13
    (S.INFO_REQUIRED, A.INFO_TIMEOUT): S.PROCESSING,  # T13
    (S.PROCESSING, A.ASK_SUSPENSION): S.PROCESSING,  # T14
    (S.PROCESSING, A.REFUSE_SUSPENSION): S.PROCESSING,  # T14
    (S.PROCESSING, A.SUSPEND): S.SUSPENDED,  # T14
    (S.SUSPENDED, A.RESUME): S.PROCESSING,  # T15
    (S.PROCESSING, A.ADD_SUBTASK): S.PROCESSING,  # T16
    (S.PROCESSING, A.FINISH_SUBTASK): S.PROCESSING,  # T16
    (S.PROCESSING, A.ESCALATE): S.AUDITING,  # T17
    (S.PROCESSING, A.REPLY): S.REPLIED,  # T18
    (S.REPLIED, A.OPEN_REPLY): S.RESULT_AUDIT,  # T18b
    (S.RESULT_AUDIT, A.AUDIT_OK): S.CALLBACK,  # T19
    (S.RESULT_AUDIT, A.AUDIT_OK_NO_CALLBACK): S.CLOSED,  # T19
    (S.RESULT_AUDIT, A.AUDIT_FAIL): S.REPROCESSING,  # T20
    (S.REPROCESSING, A.TAKE_UP): S.PROCESSING,  # T20b
    (S.CALLBACK, A.SATISFIED): S.CLOSED,  # T21
    (S.CALLBACK, A.DISSATISFIED): S.REPROCESSING,  # T22; the second time it escalates, see the effects
    (S.CALLBACK, A.UNREACHED): S.CALLBACK,  # T23; the third time it closes, see parts.unreached
    (S.CLOSED, A.ARCHIVE): S.ARCHIVED,  # T24
    (S.CLOSED, A.REOPEN): S.REOPENED,  # T25
    (S.ARCHIVED, A.REOPEN): S.REOPENED,  # T25
    (S.REOPENED, A.TO_DISPATCH): S.AUDITING,  # T25
    **in_each(OPEN, (A.URGE, A.SUPERVISE, A.REGULATOR, A.OVERDUE, A.WARN)),  # T26, T27, T29, T30
    **in_each(OPEN, (A.HAND_OVER, A.NAME_LEADER)),
    **in_each((state for state in OPEN if state in REPORTED_ON), (A.DAILY_REPORT,)),
    **in_each((START, *OPEN, *OVER), (A.CORRESPOND,)),
    **in_each(UNANSWERED, (A.JOIN, A.LEAVE)),
    **{(state, A.FOLLOW): S.CALLBACK for state in UNANSWERED},  # the incident's reply; see the effects
    **{(state, A.WITHDRAW): S.CANCELLED for state in OPEN},  # T28
}

NEEDS: dict[Act, tuple[str, ...]] = {
    A.SOLVE_ONLINE: ("consent",),
    A.ASSIGN: ("target", "leader?", "owner?"),
    A.RECLASSIFY: ("category?", "level?", "comment"),
    A.MERGE: ("merged_into",),
    A.RETURN: ("reason", "comment?"),
    A.REASSIGN: ("target", "leader?"),
    A.ASK_SUSPENSION: ("until", "comment"),
    A.REFUSE_SUSPENSION: ("comment",),
    A.SUSPEND: ("until?", "comment"),
    A.ADD_SUBTASK: ("subtask", "due?"),
    A.FINISH_SUBTASK: ("subtask",),
    A.ESCALATE: ("reason",),
    A.REPLY: ("result", "duty_reason", "contacted?"),
    A.AUDIT_FAIL: ("comment",),
    A.REFUSE: ("comment",),
    A.COMMENT: ("comment", "tell_customer?"),
    A.DAILY_REPORT: ("comment",),
    A.CONTACT: ("comment?",),
    A.HAND_OVER: ("owner?",),
    A.NAME_LEADER: ("leader",),
    A.JOIN: ("parent",),
    A.SATISFIED: ("satisfaction?",),
    A.DISSATISFIED: ("comment?",),
    A.REGULATOR: ("appeal_no?", "due?"),
    A.ARCHIVE: ("duty_reason?", "prevention?"),
}
"""What a form must ask for; a question mark says that it depends on the ticket."""
