"""Stages of a dunning case, and what each result means for it (requirements.md 5.3, 5.6). Pure.

The gate before the dial is the ACD's (acd.core.outbound.dialer); here is only what this side knows and does afterwards.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from acd.contracts.vocabulary import AttemptCode


class CaseState(StrEnum):
    OPEN = "open"
    PROMISED = "promised"
    DISPUTED = "disputed"
    HELD = "held"  # says to have paid; billing is watched
    BLOCKED = "blocked"  # the number is not the debtor's
    PAID = "paid"


STAGES: tuple[tuple[int, str, str, Decimal], ...] = (
    # from day after the due date, code, Chinese name, smallest amount
    (1, "S1", "友好提醒", Decimal(1)),
    (8, "S2", "催缴", Decimal(10)),
    (21, "S3", "停机预告", Decimal(10)),
    (31, "S4", "欠费停机", Decimal(0)),
    (46, "S5", "双停", Decimal(0)),
    (60, "S6", "人工催收", Decimal(100)),
    (90, "S8", "终止服务", Decimal(0)),
)

PROMISE_LENGTH = timedelta(days=1)
HOLD_LENGTH = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Stage:
    code: str
    title: str


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a result changes. `next_allowed_at` None: not before a person looked at it."""

    state: CaseState
    next_allowed_at: datetime | None
    promised_until: datetime | None = None
    opens_dispute: bool = False


def stage_of(due: date, today: date, owed: Decimal) -> Stage:
    """The last stage whose day has come and whose amount is reached."""
    late = (today - due).days
    reached = Stage("S0", "预提醒")
    for first_day, code, title, amount in STAGES:
        if late >= first_day and owed >= amount:
            reached = Stage(code, title)
    return reached


def consequence(code: AttemptCode, at: datetime) -> Consequence | None:
    """None when the case stays as it is (the gate refused, nothing was dialled)."""

    def again(after: timedelta) -> Consequence:
        return Consequence(CaseState.OPEN, at + after)

    match code:
        case AttemptCode.PROMISE:
            until = at + PROMISE_LENGTH
            return Consequence(CaseState.PROMISED, until + timedelta(days=1), promised_until=until)
        case AttemptCode.CLAIM_PAID:
            return Consequence(CaseState.HELD, at + HOLD_LENGTH)
        case AttemptCode.DISPUTE:
            return Consequence(CaseState.DISPUTED, None, opens_dispute=True)
        case AttemptCode.WRONG_PERSON | AttemptCode.EMPTY_NUMBER:
            return Consequence(CaseState.BLOCKED, None)
        case AttemptCode.PAID:
            return Consequence(CaseState.PAID, None)
        case AttemptCode.PLAYED_CONFIRMED | AttemptCode.TO_AGENT:
            return again(timedelta(days=3))
        case AttemptCode.BUSY:
            return again(timedelta(minutes=30))
        case AttemptCode.CONGESTION:
            return again(timedelta(minutes=10))
        case AttemptCode.VOICEMAIL | AttemptCode.REJECTED | AttemptCode.CALLEE_SUSPENDED:
            return again(timedelta(days=1))
        case AttemptCode.NO_ANSWER | AttemptCode.POWER_OFF | AttemptCode.HANGUP_EARLY:
            return again(timedelta(hours=4))
        case AttemptCode.BLOCKED:
            return None


def open_again(state: CaseState, next_allowed_at: datetime | None, now: datetime) -> bool:
    """A promise or a hold whose time is over, with the debt still there, is an open case again."""
    over = next_allowed_at is not None and next_allowed_at <= now
    return state in (CaseState.PROMISED, CaseState.HELD) and over
