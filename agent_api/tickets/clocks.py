"""How much of its time a ticket has used, as pure functions of its timeline (requirements.md 2.8.5, 2.8.6).

The operational clock adds the four stages and stands still while the customer is asked or a suspension is approved; the
legal clock runs from acceptance to the closing and nothing stops it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from agent_api.tickets import warnings
from agent_api.tickets.warnings import Shares
from agent_api.tickets.words import Level, State, TicketType

LIMIT_NORMAL = timedelta(hours=48)
LIMIT_FAST = timedelta(hours=24)
LIMIT_CONSULT = timedelta(hours=24)
LIMIT_SIMPLE = timedelta(hours=48)
LIMIT_LEGAL = timedelta(days=15)
INFO_ALLOWANCE = timedelta(hours=24)

S = State
STAGE_OF: dict[State, str] = {
    S.DRAFT: "accept",
    S.ACCEPTED: "accept",
    S.AUDITING: "audit_dispatch",
    S.DISPATCHED: "audit_dispatch",
    S.RETURNED: "audit_dispatch",
    S.REOPENED: "audit_dispatch",
    S.PROCESSING: "verify",
    S.REPROCESSING: "verify",
    S.INFO_REQUIRED: "verify",
    S.REPLIED: "result_audit",
    S.RESULT_AUDIT: "result_audit",
    S.ASKED: "accept",
    S.FORWARDED: "verify",
    S.NEW: "accept",
    S.WORKING: "verify",
    S.REPORTED: "accept",
    S.PRE_CHECKED: "audit_dispatch",
    S.IN_REPAIR: "verify",
}
"""Stage whose clock runs in a state. States that are missing here stop the operational clock."""

STAGES = ("accept", "audit_dispatch", "verify", "result_audit")
OVER = frozenset({S.CLOSED, S.ARCHIVED, S.CANCELLED, S.REJECTED, S.ANSWERED, S.NOTIFIED})


@dataclass(frozen=True, slots=True)
class Visit:
    """The ticket entered this state at this time."""

    state: State
    at: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    id: str
    title: str
    limit: timedelta
    spent: timedelta
    running: bool
    over: bool
    due_at: datetime | None
    """When the limit ends if nothing stops the clock; None while it stands."""
    shares: Shares = field(default_factory=warnings.shipped)

    @property
    def yellow_at(self) -> datetime | None:
        """When so much will be used up that the leader is warned."""
        return None if self.due_at is None else self.due_at - self.limit * (1 - self.shares.yellow / 100)

    @property
    def warning(self) -> str:
        return self.shares.name_of(self.spent / self.limit * 100)


def stage_lengths(visits: Sequence[Visit], now: datetime) -> dict[str, timedelta]:
    """Time spent in each stage. Of INFO_REQUIRED only what exceeds 24 hours in total counts."""
    lengths = dict.fromkeys(STAGES, timedelta())
    asked = timedelta()
    for index, visit in enumerate(visits):
        end = visits[index + 1].at if index + 1 < len(visits) else now
        stay = max(end - visit.at, timedelta())
        if visit.state is S.INFO_REQUIRED:
            beyond_before = max(asked - INFO_ALLOWANCE, timedelta())
            asked += stay
            stay = max(asked - INFO_ALLOWANCE, timedelta()) - beyond_before
        if stage := STAGE_OF.get(visit.state):
            lengths[stage] += stay
    return lengths


def limit_of(kind: TicketType, level: Level, vip: bool) -> timedelta:
    match kind:
        case TicketType.COMPLAINT:
            return LIMIT_FAST if vip or level is not Level.NORMAL else LIMIT_NORMAL
        case TicketType.CONSULT:
            return LIMIT_CONSULT
        case TicketType.FRAUD | TicketType.URGENT | TicketType.ORDER:
            return LIMIT_FAST
        case _:
            return LIMIT_SIMPLE


def operational_clock(limit: timedelta, visits: Sequence[Visit], now: datetime) -> Clock:
    spent = sum(stage_lengths(visits, now).values(), timedelta())
    state = visits[-1].state
    over = state in OVER
    standing = state not in STAGE_OF or (state is S.INFO_REQUIRED and _asked(visits, now) < INFO_ALLOWANCE)
    running = not over and not standing
    due_at = now + (limit - spent) if running else None
    return Clock("operational", "处理时限", limit, spent, running, over, due_at)


def legal_clock(visits: Sequence[Visit], now: datetime, due: datetime | None = None) -> Clock:
    """From acceptance; a reopened complaint has been running all the time. `due`: as the rule in force then says."""
    accepted = next((visit.at for visit in visits if visit.state is not S.DRAFT), visits[0].at)
    over = visits[-1].state in OVER
    # the last closing counts: a reopened ticket was not closed
    end = next(visit.at for visit in _last_run_of_over(visits)) if over else now
    ends = due or accepted + LIMIT_LEGAL
    limit = max(ends - accepted, timedelta(seconds=1))
    return Clock("legal", "法定答复期限", limit, end - accepted, not over, over, ends)


def clocks(
    kind: TicketType,
    level: Level,
    vip: bool,
    visits: Sequence[Visit],
    now: datetime,
    own_limit: timedelta | None = None,
    legal_due: datetime | None = None,
    shares: Shares | None = None,
) -> list[Clock]:
    """`own_limit`: instead of the type's, where the ticket has one (a fault in town or in the country)."""
    found = [operational_clock(own_limit or limit_of(kind, level, vip), visits, now)]
    if kind is TicketType.COMPLAINT:
        found.append(legal_clock(visits, now, legal_due))
    return [replace(clock, shares=shares) for clock in found] if shares else found


def _asked(visits: Sequence[Visit], now: datetime) -> timedelta:
    total = timedelta()
    for index, visit in enumerate(visits):
        if visit.state is S.INFO_REQUIRED:
            total += (visits[index + 1].at if index + 1 < len(visits) else now) - visit.at
    return total


def _last_run_of_over(visits: Sequence[Visit]) -> list[Visit]:
    run: list[Visit] = []
    for visit in reversed(visits):
        if visit.state not in OVER:
            break
        run.insert(0, visit)
    return run
