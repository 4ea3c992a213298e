"""The demo is the same every time, invented, and covers what it promises."""

from collections import Counter
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from agent_api.auth.roles import ROLES
from agent_api.customers.rules import ProductType, is_senior
from agent_api.demo import places
from agent_api.demo.subscribers import Subscriber, subscribers
from agent_api.demo.traffic import PLANNED_DAYS, past_events
from tests.support.events import NOON

pytestmark = pytest.mark.unit

TODAY = date(2026, 11, 18)
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def everybody() -> list[Subscriber]:
    return list(subscribers(TODAY))


def test_the_same_every_time(everybody: list[Subscriber]) -> None:
    again = list(subscribers(TODAY))
    assert [each.customer.name for each in again] == [each.customer.name for each in everybody]
    assert [bill.total for each in again for bill in each.bills] == [
        bill.total for each in everybody for bill in each.bills
    ]
    assert past_events(TODAY, NOON, SHANGHAI) == past_events(TODAY, NOON, SHANGHAI)


def test_two_hundred_of_all_kinds(everybody: list[Subscriber]) -> None:
    assert len(everybody) == 200
    kinds = Counter(product.type for each in everybody for product in each.products)
    assert set(kinds) == {kind.value for kind in ProductType}
    assert sum(each.customer.level == "vip" for each in everybody) == 20
    assert sum(is_senior(each.customer.birth_date, TODAY) for each in everybody) >= 20
    numbers = [product.number for each in everybody for product in each.products]
    assert len(numbers) == len(set(numbers))


def test_bills_add_up_and_some_are_overdue(everybody: list[Subscriber]) -> None:
    bills = [bill for each in everybody for bill in each.bills]
    for bill in bills:
        assert sum(Decimal(part["amount"]) for part in bill.components) == bill.total
    late = [(TODAY - bill.due_date).days for bill in bills if bill.paid < bill.total and bill.due_date < TODAY]
    assert {stage for stage in (1, 8, 21, 31, 46, 60) if any(days >= stage for days in late)} == {1, 8, 21, 31, 46, 60}
    for each in everybody:
        assert {bill.month for bill in each.bills} == {
            "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10",
        }  # fmt: skip


def test_the_first_subscriber_is_the_one_of_the_documentation(everybody: list[Subscriber]) -> None:
    first = everybody[0]
    assert (first.customer.contact_number, first.bills[0].month) == ("13900000001", "2026-10")
    assert (first.bills[0].total, first.products[0].balance) == (Decimal("128.50"), Decimal("35.20"))
    assert first.bills[0].paid == first.bills[0].total


def test_staff_of_each_tier_with_known_roles() -> None:
    levels = {center_id: level for center_id, _, level, _ in places.CENTERS}
    for person in places.STAFF:
        assert person.center_id in levels
        for role in person.roles:
            assert role in ROLES
    assert Counter(levels.values()) == {"N": 1, "P": 2, "C": 4}
    assert {"8001", "8012", "8101", "8103", "8201", "8301", "9001"} <= {person.agent_no for person in places.STAFF}


def test_past_calls_end_before_now() -> None:
    events = past_events(TODAY, NOON, SHANGHAI)
    assert max(event.at for event in events) < NOON
    assert {event.at.astimezone(SHANGHAI).date() for event in events} == {
        date(2026, 11, day) for day in (15, 16, 17, 18)
    }


def test_every_day_shows_each_kind_of_call_and_enough_days_for_the_planner() -> None:
    kinds = {event.type for event in past_events(TODAY, NOON, SHANGHAI)}
    assert kinds >= {
        "call.transferred", "call.consulting", "call.help_wanted", "call.spied", "call.queue_left", "call.overflowed",
        "callback.booked", "callback.missed", "callback.closed", "call.abandoned", "call.surveyed",
    }  # fmt: skip
    days = {event.at.astimezone(SHANGHAI).date() for event in past_events(TODAY, NOON, SHANGHAI, PLANNED_DAYS)}
    assert len(days) == PLANNED_DAYS
