"""The state of credit, over everything that decides it."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest

from agent_api.credit.rules import LEVELS, LIMIT_OF, WATCHED_DAYS, CreditState, Standing, is_over, state_of

pytestmark = pytest.mark.unit

TODAY = date(2026, 11, 18)


def test_the_worst_that_holds_wins() -> None:
    seen = set()
    for owed, suspended, black, watched in product((0, 5), (False, True), (False, True), (None, TODAY)):
        state = state_of(Standing(Decimal(owed), suspended, black, watched), TODAY)
        seen.add(state)
        assert (state is CreditState.BLACKLIST) is black
        if not black:
            assert (state in (CreditState.ARREARS, CreditState.SUSPENDED)) is (owed > 0)
    assert seen == set(CreditState)


def test_what_each_level_may_owe_and_how_long_is_watched() -> None:
    assert [int(LIMIT_OF[level]) for level in LEVELS] == [1000, 500, 200, 0]
    assert WATCHED_DAYS == 90


def test_watching_ends() -> None:
    assert state_of(Standing(Decimal(0), False, False, TODAY - timedelta(days=1)), TODAY) is CreditState.GOOD


@pytest.mark.parametrize(("owed", "limit", "over"), [("10", "10", False), ("10.01", "10", True), ("0", "0", False)])
def test_over_the_limit(owed: str, limit: str, over: bool) -> None:
    assert is_over(Decimal(owed), Decimal(limit)) is over
