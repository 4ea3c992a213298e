"""The complaint machine of requirements.md 2.8.6: table, guards and effects. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from agent_api.tickets.words import Act, Happening, Level, Refusal, State, Ticket

S, A = State, Act

NEXT: dict[tuple[State, Act], State] = {
    (S.DRAFT, A.SUBMIT): S.ACCEPTED,  # T2
    (S.DRAFT, A.REFUSE): S.REJECTED,  # T3
    (S.ACCEPTED, A.SOLVE_ONLINE): S.CLOSED,  # T4
    (S.ACCEPTED, A.TO_DISPATCH): S.AUDITING,  # T5
    (S.AUDITING, A.ASSIGN): S.DISPATCHED,  # T6
    (S.AUDITING, A.MERGE): S.CANCELLED,  # T7
    (S.DISPATCHED, A.ACCEPT): S.PROCESSING,  # T8
    (S.DISPATCHED, A.RETURN): S.RETURNED,  # T9
    (S.RETURNED, A.REASSIGN): S.DISPATCHED,  # T10
    (S.RETURNED, A.OVERRULE): S.DISPATCHED,  # T10
    (S.PROCESSING, A.COMMENT): S.PROCESSING,  # T11
    (S.PROCESSING, A.NEED_INFO): S.INFO_REQUIRED,  # T12
    (S.INFO_REQUIRED, A.INFO_ARRIVED): S.PROCESSING,  # T13
    (S.INFO_REQUIRED, A.INFO_TIMEOUT): S.PROCESSING,  # T13
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
    (S.CALLBACK, A.DISSATISFIED): S.REPROCESSING,  # T22; the second time it escalates, see _dissatisfied
    (S.CALLBACK, A.UNREACHED): S.CALLBACK,  # T23; the third time it closes, see _unreached
    (S.CLOSED, A.ARCHIVE): S.ARCHIVED,  # T24
    (S.CLOSED, A.REOPEN): S.REOPENED,  # T25
    (S.ARCHIVED, A.REOPEN): S.REOPENED,  # T25
    (S.REOPENED, A.TO_DISPATCH): S.AUDITING,  # T25
}

OPEN = (
    S.ACCEPTED, S.AUDITING, S.DISPATCHED, S.PROCESSING, S.INFO_REQUIRED, S.SUSPENDED, S.RETURNED,
    S.REPLIED, S.RESULT_AUDIT, S.REPROCESSING, S.CALLBACK, S.REOPENED,
)  # fmt: skip
for _state in OPEN:
    for _act in (A.URGE, A.SUPERVISE, A.REGULATOR, A.OVERDUE, A.WARN):  # T26, T27, T29, T30
        NEXT[_state, _act] = _state
    NEXT[_state, A.WITHDRAW] = S.CANCELLED  # T28

RETURN_REASONS = frozenset({"WRONG_UNIT", "INFO_MISSING", "DUPLICATE", "WRONG_CITY"})
MAX_RETURNS = 2
INFO_PAUSE = timedelta(hours=24)
MAX_SUSPENSION = timedelta(days=7)
REOPEN_WITHIN = timedelta(days=30)
UNREACHED_ATTEMPTS = 3
UNREACHED_DAYS = 2
HIGHER_TIER = {"C": "P", "P": "N"}

NEEDS: dict[Act, tuple[str, ...]] = {
    A.SOLVE_ONLINE: ("consent",),
    A.ASSIGN: ("target", "leader?"),
    A.MERGE: ("merged_into",),
    A.RETURN: ("reason",),
    A.REASSIGN: ("target",),
    A.SUSPEND: ("until", "comment"),
    A.ADD_SUBTASK: ("subtask",),
    A.FINISH_SUBTASK: ("subtask",),
    A.REPLY: ("result", "duty_reason"),
    A.AUDIT_FAIL: ("comment",),
    A.REFUSE: ("comment",),
    A.COMMENT: ("comment",),
    A.ARCHIVE: ("duty_reason?", "prevention?"),
}
"""What a form must ask for; a question mark says that it depends on the ticket."""


def closed_off(ticket: Ticket, act: Act, now: datetime) -> str | None:
    """Code of the reason why the ticket itself forbids an act that the table allows; None when it does not."""
    if act is A.RETURN and (ticket.overruled or ticket.returns >= MAX_RETURNS):
        return "ticket.no_more_returns"
    if act is A.ESCALATE and ticket.tier not in HIGHER_TIER:
        return "ticket.top_tier"
    if act is A.REOPEN and ticket.closed_at is not None and now - ticket.closed_at > REOPEN_WITHIN:
        return "ticket.too_late"
    if act is A.REPLY and ticket.subtasks:
        return "ticket.subtasks_open"
    if act is A.INFO_TIMEOUT and (ticket.info_since is None or now - ticket.info_since < INFO_PAUSE):
        return "ticket.wrong_state"
    return None


def check_data(ticket: Ticket, done: Happening) -> None:
    """Raise Refusal when the act lacks what it needs."""
    data = done.data
    match done.act:
        case A.SOLVE_ONLINE if data.get("consent") != "yes":
            raise Refusal("ticket.consent_required")
        case A.ASSIGN | A.REASSIGN if not data.get("target"):
            raise Refusal("ticket.target_required")
        case A.ASSIGN if ticket.level is not Level.NORMAL and not (data.get("leader") or ticket.leader):
            raise Refusal("ticket.leader_required")
        case A.MERGE if not data.get("merged_into"):
            raise Refusal("ticket.target_required")
        case A.RETURN if data.get("reason") not in RETURN_REASONS:
            raise Refusal("ticket.reason_required")
        case A.REFUSE | A.COMMENT | A.AUDIT_FAIL | A.SUSPEND if not done.comment.strip():
            raise Refusal("ticket.comment_required")
        case A.SUSPEND:
            _check_suspension(done)
        case A.ADD_SUBTASK | A.FINISH_SUBTASK if not data.get("subtask"):
            raise Refusal("ticket.target_required")
        case A.REPLY if not (data.get("result") and data.get("duty_reason")):
            raise Refusal("ticket.result_required")
        case A.ARCHIVE:
            _check_archive(ticket, data)
        case _:
            pass


def _check_suspension(done: Happening) -> None:
    until = moment(done.data.get("until", ""))
    if until is None or until <= done.at:
        raise Refusal("ticket.date_required")
    if until - done.at > MAX_SUSPENSION:
        raise Refusal("ticket.too_long")


def _check_archive(ticket: Ticket, data: Mapping[str, str]) -> None:
    if not (ticket.duty_reason or data.get("duty_reason")):
        raise Refusal("ticket.result_required")
    if ticket.level is Level.MAJOR and not (ticket.prevention or data.get("prevention")):
        raise Refusal("ticket.prevention_required")


def moment(text: str) -> datetime | None:
    """An aware ISO time, or None."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    return at if at.tzinfo else None


def _assigned(ticket: Ticket, done: Happening) -> Ticket:
    return replace(ticket, target=done.data["target"], leader=done.data.get("leader", ticket.leader))


def _escalated(ticket: Ticket, _done: Happening) -> Ticket:
    tier = HIGHER_TIER.get(ticket.tier, ticket.tier)
    return replace(ticket, state=S.AUDITING, tier=tier, escalations=ticket.escalations + 1)


def _dissatisfied(ticket: Ticket, done: Happening) -> Ticket:
    """Once: worked on again. Again: the next tier takes it, if there is one."""
    counted = replace(ticket, dissatisfied=ticket.dissatisfied + 1)
    return _escalated(counted, done) if counted.dissatisfied > 1 and ticket.tier in HIGHER_TIER else counted


def _unreached(ticket: Ticket, done: Happening) -> Ticket:
    days = (*ticket.unreached_on, done.at.date())
    if len(days) < UNREACHED_ATTEMPTS or len(set(days)) < UNREACHED_DAYS:
        return replace(ticket, unreached_on=days)
    return replace(ticket, unreached_on=days, state=S.CLOSED, closed_at=done.at, closed_unreached=True)


def _subtask_finished(ticket: Ticket, done: Happening) -> Ticket:
    return replace(ticket, subtasks=ticket.subtasks - {done.data["subtask"]})


def _archived(ticket: Ticket, done: Happening) -> Ticket:
    return replace(
        ticket,
        duty_reason=done.data.get("duty_reason", ticket.duty_reason),
        prevention=done.data.get("prevention", ticket.prevention),
    )


def _reopened(ticket: Ticket, _done: Happening) -> Ticket:
    """A new round goes one tier up and may be returned and called back anew."""
    tier = HIGHER_TIER.get(ticket.tier, ticket.tier)
    return replace(
        ticket,
        round=ticket.round + 1, tier=tier, closed_at=None, closed_unreached=False, unreached_on=(), returns=0,
        overruled=False,
    )  # fmt: skip


def _closed(ticket: Ticket, done: Happening) -> Ticket:
    return replace(ticket, closed_at=done.at)


EFFECTS: dict[Act, Callable[[Ticket, Happening], Ticket]] = {
    A.SOLVE_ONLINE: _closed,
    A.ASSIGN: _assigned,
    A.MERGE: lambda ticket, done: replace(ticket, merged_into=done.data["merged_into"], closed_at=done.at),
    A.REFUSE: _closed,
    A.RETURN: lambda ticket, _: replace(ticket, returns=ticket.returns + 1),
    A.REASSIGN: _assigned,
    A.OVERRULE: lambda ticket, _: replace(ticket, overruled=True),
    A.NEED_INFO: lambda ticket, done: replace(ticket, info_since=done.at),
    A.SUSPEND: lambda ticket, done: replace(ticket, suspended_until=moment(done.data["until"])),
    A.RESUME: lambda ticket, _: replace(ticket, suspended_until=None),
    A.ADD_SUBTASK: lambda ticket, done: replace(ticket, subtasks=ticket.subtasks | {done.data["subtask"]}),
    A.FINISH_SUBTASK: _subtask_finished,
    A.ESCALATE: _escalated,
    A.REPLY: lambda ticket, done: replace(ticket, result=done.data["result"], duty_reason=done.data["duty_reason"]),
    A.AUDIT_OK_NO_CALLBACK: _closed,
    A.AUDIT_FAIL: lambda ticket, _: replace(ticket, failed_audits=ticket.failed_audits + 1),
    A.SATISFIED: _closed,
    A.DISSATISFIED: _dissatisfied,
    A.UNREACHED: _unreached,
    A.ARCHIVE: _archived,
    A.REOPEN: _reopened,
    A.URGE: lambda ticket, _: replace(ticket, urges=ticket.urges + 1),
    A.SUPERVISE: lambda ticket, _: replace(ticket, supervisions=ticket.supervisions + 1),
    A.WITHDRAW: _closed,
    A.REGULATOR: lambda ticket, _: replace(ticket, regulator=True),
    A.OVERDUE: lambda ticket, _: replace(ticket, overdue=True),
}
