"""What will happen to a ticket by itself, and when: warnings, ends of pauses, replies opened. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from agent_api.tickets.clocks import Clock
from agent_api.tickets.flows.complaint_guards import INFO_PAUSE
from agent_api.tickets.limits import step_limit
from agent_api.tickets.warnings import RED
from agent_api.tickets.words import Act, State, Ticket

STEP_WARNINGS = ("yellow", "red")
WHOLE = frozenset({"operational", "legal"})


@dataclass(frozen=True, slots=True)
class Due:
    at: datetime
    act: Act
    data: dict[str, str] = field(default_factory=dict)


def agenda(ticket: Ticket, clocks: Sequence[Clock], now: datetime) -> list[Due]:
    """In order of time; what is past is waiting to be done. `clocks`: of the whole ticket and of its steps, now."""
    return sorted([*_ends(ticket), *_warnings(ticket, clocks, now)], key=lambda due: due.at)


def _ends(ticket: Ticket) -> Iterator[Due]:
    match ticket.state:
        case State.INFO_REQUIRED if ticket.info_since is not None:
            yield Due(ticket.info_since + INFO_PAUSE, Act.INFO_TIMEOUT)
        case State.SUSPENDED if ticket.suspended_until is not None:
            yield Due(ticket.suspended_until, Act.RESUME)
        case State.REPLIED if ticket.flow == "complaint" and ticket.state_since is not None:
            yield Due(ticket.state_since + step_limit("open_reply", ticket), Act.OPEN_REPLY)
        case _:
            pass


def _warnings(ticket: Ticket, clocks: Sequence[Clock], now: datetime) -> Iterator[Due]:
    for clock in clocks:
        if clock.over or clock.id == "open_reply":
            continue
        for share, name in clock.shares.named:
            if f"{clock.id}:{share}" in ticket.said or (clock.id not in WHOLE and name not in STEP_WARNINGS):
                continue
            left = clock.limit * (share / 100) - clock.spent
            if clock.running or left <= timedelta():
                act = Act.OVERDUE if share == RED and clock.id in WHOLE else Act.WARN
                yield Due(now + left, act, {"clock": clock.id, "percent": str(share)})
