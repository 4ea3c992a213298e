"""What reaches a flow of what Asterisk says."""

import pytest

from acd.contracts.dialplan import AgiRoute
from acd.contracts.numbers import national
from ivr.routes import ROUTES, call_facts

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("caller_id", "number"),
    [
        ("13900000001", "13900000001"),
        ("+8613900000001", "13900000001"),
        ("008613900000001", "13900000001"),
        ("8613900000001", "13900000001"),
        ("02112345678", "02112345678"),
        ("8612345", "8612345"),
        ("10010", "10010"),
        ("unknown", ""),
        ("", ""),
        ("1", ""),
        ("+8613900000001;ext=1", ""),
        ("139 0000 0001", ""),
        ("١٣٩٠٠٠٠٠٠٠١", ""),
        ("1" * 16, ""),
    ],
)
def test_numbers_are_national_digits_or_nothing(caller_id: str, number: str) -> None:
    assert national(caller_id) == number


def test_every_route_of_the_contract_has_a_flow() -> None:
    assert set(ROUTES) == set(AgiRoute)


def test_arguments_go_by_their_place() -> None:
    request = {"agi_callerid": "13900000001", "agi_arg_1": "1", "agi_arg_2": "n1-1.1", "agi_arg_3": "10018"}
    facts = call_facts(ROUTES["main"], request)
    assert (facts.call_id, facts.did, facts.restarted) == ("n1-1.1", "10018", True)
    facts = call_facts(ROUTES["dunning"], {"agi_arg_1": "a-1", "agi_arg_2": "n1-2.1"})
    assert (facts.attempt_id, facts.call_id) == ("a-1", "n1-2.1")


def test_the_number_to_prove_and_the_language_reach_the_flow() -> None:
    facts = call_facts(ROUTES["password"], {"agi_arg_1": "n1-3.1", "agi_arg_2": "13900000001", "agi_language": "en"})
    assert (facts.call_id, facts.number, facts.language) == ("n1-3.1", "13900000001", "en")


def test_a_call_without_arguments_has_its_channel_for_an_id() -> None:
    facts = call_facts(ROUTES["main"], {"agi_uniqueid": "n1-9.1"})
    assert (facts.call_id, facts.restarted, facts.caller_number) == ("n1-9.1", False, "")
