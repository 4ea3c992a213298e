"""Stages by days overdue, and what every result means for the case."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from acd.contracts.vocabulary import AttemptCode
from agent_api.campaigns.rules import CaseState, consequence, open_again, stage_of
from tests.support.events import NOON

pytestmark = pytest.mark.unit

DUE = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("days", "owed", "stage"),
    [
        (-3, "50", "S0"),
        (0, "50", "S0"),
        (1, "50", "S1"),
        (7, "50", "S1"),
        (8, "50", "S2"),
        (20, "50", "S2"),
        (21, "50", "S3"),
        (30, "50", "S3"),
        (31, "50", "S4"),
        (46, "50", "S5"),
        (60, "50", "S5"),
        (60, "100", "S6"),
        (90, "100", "S8"),
        (10, "5", "S1"),
        (10, "0.50", "S0"),
        (10, "1", "S1"),
        (40, "0", "S4"),
        (89, "0", "S5"),
        (90, "0", "S8"),
    ],
)
def test_stages(days: int, owed: str, stage: str) -> None:
    assert stage_of(DUE, DUE + timedelta(days=days), Decimal(owed)).code == stage


@pytest.mark.parametrize("code", list(AttemptCode))
def test_every_result_has_a_meaning(code: AttemptCode) -> None:
    result = consequence(code, NOON)
    assert (result is None) is (code is AttemptCode.BLOCKED)
    if result is not None and result.next_allowed_at is not None:
        assert result.next_allowed_at > NOON


@pytest.mark.parametrize(
    ("code", "state", "wait"),
    [
        (AttemptCode.PROMISE, CaseState.PROMISED, timedelta(days=2)),
        (AttemptCode.CLAIM_PAID, CaseState.HELD, timedelta(hours=24)),
        (AttemptCode.DISPUTE, CaseState.DISPUTED, None),
        (AttemptCode.WRONG_PERSON, CaseState.BLOCKED, None),
        (AttemptCode.EMPTY_NUMBER, CaseState.BLOCKED, None),
        (AttemptCode.PAID, CaseState.PAID, None),
        (AttemptCode.BUSY, CaseState.OPEN, timedelta(minutes=30)),
        (AttemptCode.NO_ANSWER, CaseState.OPEN, timedelta(hours=4)),
        (AttemptCode.CONGESTION, CaseState.OPEN, timedelta(minutes=10)),
        (AttemptCode.PLAYED_CONFIRMED, CaseState.OPEN, timedelta(days=3)),
        (AttemptCode.TO_AGENT, CaseState.OPEN, timedelta(days=3)),
        (AttemptCode.VOICEMAIL, CaseState.OPEN, timedelta(days=1)),
        (AttemptCode.REJECTED, CaseState.OPEN, timedelta(days=1)),
        (AttemptCode.CALLEE_SUSPENDED, CaseState.OPEN, timedelta(days=1)),
        (AttemptCode.POWER_OFF, CaseState.OPEN, timedelta(hours=4)),
        (AttemptCode.HANGUP_EARLY, CaseState.OPEN, timedelta(hours=4)),
    ],
)
def test_next_actions(code: AttemptCode, state: CaseState, wait: timedelta | None) -> None:
    result = consequence(code, NOON)
    assert result is not None
    assert result.state is state
    assert result.next_allowed_at == (None if wait is None else NOON + wait)
    assert result.opens_dispute is (code is AttemptCode.DISPUTE)


def test_a_broken_promise_opens_the_case_again() -> None:
    until = NOON + timedelta(days=2)
    assert not open_again(CaseState.PROMISED, until, NOON)
    assert open_again(CaseState.PROMISED, until, until)
    assert open_again(CaseState.HELD, until, until)
    assert not open_again(CaseState.DISPUTED, None, until)
    assert not open_again(CaseState.BLOCKED, NOON, until)
