"""When the complaint machine says no, and with which code. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from agent_api.tickets.flows.parts import check_shared, moment, require, require_comment, too_late_to_reopen
from agent_api.tickets.limits import step_limit
from agent_api.tickets.words import Act, Happening, Level, Refusal, Ticket

A = Act
RETURN_REASONS = frozenset({"WRONG_UNIT", "INFO_MISSING", "DUPLICATE", "WRONG_CITY"})
ESCALATION_REASONS = frozenset({"AMOUNT", "POLICY", "CROSS_PROVINCE", "CUSTOMER", "REPEATED", "OVERDUE"})
MAX_RETURNS = 2
INFO_PAUSE = timedelta(hours=24)
MAX_SUSPENSION = timedelta(days=7)
URGES_TO_SUPERVISE = 3
HIGHER_TIER = {"C": "P", "P": "N"}


def closed_off(ticket: Ticket, act: Act, now: datetime) -> str | None:  # noqa: PLR0912 - one branch an act
    """Code of the reason why the ticket itself forbids an act that the table allows; None when it does not."""
    match act:
        case A.RETURN:
            return _no_return(ticket, now)
        case A.ESCALATE if working_tier(ticket) not in HIGHER_TIER:
            return "ticket.top_tier"
        case A.REOPEN if too_late_to_reopen(ticket, now):
            return "ticket.too_late"
        case A.REPLY if ticket.subtasks:
            return "ticket.subtasks_open"
        case A.FINISH_SUBTASK if not ticket.subtasks:
            return "ticket.no_subtask"
        case A.INFO_TIMEOUT if ticket.info_since is None or now - ticket.info_since < INFO_PAUSE:
            return "ticket.wrong_state"
        case A.ASK_SUSPENSION if ticket.suspension_asked is not None:
            return "ticket.already_asked"
        case A.REFUSE_SUSPENSION if ticket.suspension_asked is None:
            return "ticket.nothing_asked"
        case A.SUPERVISE if not _worth_supervising(ticket):
            return "ticket.no_ground_to_supervise"
        case A.DAILY_REPORT if ticket.level is not Level.MAJOR:
            return "ticket.no_report_due"
        case A.JOIN if ticket.parent:
            return "ticket.has_parent"
        case A.LEAVE | A.FOLLOW if not ticket.parent:
            return "ticket.no_parent"
        case _:
            return None


def working_tier(ticket: Ticket) -> str:
    """Of the unit that works on it; the dispatching tier while no centre does."""
    return ticket.target_tier or ticket.tier


def _no_return(ticket: Ticket, now: datetime) -> str | None:
    if ticket.overruled or ticket.returns >= MAX_RETURNS:
        return "ticket.no_more_returns"
    late = ticket.state_since is not None and now - ticket.state_since > step_limit("accept", ticket)
    return "ticket.return_too_late" if late else None


def _worth_supervising(ticket: Ticket) -> bool:
    return ticket.overdue or ticket.regulator or ticket.level is Level.MAJOR or ticket.urges >= URGES_TO_SUPERVISE


def check_data(ticket: Ticket, done: Happening) -> None:  # noqa: PLR0912 - one branch an act
    """Raise Refusal when the act lacks what it needs."""
    data = done.data
    check_shared(done)
    match done.act:
        case A.SOLVE_ONLINE if data.get("consent") != "yes":
            raise Refusal("ticket.consent_required")
        case A.ASSIGN if ticket.level is not Level.NORMAL and not (data.get("leader") or ticket.leader):
            raise Refusal("ticket.leader_required")
        case A.MERGE:
            require(done, "ticket.target_required", "merged_into")
        case A.RECLASSIFY:
            _check_class(done)
        case A.RETURN if data.get("reason") not in RETURN_REASONS:
            raise Refusal("ticket.reason_required")
        case A.ESCALATE if data.get("reason", "CUSTOMER") not in ESCALATION_REASONS:
            raise Refusal("ticket.reason_required")
        case A.AUDIT_FAIL | A.REFUSE_SUSPENSION:
            require_comment(done)
        case A.ASK_SUSPENSION | A.SUSPEND:
            _check_suspension(ticket, done)
        case A.ADD_SUBTASK | A.FINISH_SUBTASK:
            _check_subtask(ticket, done)
        case A.REPLY:
            require(done, "ticket.result_required", "result", "duty_reason")
        case A.REGULATOR if "due" in data and moment(data["due"]) is None:
            raise Refusal("ticket.date_required")
        case A.ARCHIVE:
            _check_archive(ticket, data)
        case _:
            pass


def _check_class(done: Happening) -> None:
    require_comment(done)
    level = done.data.get("level")
    if not (level or done.data.get("category")) or (level and level not in set(Level)):
        raise Refusal("ticket.reason_required")


def _check_suspension(ticket: Ticket, done: Happening) -> None:
    require_comment(done)
    until = moment(done.data.get("until", "")) or (ticket.suspension_asked if done.act is A.SUSPEND else None)
    if until is None or until <= done.at:
        raise Refusal("ticket.date_required")
    if until - done.at > MAX_SUSPENSION:
        raise Refusal("ticket.too_long")


def _check_subtask(ticket: Ticket, done: Happening) -> None:
    require(done, "ticket.target_required", "subtask")
    asked = {each.unit for each in ticket.subtasks}
    if (done.data["subtask"] in asked) is (done.act is A.ADD_SUBTASK):
        raise Refusal("ticket.already_asked" if done.act is A.ADD_SUBTASK else "ticket.no_subtask")
    if "due" in done.data and ((due := moment(done.data["due"])) is None or due <= done.at):
        raise Refusal("ticket.date_required")


def _check_archive(ticket: Ticket, data: Mapping[str, str]) -> None:
    if not (ticket.duty_reason or data.get("duty_reason")):
        raise Refusal("ticket.result_required")
    if ticket.level is Level.MAJOR and not (ticket.prevention or data.get("prevention")):
        raise Refusal("ticket.prevention_required")
