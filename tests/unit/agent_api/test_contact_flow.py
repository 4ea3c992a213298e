"""The table of a written contact's states: every pair of a state and a fact, the whole ways, and the ends."""

from itertools import product

import pytest

from agent_api.channels.flow import NEXT, OPEN, Fact, State, WrongState, possible, step

pytestmark = pytest.mark.unit

S, F = State, Fact
USUAL = (
    (F.READ, S.PARSED),
    (F.REGISTERED, S.REGISTERED),
    (F.ACKNOWLEDGED, S.AUTO_ACK),
    (F.ASSIGNED, S.ASSIGNED),
    (F.TAKEN_UP, S.PROCESSING),
    (F.DRAFTED, S.REPLY_DRAFT),
    (F.APPROVED, S.APPROVED),
    (F.SENT, S.SENT),
    (F.FILED, S.ARCHIVED),
)


@pytest.mark.parametrize(("state", "fact"), list(product(State, Fact)), ids=str)
def test_every_pair_is_in_the_table_or_refused(state: State, fact: Fact) -> None:
    if (state, fact) in NEXT:
        assert step(state, fact) is NEXT[state, fact]
        assert fact in possible(state)
    else:
        with pytest.raises(WrongState):
            step(state, fact)
        assert fact not in possible(state)


def test_the_usual_way_of_the_requirements() -> None:
    state = S.RECEIVED
    for fact, expected in USUAL:
        state = step(state, fact)
        assert state is expected


def test_nothing_leaves_approval_out() -> None:
    assert {before for (before, fact) in NEXT if fact is F.SENT} == {S.APPROVED}
    assert {before for (before, fact) in NEXT if fact is F.APPROVED} == {S.REPLY_DRAFT}


def test_what_bounced_goes_another_way_or_is_worked_on() -> None:
    assert step(S.SENT, F.BOUNCED) is S.BOUNCED
    assert step(S.BOUNCED, F.SENT_OTHERWISE) is S.SENT
    assert step(S.BOUNCED, F.TAKEN_UP) is S.PROCESSING


def test_every_state_can_be_reached_and_every_open_one_left() -> None:
    reached = {S.RECEIVED}
    for _ in State:
        reached |= {to for (source, _), to in NEXT.items() if source in reached}
    assert reached == set(State)
    assert all(any(NEXT[state, fact] is not state for fact in possible(state)) for state in OPEN)
