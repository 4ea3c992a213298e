"""What a centre may set, as rows of numbers, and what is wrong with a change of them. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from agent_api.pool.rules import ALARM_MINUTES
from agent_api.tickets import warnings
from agent_api.tickets.clocks import limit_of
from agent_api.tickets.limits import Thresholds, shipped_steps, thresholds
from agent_api.tickets.words import Level, TicketType

LONGEST = 30 * 24 * 60
TOTALS = (TicketType.COMPLAINT, TicketType.CONSULT, TicketType.FAULT, TicketType.SUGGESTION)
MASS_HOURS = "severity.mass_hours"
Rows = Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class CenterLimits:
    """What holds at a centre. `own`: minutes of what is not as shipped, to be kept with each new ticket."""

    own: Rows
    severity: Thresholds
    backlog_minutes: int


def shipped() -> dict[str, list[int]]:
    """Every row: of steps and whole tickets minutes for normal, VIP or urgent, major; single numbers else."""
    severe = thresholds()
    totals = {f"total_{kind.value}": [_minutes(kind, *each) for each in _COLUMNS] for kind in TOTALS}
    return {
        **totals,
        **{step: list(values) for step, values in shipped_steps().items()},
        **warnings.rows(),
        "severity.group_users": [severe.group_users],
        "severity.amount": [int(severe.amount)],
        "severity.repeats": [severe.repeats],
        MASS_HOURS: [int(severe.mass_within.total_seconds()) // 3600],
        "alarm.backlog_minutes": [int(ALARM_MINUTES)],
    }


_COLUMNS = ((Level.NORMAL, False), (Level.URGENT, True), (Level.MAJOR, True))


def _minutes(kind: TicketType, level: Level, vip: bool) -> int:
    return int(limit_of(kind, level, vip).total_seconds()) // 60


def applied(rows: Rows) -> CenterLimits:
    """`rows`: all of them, as they hold at the centre."""
    as_shipped = shipped()
    return CenterLimits(
        own={name: list(values) for name, values in rows.items() if _of_tickets(name) and values != as_shipped[name]},
        severity=Thresholds(
            group_users=rows["severity.group_users"][0],
            amount=Decimal(rows["severity.amount"][0]),
            repeats=rows["severity.repeats"][0],
            mass_within=timedelta(hours=rows[MASS_HOURS][0]),
        ),
        backlog_minutes=rows["alarm.backlog_minutes"][0],
    )


def _of_tickets(name: str) -> bool:
    """Kept with each ticket: how long its steps take, and when it warns."""
    return not name.startswith(("severity.", "alarm."))


def problems(rows: Rows, above: Rows) -> dict[str, str]:
    """Name of a row to what is wrong with it; `above`: what holds without the centre's own word."""
    found: dict[str, str] = {}
    for name, values in rows.items():
        if name not in above:
            found[name] = "unknown"
        elif len(values) != len(above[name]) or not all(_in_range(name, value) for value in values):
            found[name] = "out_of_range"
        elif len(values) == 3 and not values[0] >= values[1] >= values[2]:
            found[name] = "major_is_slower"
        elif name != MASS_HOURS and any(value > limit for value, limit in zip(values, above[name], strict=True)):
            found[name] = "looser_than_above"
    return found


def _in_range(name: str, value: int) -> bool:
    return warnings.is_in_range(name, value) if name.startswith(warnings.ROW) else 0 < value <= LONGEST


def misordered(rows: Rows, above: Rows) -> dict[str, str]:
    """Warnings that would not come one after the other, once `rows` hold."""
    return dict.fromkeys(warnings.misordered({**above, **rows}), "wrong_order")


def known(rows: Rows) -> dict[str, list[int]]:
    """Of what another installation says of a ticket's limits: what can be counted by here."""
    loosest = {name: [LONGEST] * len(values) for name, values in shipped().items()}
    return {
        name: list(values)
        for name, values in rows.items()
        if _of_tickets(name) and not problems({name: values}, loosest)
    }
