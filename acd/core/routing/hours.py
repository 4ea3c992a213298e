"""Whether a queue is open at a moment: its hours and holidays in the table's time zone. Pure."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from acd.contracts.routing import Hours, Opening, RoutingTable


def is_open(hours: Hours, table: RoutingTable, now: datetime) -> bool:
    local = now.astimezone(ZoneInfo(table.timezone))
    if hours.closed_on_holidays and local.date() in table.holidays:
        return False
    if not hours.openings:
        return True
    return any(_covers(opening, local) for opening in hours.openings)


def _covers(opening: Opening, local: datetime) -> bool:
    """An opening that ends before it begins runs past midnight; its day is the one it begins on.

    In whole seconds: an opening until 23:59:59 has no gap before the next day's.
    """
    at = local.time().replace(microsecond=0)
    today, yesterday = local.isoweekday(), (local - timedelta(days=1)).isoweekday()
    if opening.begins <= opening.ends:
        return today in opening.days and opening.begins <= at <= opening.ends
    return (today in opening.days and at >= opening.begins) or (yesterday in opening.days and at <= opening.ends)
