"""What may be ordered for which line, and for whom it is possible."""

import tomllib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from acd.contracts import menu
from acd.contracts.menu.tasks import SERVICES
from agent_api.customers.rules import ProductType
from agent_api.orders.offers import OFFERS, LineFacts, Work, check, effective_day

pytestmark = pytest.mark.unit

P = ProductType
LINE = LineFacts("active", None, "畅享99元套餐", ("caller_id", "idd"), owes=False)
KEPT = replace(LINE, status="suspended", suspended_for="keep")
LOST = replace(LINE, status="suspended", suspended_for="loss")
DEBTOR = replace(LINE, owes=True)
CUT_OFF = replace(DEBTOR, status="suspended", suspended_for="arrears")


def test_every_order_of_the_shipped_menu_is_on_offer() -> None:
    tree = tomllib.loads((Path(menu.__file__).parent / "default.toml").read_text(encoding="utf-8"))
    wanted = {
        (P(node["settings"]["product"].upper()), node["settings"]["service"])
        for node in tree["nodes"].values()
        if node.get("task") == "order"
    }
    assert wanted == OFFERS.keys()
    assert {service for _, service in OFFERS} <= set(SERVICES)


@pytest.mark.parametrize(
    ("service", "choice", "line", "verdict"),
    [
        ("suspend_keep", None, LINE, "ok"),
        ("suspend_keep", None, KEPT, "not_eligible"),
        ("suspend_keep", None, DEBTOR, "arrears"),
        ("resume", None, KEPT, "ok"),
        ("resume", None, LINE, "not_eligible"),
        ("resume", None, LOST, "not_eligible"),
        ("resume", None, CUT_OFF, "arrears"),
        ("change_plan", "plan_199", LINE, "ok"),
        ("change_plan", "plan_99", LINE, "not_eligible"),
        ("change_plan", "plan_1", LINE, "not_eligible"),
        ("change_plan", None, LINE, "not_eligible"),
        ("change_plan", "plan_199", KEPT, "not_eligible"),
        ("change_plan", "plan_199", CUT_OFF, "arrears"),
        ("add_service", "ring_back", LINE, "ok"),
        ("add_service", "caller_id", LINE, "not_eligible"),
        ("remove_service", "caller_id", LINE, "ok"),
        ("remove_service", "voicemail", LINE, "not_eligible"),
        ("idd_on", None, LINE, "not_eligible"),
        ("idd_off", None, LINE, "ok"),
        ("roaming_on", None, LINE, "ok"),
        ("roaming_on", None, LOST, "not_eligible"),
        ("roaming_off", None, LINE, "not_eligible"),
        ("call_forwarding", "02587654321", LINE, "ok"),
        ("call_forwarding", "", LINE, "ok"),
        ("call_forwarding", "0258765*", LINE, "not_eligible"),
        ("suspend_keep", "surprise", LINE, "not_eligible"),
        ("install", None, LINE, "not_eligible"),
        ("dance", None, LINE, "not_eligible"),
    ],
)
def test_mobile_lines(service: str, choice: str | None, line: LineFacts, verdict: str) -> None:
    assert check(P.MOBILE, service, choice, line) == verdict


def test_other_lines() -> None:
    assert check(P.IP, "recharge", None, DEBTOR) == "ok"
    assert check(P.IP, "recharge", None, replace(LINE, expired=True)) == "not_eligible"
    assert check(P.INTERNET, "change_plan", "broadband_1000", LINE) == "ok"
    assert check(P.LOCAL, "repair", None, CUT_OFF) == "ok"
    assert check(P.LOCAL, "move", None, DEBTOR) == "arrears"
    assert check(P.PAGING, "renew", None, DEBTOR) == "ok"


def test_what_is_being_ordered_is_not_ordered_again() -> None:
    assert check(P.MOBILE, "roaming_on", None, replace(LINE, unfinished=("roaming_on",))) == "not_eligible"
    assert check(P.MOBILE, "idd_off", None, replace(LINE, unfinished=("roaming_on",))) == "ok"


TODAY = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("product", "service", "choice", "offset", "day", "fee"),
    [
        (P.MOBILE, "change_plan", "plan_59", None, None, 0),
        (P.MOBILE, "add_service", "caller_id", None, date(2027, 1, 1), 6),
        (P.MOBILE, "add_service", "voicemail", None, date(2027, 1, 1), 3),
        (P.LOCAL, "install", None, 3, date(2027, 1, 3), 108),
        (P.LOCAL, "repair", None, None, date(2027, 1, 1), 0),
        (P.PAGING, "renew", None, None, date(2027, 2, 9), 15),
    ],
)
def test_fees_and_the_day_an_order_counts_from(
    product: P, service: str, choice: str | None, offset: int | None, day: date | None, fee: int
) -> None:
    offer = OFFERS[product, service]
    assert effective_day(service, choice, offset, date(2027, 1, 10), offer, TODAY) == day
    assert offer.fee_of(choice) == Decimal(fee)


def test_what_is_secret_is_known_as_such() -> None:
    assert {key for key, offer in OFFERS.items() if offer.work is Work.SECRET} == {
        (P.IP, "recharge"),
        (P.IP, "change_pin"),
    }
