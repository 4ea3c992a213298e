"""What each act makes of a complaint, besides the state that the table gives. Pure."""

from dataclasses import replace
from datetime import timedelta

from agent_api.tickets.flows.complaint_guards import HIGHER_TIER, working_tier
from agent_api.tickets.flows.parts import (
    EVERYWHERE,
    Effect,
    accepted,
    assigned,
    closed,
    moment,
    new_round,
    replied,
)
from agent_api.tickets.words import Act, Happening, Level, State, Subtask, Ticket

A = Act
SUBTASK_LIMIT = timedelta(hours=24)


def _submitted(ticket: Ticket, done: Happening) -> Ticket:
    """The legal limit is fixed by the rule in force."""
    return replace(
        ticket,
        accepted_at=done.at,
        report_since=done.at,
        legal_due=moment(done.data.get("legal_due", "")) or ticket.legal_due,
        legal_rule=done.data.get("legal_rule", ticket.legal_rule),
    )


def _reclassified(ticket: Ticket, done: Happening) -> Ticket:
    level = Level(done.data.get("level") or ticket.level)
    return replace(
        ticket,
        category=done.data.get("category") or ticket.category,
        level=level,
        report_since=done.at if level is not ticket.level else ticket.report_since,
    )


def _suspended(ticket: Ticket, done: Happening) -> Ticket:
    until = moment(done.data.get("until", "")) or ticket.suspension_asked
    return replace(ticket, suspended_until=until, suspension_asked=None)


def _subtask_added(ticket: Ticket, done: Happening) -> Ticket:
    due = moment(done.data.get("due", "")) or done.at + SUBTASK_LIMIT
    return replace(ticket, subtasks=(*ticket.subtasks, Subtask(done.data["subtask"], done.at, due)))


def _subtask_finished(ticket: Ticket, done: Happening) -> Ticket:
    return replace(ticket, subtasks=tuple(each for each in ticket.subtasks if each.unit != done.data["subtask"]))


def _escalated(ticket: Ticket, done: Happening) -> Ticket:
    """The higher tier's dispatcher has it; the lower unit goes on helping."""
    before = working_tier(ticket)
    tier = HIGHER_TIER.get(before, before)
    helper = (ticket.target,) if ticket.target and ticket.target not in ticket.helpers else ()
    return replace(
        ticket,
        state=State.AUDITING, tier=tier, target=done.data.get("target", ""), target_tier=tier, owner="", handler="",
        helpers=(*ticket.helpers, *helper), escalations=ticket.escalations + 1, subtasks=(), suspension_asked=None,
    )  # fmt: skip


def _dissatisfied(ticket: Ticket, done: Happening) -> Ticket:
    """Once: worked on again. Again: the next tier takes it, if there is one."""
    counted = replace(ticket, dissatisfied=ticket.dissatisfied + 1, owner=ticket.handler)
    return _escalated(counted, done) if counted.dissatisfied > 1 and working_tier(ticket) in HIGHER_TIER else counted


def _followed(ticket: Ticket, done: Happening) -> Ticket:
    """The incident was answered; its cases with it."""
    answered = replied(replace(ticket, subtasks=()), done)
    called_back = done.data.get("callback", "yes") == "yes"
    return answered if called_back else replace(closed(answered, done), state=State.CLOSED)


def _archived(ticket: Ticket, done: Happening) -> Ticket:
    return replace(
        ticket,
        duty_reason=done.data.get("duty_reason", ticket.duty_reason),
        prevention=done.data.get("prevention", ticket.prevention),
    )


def _reopened(ticket: Ticket, done: Happening) -> Ticket:
    """A new round goes one tier up."""
    tier = HIGHER_TIER.get(ticket.tier, ticket.tier)
    return replace(
        new_round(ticket),
        report_since=done.at,
        tier=tier,
        target=done.data.get("target", ticket.target),
        target_tier=tier,
    )


def _regulated(ticket: Ticket, done: Happening) -> Ticket:
    due = moment(done.data.get("due", ""))
    earliest = min((at for at in (due, ticket.legal_due) if at is not None), default=None)
    since = ticket.report_since if ticket.level is Level.MAJOR else done.at
    return replace(
        ticket,
        report_since=since,
        regulator=True,
        level=Level.MAJOR,
        legal_due=earliest,
        appeal_no=done.data.get("appeal_no", ""),
    )


def _reported(ticket: Ticket, done: Happening) -> Ticket:
    """The next report is due a day from now, with warnings of its own."""
    said = frozenset(key for key in ticket.said if not key.startswith("daily_report:"))
    return replace(ticket, report_since=done.at, said=said, urged_at=None)


EFFECTS: dict[Act, Effect] = {
    **EVERYWHERE,
    A.SUBMIT: _submitted,
    A.SOLVE_ONLINE: closed,
    A.ASSIGN: assigned,
    A.ACCEPT: accepted,
    A.RECLASSIFY: _reclassified,
    A.MERGE: lambda ticket, done: replace(closed(ticket, done), merged_into=done.data["merged_into"]),
    A.RETURN: lambda ticket, _: replace(ticket, returns=ticket.returns + 1, owner=""),
    A.REASSIGN: assigned,
    A.OVERRULE: lambda ticket, _: replace(ticket, overruled=True),
    A.NEED_INFO: lambda ticket, done: replace(ticket, info_since=done.at),
    A.INFO_ARRIVED: lambda ticket, _: replace(ticket, info_since=None),
    A.INFO_TIMEOUT: lambda ticket, _: replace(ticket, info_since=None),
    A.ASK_SUSPENSION: lambda ticket, done: replace(ticket, suspension_asked=moment(done.data["until"])),
    A.REFUSE_SUSPENSION: lambda ticket, _: replace(ticket, suspension_asked=None),
    A.SUSPEND: _suspended,
    A.RESUME: lambda ticket, _: replace(ticket, suspended_until=None),
    A.ADD_SUBTASK: _subtask_added,
    A.FINISH_SUBTASK: _subtask_finished,
    A.ESCALATE: _escalated,
    A.REPLY: replied,
    A.OPEN_REPLY: lambda ticket, done: replace(ticket, owner=done.actor),
    A.AUDIT_OK: lambda ticket, _: replace(ticket, owner=""),
    A.AUDIT_OK_NO_CALLBACK: closed,
    A.AUDIT_FAIL: lambda ticket, _: replace(ticket, failed_audits=ticket.failed_audits + 1, owner=ticket.handler),
    A.TAKE_UP: accepted,
    A.DISSATISFIED: _dissatisfied,
    A.DAILY_REPORT: _reported,
    A.FOLLOW: _followed,
    A.ARCHIVE: _archived,
    A.REOPEN: _reopened,
    A.SUPERVISE: lambda ticket, _: replace(ticket, supervisions=ticket.supervisions + 1),
    A.REGULATOR: _regulated,
}
