"""The board of work as pure functions of its rows: cells, bottlenecks, forecast, history. Pure."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from statistics import median
from zoneinfo import ZoneInfo

STAGES = ("accept", "audit_dispatch", "verify", "result_audit", "callback", "standing")
WINDOWS = (4, 24, 48)
"""Hours ahead."""


class Colour(StrEnum):
    NONE = "none"
    """No clock runs."""
    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True, slots=True)
class Work:
    """One piece of work that is not finished: a ticket, an order, or an item of the pool."""

    kind: str
    number: str
    type: str
    title: str
    state: str
    stage: str
    unit: str
    """Centre that works on it."""
    owner: str
    """Nobody in particular while it waits in the unit's pool."""
    level: str
    urges: int
    opened_at: datetime
    since: datetime
    """When it came into its state."""
    yellow_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Move:
    """A piece of work went from one stage to another; empty: it began or ended."""

    before: str
    after: str
    unit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Cell:
    stage: str
    unit: str
    colours: dict[Colour, int]


@dataclass(frozen=True, slots=True)
class Bottleneck:
    stage: str
    count: int
    red: int
    oldest: timedelta
    typical: timedelta
    growth: int
    """Came minus went, within the last day."""
    score: float


@dataclass(frozen=True, slots=True)
class Forecast:
    hours: int
    due: int
    """Clocks that run out within these hours."""
    expected_late: int
    """Of them, those not reached in time at the pace of the last week."""


@dataclass(frozen=True, slots=True)
class Life:
    opened_at: datetime
    closed_at: datetime | None
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    opened: int
    closed: int
    left_open: int
    left_late: int


def colour_of(work: Work, now: datetime) -> Colour:
    if work.due_at is None:
        return Colour.NONE
    if now >= work.due_at:
        return Colour.RED
    return Colour.YELLOW if work.yellow_at is not None and now >= work.yellow_at else Colour.GREEN


def cells(works: Iterable[Work], now: datetime) -> list[Cell]:
    """How many stand where, by stage and unit."""
    found: dict[tuple[str, str], Counter[Colour]] = {}
    for work in works:
        found.setdefault((work.stage, work.unit), Counter())[colour_of(work, now)] += 1
    order = sorted(found, key=lambda place: (STAGES.index(place[0]), place[1]))
    return [Cell(stage, unit, dict(found[stage, unit])) for stage, unit in order]


def owners(works: Iterable[Work], now: datetime) -> list[tuple[str, str, dict[Colour, int]]]:
    """Unit, owner, colours; who has most that is late comes first."""
    found: dict[tuple[str, str], Counter[Colour]] = {}
    for work in works:
        found.setdefault((work.unit, work.owner), Counter())[colour_of(work, now)] += 1
    order = sorted(found, key=lambda who: (-found[who][Colour.RED], -found[who].total(), who))
    return [(unit, owner, dict(found[unit, owner])) for unit, owner in order]


def bottlenecks(works: Sequence[Work], moves: Iterable[Move], now: datetime) -> list[Bottleneck]:
    """Worst first: what is late, grows, and has waited longest."""
    lately = [move for move in moves if now - move.at <= timedelta(days=1)]
    found = []
    for stage in STAGES:
        here = [work for work in works if work.stage == stage]
        if not here:
            continue
        ages = [now - work.since for work in here]
        typical = timedelta(seconds=median(age.total_seconds() for age in ages))
        growth = sum((move.after == stage) - (move.before == stage) for move in lately)
        red = sum(colour_of(work, now) is Colour.RED for work in here)
        score = 3 * red + max(growth, 0) + max(ages) / timedelta(days=1)
        found.append(Bottleneck(stage, len(here), red, max(ages), typical, growth, round(score, 1)))
    return sorted(found, key=lambda each: -each.score)


def forecast(
    works: Iterable[Work],
    finished_last_week: int,
    now: datetime,
    working: Callable[[datetime, datetime], timedelta],
) -> list[Forecast]:
    """`working`: how much of the time between two moments people work, by the calendar."""
    waiting = sorted(work.due_at for work in works if work.due_at is not None and work.due_at > now)
    late = _late(waiting, finished_last_week, now, working)
    found = []
    for hours in WINDOWS:
        ends = now + timedelta(hours=hours)
        found.append(Forecast(hours, sum(due <= ends for due in waiting), sum(due <= ends for due in late)))
    return found


def _late(
    due_times: Sequence[datetime],
    finished_last_week: int,
    now: datetime,
    working: Callable[[datetime, datetime], timedelta],
) -> list[datetime]:
    """First due, first done: those whose turn comes after their time."""
    worked = working(now - timedelta(days=7), now)
    if not finished_last_week or not worked:
        return list(due_times)
    each_takes = worked / finished_last_week
    return [due for place, due in enumerate(due_times, 1) if working(now, due) < each_takes * place]


def history(lives: Iterable[Life], today: date, days: int, zone: ZoneInfo, now: datetime) -> list[Day]:
    """Oldest day first; today as far as it went."""
    known = list(lives)
    found = []
    for back in reversed(range(days)):
        day = today - timedelta(days=back)
        starts = datetime.combine(day, time(), zone)
        ends = min(datetime.combine(day + timedelta(days=1), time(), zone), now)
        left = [life for life in known if life.opened_at < ends and not (life.closed_at and life.closed_at < ends)]
        found.append(
            Day(
                day,
                sum(starts <= life.opened_at < ends for life in known),
                sum(life.closed_at is not None and starts <= life.closed_at < ends for life in known),
                len(left),
                sum(life.due_at is not None and life.due_at < ends for life in left),
            )
        )
    return found
