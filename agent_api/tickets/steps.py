"""Clocks of single steps: how long a dispatcher, a unit, a caller-back may take (requirements.md 2.8.5, 2.2). Pure."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from agent_api.tickets.clocks import Clock
from agent_api.tickets.limits import step_limit
from agent_api.tickets.warnings import shares_of
from agent_api.tickets.words import Level, State, Ticket

S = State
TITLES = {
    "dispatch": "派发时限",
    "accept": "接单时限",
    "contact": "首次联系时限",
    "callback": "回访时限",
    "comment": "催办反馈时限",
    "take_up": "再处理时限",
    "daily_report": "重大投诉日报",
    "open_reply": "回单审核时限",
    "consult_dispatch": "咨询派发时限",
    "consult_answer": "咨询答复时限",
    "consult_notify": "告知客户时限",
}
OF_STATE: dict[tuple[str, State], str] = {
    ("complaint", S.AUDITING): "dispatch",
    ("complaint", S.RETURNED): "dispatch",
    ("complaint", S.REOPENED): "dispatch",
    ("complaint", S.DISPATCHED): "accept",
    ("complaint", S.REPLIED): "open_reply",
    ("complaint", S.REPROCESSING): "take_up",
    ("complaint", S.CALLBACK): "callback",
    ("consult", S.ASKED): "consult_dispatch",
    ("consult", S.FORWARDED): "consult_answer",
    ("consult", S.REPLIED): "consult_notify",
    ("fault", S.REPORTED): "dispatch",
    ("fault", S.PRE_CHECKED): "dispatch",
    ("fault", S.DISPATCHED): "accept",
    ("fault", S.CUSTOMER_CONFIRM): "callback",
}
REPORTED_ON = frozenset(
    {
        S.AUDITING, S.DISPATCHED, S.PROCESSING, S.RETURNED, S.INFO_REQUIRED, S.SUSPENDED, S.REPLIED, S.RESULT_AUDIT,
        S.REPROCESSING, S.REOPENED,
    }
)  # fmt: skip
BEFORE_CONTACT = frozenset({S.AUDITING, S.DISPATCHED, S.PROCESSING, S.RETURNED, S.INFO_REQUIRED, S.SUSPENDED})


def step_clocks(ticket: Ticket, now: datetime) -> list[Clock]:
    """Those that run now."""
    shares = shares_of(ticket.limits)
    return [replace(clock, shares=shares) for clock in _running(ticket, now)]


def _running(ticket: Ticket, now: datetime) -> Iterator[Clock]:
    step = OF_STATE.get((ticket.flow, ticket.state))
    if step and ticket.state_since is not None:
        yield _clock(step, ticket.state_since, step_limit(step, ticket), now)
    if ticket.accepted_at is not None and _awaits_contact(ticket):
        yield _clock("contact", ticket.accepted_at, step_limit("contact", ticket), now)
    if ticket.urged_at is not None:
        yield _clock("comment", ticket.urged_at, step_limit("comment", ticket), now)
    if ticket.report_since is not None and owes_reports(ticket):
        yield _clock("daily_report", ticket.report_since, step_limit("daily_report", ticket), now)
    for each in ticket.subtasks:
        yield _clock(f"subtask/{each.unit}", each.asked_at, each.due_at - each.asked_at, now, f"协办时限: {each.unit}")


def owes_reports(ticket: Ticket) -> bool:
    """A major complaint, until its reply has been found good (requirements.md 2.8.5)."""
    return ticket.flow == "complaint" and ticket.level is Level.MAJOR and ticket.state in REPORTED_ON


def _awaits_contact(ticket: Ticket) -> bool:
    """Nobody has spoken with the customer since the complaint was accepted."""
    first_round = ticket.flow == "complaint" and ticket.round == 1
    return first_round and ticket.contacted_at is None and ticket.state in BEFORE_CONTACT


def _clock(name: str, since: datetime, limit: timedelta, now: datetime, title: str = "") -> Clock:
    return Clock(name, title or TITLES[name], limit, now - since, True, False, since + limit)
