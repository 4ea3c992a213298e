"""Numbers, ages and wrong passwords."""

from datetime import date

import pytest

from agent_api.customers.rules import is_senior, normal_number, tries_left

pytestmark = pytest.mark.unit

TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("given", "normal"),
    [
        ("13900000001", "13900000001"),
        ("+8613900000001", "13900000001"),
        ("008613900000001", "13900000001"),
        ("8613900000001", "13900000001"),
        ("139-0000-0001", "13900000001"),
        ("02583312345", "02583312345"),
        ("86123456", "86123456"),
        ("anonymous", ""),
        ("", ""),
    ],
)
def test_numbers_as_our_records_hold_them(given: str, normal: str) -> None:
    assert normal_number(given) == normal


@pytest.mark.parametrize(
    ("born", "senior"),
    [(date(1961, 11, 18), True), (date(1961, 11, 19), False), (date(1950, 1, 1), True), (date(2000, 1, 1), False)],
)
def test_sixty_five(born: date, senior: bool) -> None:
    assert is_senior(born, TODAY) is senior


def test_three_wrong_passwords_lock_for_the_day() -> None:
    assert [tries_left(wrong, TODAY, TODAY) for wrong in range(5)] == [3, 2, 1, 0, 0]
    assert tries_left(3, date(2026, 11, 17), TODAY) == 3
    assert tries_left(0, None, TODAY) == 3
