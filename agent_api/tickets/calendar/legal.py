"""By when the law wants a reply: a rule (limits.toml) applied to the day of receipt. Pure."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from agent_api.tickets.calendar.days import WorkingDays, end_of
from agent_api.tickets.limits import LegalRule, regulator_days

ZONE = ZoneInfo("Asia/Shanghai")
"""The law counts days of Beijing time, wherever the process runs."""


def legal_due(rule: LegalRule, accepted_at: datetime, days: WorkingDays, zone: ZoneInfo) -> datetime:
    """Days from receipt, or the end of the last working day; the day of receipt is not counted."""
    if not rule.working:
        return accepted_at + timedelta(days=rule.days)
    return _end_of_working_day(accepted_at, rule.days, days, zone)


def regulator_due(given: datetime | None, at: datetime, days: WorkingDays, zone: ZoneInfo) -> datetime:
    """The regulator's own date, or our limit for its cases, whichever is earlier."""
    own = _end_of_working_day(at, regulator_days(), days, zone)
    return own if given is None else min(given, own)


def _end_of_working_day(at: datetime, count: int, days: WorkingDays, zone: ZoneInfo) -> datetime:
    return end_of(days.after(at.astimezone(zone).date(), count), zone).astimezone(UTC)
