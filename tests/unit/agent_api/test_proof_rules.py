"""Rules about service passwords, identity digits, restores for a day, and times of repair."""

from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_api.customers.rules import ProductType
from agent_api.emergency.rules import same_month, within_credit
from agent_api.identity.rules import document_digits, is_weak
from agent_api.tickets.hotline import repair_hours

pytestmark = pytest.mark.unit

NUMBER = "13900000001"
ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize("password", ["802571", "135790", "013579", "112233", "900010"])
def test_good_passwords(password: str) -> None:
    assert not is_weak(password, NUMBER)


@pytest.mark.parametrize(
    "password", ["", "12345", "1234567", "１２３４５６", "12a456", "000000", "345678", "890123", "432109"]
)
def test_weak_passwords(password: str) -> None:
    assert is_weak(password, "")


@given(st.integers(0, 5))
def test_no_piece_of_the_own_number(start: int) -> None:
    assert is_weak(NUMBER[start : start + 6], NUMBER)


def test_a_star_and_a_small_x_are_the_letter() -> None:
    assert document_digits("08123*") == document_digits("08123x") == "08123X"


@pytest.mark.parametrize(
    ("owed", "level", "within"),
    [("1000", "A", True), ("1000.01", "A", False), ("200", "C", True), ("0.01", "Z", False)],
)
def test_credit(owed: str, level: str, within: bool) -> None:
    assert within_credit(Decimal(owed), level) is within


def test_months_are_those_of_the_centre() -> None:
    last_evening = datetime(2026, 10, 31, 16, 30, tzinfo=UTC)  # 0:30 on the first of November in Shanghai
    assert same_month(last_evening, datetime(2026, 11, 15, tzinfo=UTC), ZONE)
    assert not same_month(last_evening, datetime(2026, 10, 15, tzinfo=UTC), ZONE)


@pytest.mark.parametrize(
    ("product", "address", "hours"),
    [
        (ProductType.LOCAL, "江苏省南京市玄武区示例路1号", 48),
        (ProductType.LOCAL, "四川省绵阳市三台县示例村1号", 72),
        (ProductType.MOBILE, "四川省绵阳市三台县示例村1号", 48),
        (ProductType.INTERNET, "", 48),
    ],
)
def test_repairs_take_longer_in_the_country(product: ProductType, address: str, hours: int) -> None:
    assert repair_hours(product, address) == hours
