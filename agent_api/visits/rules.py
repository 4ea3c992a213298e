"""Which finished work a customer is asked about, from rules.toml. Pure once read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any
from zlib import crc32

_FILE = Path(__file__).with_name("rules.toml")


class Subject(StrEnum):
    TICKET = "ticket"
    ORDER = "order"
    EMERGENCY = "emergency"
    PLAN = "plan"


class When(StrEnum):
    CALLBACK = "callback"
    CLOSED = "closed"
    PLAN = "plan"


class Remedy(StrEnum):
    """What dissatisfaction leads to."""

    RETURN = "return"
    REOPEN = "reopen"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    title: str
    subject: Subject
    when: When
    types: frozenset[str]
    share: int
    within: timedelta
    fast: timedelta
    """For what is urgent or a VIP's."""
    dissatisfied: Remedy
    questions: tuple[str, ...]
    consent: str = ""
    """What the customer must not have refused."""


@dataclass(frozen=True, slots=True)
class Calling:
    from_hour: int
    to_hour: int
    again: timedelta
    attempts: int
    days: int
    held: timedelta


@cache
def _data() -> Mapping[str, Any]:
    with _FILE.open("rb") as file:
        return tomllib.load(file)


@cache
def rules() -> Mapping[str, Rule]:
    return {each["id"]: _rule(each) for each in _data()["rule"]}


def _rule(each: Mapping[str, Any]) -> Rule:
    return Rule(
        each["id"],
        each["title"],
        Subject(each["subject"]),
        When(each["when"]),
        frozenset(each["types"]),
        each["share"],
        timedelta(hours=each["within_hours"]),
        timedelta(hours=each["fast_hours"]),
        Remedy(each["dissatisfied"]),
        tuple(each["questions"]),
        each.get("consent", ""),
    )


@cache
def calling() -> Calling:
    found = _data()["calling"]
    return Calling(
        found["from_hour"],
        found["to_hour"],
        timedelta(minutes=found["again_minutes"]),
        found["attempts"],
        found["days"],
        timedelta(minutes=found["held_minutes"]),
    )


def rule_for(subject: Subject, when: When, kind: str) -> Rule | None:
    return next(
        (each for each in rules().values() if (each.subject, each.when) == (subject, when) and kind in each.types), None
    )


def sampled(rule: Rule, number: str) -> bool:
    """Drawn by the number, so that every replica and every repetition draws the same."""
    return crc32(f"{rule.id}:{number}".encode()) % 100 < rule.share
