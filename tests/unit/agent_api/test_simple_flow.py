"""The machine of messages and work items: every pair of state and act."""

from datetime import UTC, datetime, timedelta

import pytest

from agent_api.tickets import workflow
from agent_api.tickets.clocks import limit_of
from agent_api.tickets.words import Act, Happening, Level, Refusal, State, Ticket, TicketType

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 18, 6, tzinfo=UTC)
STATES = [State.NEW, State.WORKING, State.ANSWERED, State.CLOSED, State.CANCELLED]
TABLE = {
    ("NEW", "accept"): "WORKING",
    ("NEW", "answer"): "ANSWERED",
    ("NEW", "close"): "CLOSED",
    ("NEW", "assign"): "NEW",
    ("WORKING", "comment"): "WORKING",
    ("WORKING", "reply"): "ANSWERED",
    ("WORKING", "close"): "CLOSED",
    ("WORKING", "assign"): "NEW",
    ("ANSWERED", "close"): "CLOSED",
    ("ANSWERED", "reopen"): "WORKING",
    ("CLOSED", "reopen"): "WORKING",
    **{(state.value, "correspond"): state.value for state in STATES},
    **{(state, "withdraw"): "CANCELLED" for state in ("NEW", "WORKING")},
    **{(state, act): state for state in ("NEW", "WORKING") for act in ("urge", "overdue", "warn", "hand_over")},
}
DATA = {"result": "已修复", "target": "js-nj"}
SIMPLE = [kind for kind in TicketType if kind not in (TicketType.COMPLAINT, TicketType.CONSULT, TicketType.FAULT)]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", list(Act))
def test_every_pair_of_state_and_act(state: State, act: Act) -> None:
    ticket = Ticket(TicketType.MESSAGE, state)
    expected = TABLE.get((state.value, act.value))
    if expected is None:
        with pytest.raises(Refusal) as refused:
            workflow.step(ticket, Happening(act, NOW, "说明", DATA))
        assert refused.value.code == "ticket.wrong_state"
    else:
        assert workflow.step(ticket, Happening(act, NOW, "说明", DATA)).state.value == expected


@pytest.mark.parametrize("kind", SIMPLE)
def test_every_simple_kind_starts_new_and_has_a_limit(kind: TicketType) -> None:
    assert workflow.start(kind, "P").state is State.NEW
    assert limit_of(kind, Level.NORMAL, False) in (timedelta(hours=24), timedelta(hours=48))


@pytest.mark.parametrize(
    ("act", "state", "code"),
    [
        (Act.ANSWER, State.NEW, "ticket.result_required"),
        (Act.REPLY, State.WORKING, "ticket.result_required"),
        (Act.COMMENT, State.WORKING, "ticket.comment_required"),
        (Act.ASSIGN, State.NEW, "ticket.target_required"),
    ],
)
def test_what_an_act_needs(act: Act, state: State, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        workflow.step(Ticket(TicketType.MESSAGE, state), Happening(act, NOW))
    assert refused.value.code == code
    assert workflow.needs(Ticket(TicketType.MESSAGE, state), act)


def test_a_ticket_is_reopened_within_thirty_days() -> None:
    closed = Ticket(TicketType.MESSAGE, State.CLOSED, closed_at=NOW)
    again = workflow.step(closed, Happening(Act.REOPEN, NOW + timedelta(days=30)))
    assert (again.round, again.closed_at) == (2, None)
    assert Act.REOPEN not in workflow.allowed(closed, NOW + timedelta(days=31))
