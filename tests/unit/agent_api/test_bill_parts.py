"""A bill's components under the headings that are spoken: they always add up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_api.customers.bill_parts import PART_TITLES, Part, parts_of

pytestmark = pytest.mark.unit

NAMES = ("套餐月费", "月租费", "国内通话费", "IP国际长途费", "国内长途费", "增值业务费", "套餐外流量费", "没见过的费用")
AMOUNTS = st.decimals(min_value=-100, max_value=10_000, places=2)


def test_the_same_kind_is_one_part() -> None:
    parts = parts_of(
        [("月租费", Decimal(10)), ("套餐月费", Decimal("5.50")), ("人工代播费", Decimal(1))], Decimal("16.5")
    )
    assert parts == (Part("rent", Decimal("15.50")), Part("other", Decimal(1)))


def test_nothing_is_no_part() -> None:
    assert parts_of([("国内长途费", Decimal(0))], Decimal(0)) == ()


@given(st.lists(st.tuples(st.sampled_from(NAMES), AMOUNTS)), AMOUNTS)
def test_the_parts_add_up_to_the_total(components: list[tuple[str, Decimal]], total: Decimal) -> None:
    parts = parts_of(components, total)
    assert sum((part.amount for part in parts), Decimal(0)) == total
    assert [part.kind for part in parts] == [kind for kind in PART_TITLES if kind in {part.kind for part in parts}]
