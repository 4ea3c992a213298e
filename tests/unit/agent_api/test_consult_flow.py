"""The consultation machine: every pair of state and act."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from agent_api.tickets import workflow
from agent_api.tickets.words import Act, Happening, Refusal, State, Ticket, TicketType

pytestmark = pytest.mark.unit

NOW = datetime(2026, 11, 18, 6, tzinfo=UTC)
STATES = [State.ASKED, State.ANSWERED, State.FORWARDED, State.REPLIED, State.NOTIFIED, State.ARCHIVED, State.CANCELLED]
OPEN = ("ASKED", "FORWARDED", "REPLIED")
TABLE = {
    ("ASKED", "answer"): "ANSWERED",
    ("ASKED", "forward"): "FORWARDED",
    ("FORWARDED", "accept"): "FORWARDED",
    ("FORWARDED", "comment"): "FORWARDED",
    ("FORWARDED", "reply"): "REPLIED",
    ("FORWARDED", "not_national"): "ASKED",
    ("REPLIED", "notify"): "NOTIFIED",
    ("NOTIFIED", "archive"): "ARCHIVED",
    ("ANSWERED", "archive"): "ARCHIVED",
    **{(state.value, "correspond"): state.value for state in STATES},
    **{(state, "withdraw"): "CANCELLED" for state in ("ASKED", "FORWARDED", "REPLIED")},
    **{
        (state, act): state
        for state in ("ASKED", "FORWARDED", "REPLIED")
        for act in ("urge", "overdue", "warn", "hand_over")
    },
}
DATA = {"result": "非洲方向每分钟3元", "target": "N"}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("act", list(Act))
def test_every_pair_of_state_and_act(state: State, act: Act) -> None:
    ticket = Ticket(TicketType.CONSULT, state, target="N")
    expected = TABLE.get((state.value, act.value))
    if expected is None:
        with pytest.raises(Refusal):
            workflow.step(ticket, Happening(act, NOW, "", DATA))
    else:
        assert workflow.step(ticket, Happening(act, NOW, "说明", DATA)).state.value == expected


def test_an_answer_needs_words_and_a_forward_a_target() -> None:
    asked = workflow.start(TicketType.CONSULT, "P")
    for act, code in ((Act.ANSWER, "ticket.result_required"), (Act.FORWARD, "ticket.target_required")):
        with pytest.raises(Refusal) as refused:
            workflow.step(asked, Happening(act, NOW))
        assert refused.value.code == code


def test_only_the_national_centre_can_say_not_national() -> None:
    to_city = replace(workflow.start(TicketType.CONSULT, "P"), state=State.FORWARDED, target="js-nj")
    assert Act.NOT_NATIONAL not in workflow.allowed(to_city, NOW)
    assert Act.NOT_NATIONAL in workflow.allowed(replace(to_city, target="cn", target_tier="N"), NOW)


def test_what_comes_back_from_the_national_centre_may_go_to_a_city() -> None:
    ticket = workflow.start(TicketType.CONSULT, "P")
    for act, data in (
        (Act.FORWARD, {"target": "cn", "target_tier": "N"}),
        (Act.NOT_NATIONAL, {}),
        (Act.FORWARD, {"target": "js-nj", "target_tier": "C"}),
    ):
        ticket = workflow.step(ticket, Happening(act, NOW, "", data))
    assert (ticket.target, Act.NOT_NATIONAL in workflow.allowed(ticket, NOW)) == ("js-nj", False)
