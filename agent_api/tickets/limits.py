"""Limits and thresholds as data (limits.toml): of steps, of the law, of severity. Pure once read."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from agent_api.tickets.words import Level, Ticket

_FILE = Path(__file__).with_name("limits.toml")


@dataclass(frozen=True, slots=True)
class LegalRule:
    id: str
    title: str
    provinces: frozenset[str]
    """Centres whose customers it protects; none: everybody's."""
    since: date
    days: int
    working: bool
    """Counts working days, not days."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    group_users: int
    amount: Decimal
    repeats: int
    mass_within: timedelta


@cache
def _data() -> Mapping[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def legal_rules() -> tuple[LegalRule, ...]:
    return tuple(
        LegalRule(each["id"], each["title"], frozenset(each["provinces"]), each["from"], each["days"], each["working"])
        for each in _data()["legal"]
    )


def legal_rule(province: str, day: date) -> LegalRule:
    """In force on this day: the province's own, where it has one."""
    in_force = sorted((rule for rule in legal_rules() if rule.since <= day), key=lambda rule: rule.since)
    own = [rule for rule in in_force if province in rule.provinces]
    return (own or [rule for rule in in_force if not rule.provinces])[-1]


def office_hours() -> tuple[time, time]:
    found = _data()["office"]
    return found["opens"], found["closes"]


def regulator_days() -> int:
    """Working days for what the regulator sends us."""
    return int(_data()["regulator"]["working_days"])


@cache
def thresholds() -> Thresholds:
    found = _data()["severity"]
    return Thresholds(
        found["group_users"], Decimal(found["amount"]), found["repeats"], timedelta(hours=found["mass_hours"])
    )


def shipped_steps() -> Mapping[str, list[int]]:
    """Minutes: normal, VIP or urgent, major."""
    found: Mapping[str, list[int]] = _data()["steps"]
    return found


def shipped_warnings() -> Mapping[str, int]:
    """Percent of a limit by the warning it brings."""
    found: Mapping[str, int] = _data()["warnings"]
    return found


def step_limit(step: str, ticket: Ticket) -> timedelta:
    """As the ticket's centre had it when it was opened."""
    return fitting(ticket.limits.get(step) or shipped_steps()[step], ticket.level, ticket.vip)


def fitting(minutes_of: Sequence[int], level: Level, vip: bool) -> timedelta:
    normal, fast, major = minutes_of
    minutes = major if level is Level.MAJOR else fast if vip or level is Level.URGENT else normal
    return timedelta(minutes=minutes)
