"""The fault machine: every pair of state and act, and what is its own."""

from datetime import UTC, datetime, timedelta

import pytest

from agent_api.tickets import workflow
from agent_api.tickets.words import Act, Happening, Refusal, State, Ticket, TicketType

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 18, 6, tzinfo=UTC)
OPEN = ["REPORTED", "PRE_CHECKED", "DISPATCHED", "IN_REPAIR", "REPAIRED", "CUSTOMER_CONFIRM"]
BROKEN = OPEN[:4]
STATES = [State(name) for name in [*OPEN, "CLOSED", "CANCELLED"]]
TABLE = {
    ("REPORTED", "pre_check"): "PRE_CHECKED",
    ("PRE_CHECKED", "pre_check"): "PRE_CHECKED",
    ("REPORTED", "solve_online"): "CLOSED",
    ("PRE_CHECKED", "solve_online"): "CLOSED",
    ("REPORTED", "assign"): "DISPATCHED",
    ("PRE_CHECKED", "assign"): "DISPATCHED",
    ("DISPATCHED", "assign"): "DISPATCHED",
    ("DISPATCHED", "accept"): "IN_REPAIR",
    ("DISPATCHED", "return"): "PRE_CHECKED",
    ("IN_REPAIR", "contact"): "IN_REPAIR",
    ("IN_REPAIR", "repair"): "REPAIRED",
    ("REPAIRED", "ask_customer"): "CUSTOMER_CONFIRM",
    ("CUSTOMER_CONFIRM", "satisfied"): "CLOSED",
    ("CUSTOMER_CONFIRM", "unreached"): "CUSTOMER_CONFIRM",
    ("CUSTOMER_CONFIRM", "not_fixed"): "IN_REPAIR",
    ("CLOSED", "reopen"): "IN_REPAIR",
    **{(state.value, "correspond"): state.value for state in STATES},
    **{(state, "withdraw"): "CANCELLED" for state in OPEN},
    **{(state, act): state for state in OPEN for act in ("comment", "urge", "overdue", "warn", "hand_over")},
    **{(state, act): state for state in BROKEN for act in ("join", "leave")},
    **{(state, "follow"): "REPAIRED" for state in BROKEN},
}
DATA = {
    "result": "更换光猫",
    "target": "js-nj",
    "line_test": "光衰过大",
    "consent": "yes",
    "reason": "WRONG_UNIT",
    "parent": "ZA9",
}


def fault(state: State, act: Act | None = None) -> Ticket:
    in_a_mass_fault = act in (Act.LEAVE, Act.FOLLOW)
    return Ticket(TicketType.FAULT, state, parent="ZA9" if in_a_mass_fault else "", handler="8302")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", list(Act))
def test_every_pair_of_state_and_act(state: State, act: Act) -> None:
    expected = TABLE.get((state.value, act.value))
    done = Happening(act, NOW, "说明", DATA)
    if expected is None:
        with pytest.raises(Refusal, match=r"ticket\.wrong_state"):
            workflow.step(fault(state, act), done)
    else:
        assert workflow.step(fault(state, act), done).state.value == expected


@pytest.mark.parametrize(
    ("state", "act", "code"),
    [
        (State.REPORTED, Act.PRE_CHECK, "ticket.result_required"),
        (State.REPORTED, Act.SOLVE_ONLINE, "ticket.consent_required"),
        (State.PRE_CHECKED, Act.ASSIGN, "ticket.target_required"),
        (State.DISPATCHED, Act.RETURN, "ticket.reason_required"),
        (State.IN_REPAIR, Act.REPAIR, "ticket.result_required"),
        (State.CUSTOMER_CONFIRM, Act.NOT_FIXED, "ticket.comment_required"),
    ],
)
def test_what_an_act_needs(state: State, act: Act, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        workflow.step(fault(state), Happening(act, NOW))
    assert refused.value.code == code


def test_who_waits_longer_than_the_law_allows_pays_nothing() -> None:
    late = workflow.step(fault(State.IN_REPAIR), Happening(Act.OVERDUE, NOW, "", {"percent": "100"}))
    assert (late.overdue, late.waive_fee) == (True, True)


def test_a_repair_that_did_not_help_goes_back_to_who_did_it() -> None:
    again = workflow.step(fault(State.CUSTOMER_CONFIRM), Happening(Act.NOT_FIXED, NOW, "仍然断网"))
    assert (again.owner, again.not_fixed) == ("8302", 1)


def test_three_attempts_on_two_days_close_it() -> None:
    ticket = fault(State.CUSTOMER_CONFIRM)
    for hours in (0, 1, 24):
        ticket = workflow.step(ticket, Happening(Act.UNREACHED, NOW + timedelta(hours=hours)))
    assert (ticket.state, ticket.closed_unreached, ticket.satisfaction) == (State.CLOSED, True, "unreached")
