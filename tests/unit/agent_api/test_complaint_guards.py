"""When the complaint machine says no: what an act needs, what the ticket forbids, each guard to its very limit."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from agent_api.tickets import workflow
from agent_api.tickets.words import Act, Happening, Level, Refusal, State, Subtask, Ticket, TicketType

pytestmark = pytest.mark.unit

S, A = State, Act
NOW = datetime(2026, 11, 18, 6, tzinfo=UTC)
WRONG_UNIT = {"reason": "WRONG_UNIT"}
IN_THREE_DAYS = {"until": (NOW + timedelta(days=3)).isoformat()}


def ticket_in(state: State, **changes: object) -> Ticket:
    closed = NOW - timedelta(days=1) if state is S.CLOSED else None
    return replace(Ticket(TicketType.COMPLAINT, state, closed_at=closed), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "done", "code"),
    [
        (S.ACCEPTED, Happening(A.SOLVE_ONLINE, NOW), "ticket.consent_required"),
        (S.AUDITING, Happening(A.ASSIGN, NOW), "ticket.target_required"),
        (S.AUDITING, Happening(A.MERGE, NOW), "ticket.target_required"),
        (S.DISPATCHED, Happening(A.RETURN, NOW, "", {"reason": "TOO_HARD"}), "ticket.reason_required"),
        (S.PROCESSING, Happening(A.COMMENT, NOW, "  "), "ticket.comment_required"),
        (S.PROCESSING, Happening(A.REPLY, NOW, "", {"result": "好"}), "ticket.result_required"),
        (S.PROCESSING, Happening(A.SUSPEND, NOW, "等施工", {"until": "soon"}), "ticket.date_required"),
        (
            S.PROCESSING,
            Happening(A.SUSPEND, NOW, "等施工", {"until": "2026-11-01T00:00:00+00:00"}),
            "ticket.date_required",
        ),
        (S.PROCESSING, Happening(A.SUSPEND, NOW, "等施工", {"until": "2026-11-26T00:00:00+00:00"}), "ticket.too_long"),
        (S.PROCESSING, Happening(A.SUSPEND, NOW, "", IN_THREE_DAYS), "ticket.comment_required"),
        (S.PROCESSING, Happening(A.ASK_SUSPENSION, NOW, "", IN_THREE_DAYS), "ticket.comment_required"),
        (S.PROCESSING, Happening(A.ASK_SUSPENSION, NOW, "等施工"), "ticket.date_required"),
        (S.PROCESSING, Happening(A.ADD_SUBTASK, NOW), "ticket.target_required"),
        (S.PROCESSING, Happening(A.ADD_SUBTASK, NOW, "", {"subtask": "网络部", "due": "soon"}), "ticket.date_required"),
        (
            S.PROCESSING,
            Happening(A.ADD_SUBTASK, NOW, "", {"subtask": "网络部", "due": NOW.isoformat()}),
            "ticket.date_required",
        ),
        (S.PROCESSING, Happening(A.REGULATOR, NOW, "", {"due": "soon"}), "ticket.date_required"),
        (S.AUDITING, Happening(A.RECLASSIFY, NOW, "", {"level": "URGENT"}), "ticket.comment_required"),
        (S.AUDITING, Happening(A.RECLASSIFY, NOW, "更正"), "ticket.reason_required"),
        (S.AUDITING, Happening(A.RECLASSIFY, NOW, "更正", {"level": "HUGE"}), "ticket.reason_required"),
        (S.RESULT_AUDIT, Happening(A.AUDIT_FAIL, NOW), "ticket.comment_required"),
        (S.CLOSED, Happening(A.ARCHIVE, NOW), "ticket.result_required"),
    ],
)
def test_an_act_without_what_it_needs_is_refused(state: State, done: Happening, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        workflow.step(ticket_in(state), done)
    assert refused.value.code == code


def test_information_times_out_after_a_day() -> None:
    asked = ticket_in(S.INFO_REQUIRED, info_since=NOW)
    with pytest.raises(Refusal, match=r"ticket\.wrong_state"):
        workflow.step(asked, Happening(A.INFO_TIMEOUT, NOW + timedelta(hours=24, seconds=-1)))
    assert workflow.step(asked, Happening(A.INFO_TIMEOUT, NOW + timedelta(hours=24))).state is S.PROCESSING


def test_a_unit_returns_within_its_time_to_accept() -> None:
    sent = ticket_in(S.DISPATCHED, state_since=NOW - timedelta(hours=4))
    assert workflow.step(sent, Happening(A.RETURN, NOW, "", WRONG_UNIT)).state is S.RETURNED
    with pytest.raises(Refusal, match=r"ticket\.return_too_late"):
        workflow.step(sent, Happening(A.RETURN, NOW + timedelta(seconds=1), "", WRONG_UNIT))
    with pytest.raises(Refusal, match=r"ticket\.return_too_late"):
        workflow.step(replace(sent, level=Level.URGENT), Happening(A.RETURN, NOW, "", WRONG_UNIT))


def test_serious_complaints_need_a_leader_and_a_prevention() -> None:
    with pytest.raises(Refusal, match=r"ticket\.leader_required"):
        workflow.step(ticket_in(S.AUDITING, level=Level.URGENT), Happening(A.ASSIGN, NOW, "", {"target": "js-nj"}))
    with pytest.raises(Refusal, match=r"ticket\.prevention_required"):
        workflow.step(ticket_in(S.CLOSED, level=Level.MAJOR), Happening(A.ARCHIVE, NOW, "", {"duty_reason": "x"}))


def test_supervision_needs_a_ground() -> None:
    with pytest.raises(Refusal, match=r"ticket\.no_ground_to_supervise"):
        workflow.step(ticket_in(S.PROCESSING, urges=2), Happening(A.SUPERVISE, NOW, "说明"))
    for ground in ({"urges": 3}, {"overdue": True}, {"regulator": True}, {"level": Level.MAJOR}):
        assert workflow.step(ticket_in(S.PROCESSING, **ground), Happening(A.SUPERVISE, NOW, "说明")).supervisions == 1


def test_a_refused_suspension_says_why() -> None:
    asked = ticket_in(S.PROCESSING, suspension_asked=NOW + timedelta(days=2))
    with pytest.raises(Refusal, match=r"ticket\.comment_required"):
        workflow.step(asked, Happening(A.REFUSE_SUSPENSION, NOW))


def test_a_suspension_lasts_seven_days_at_most() -> None:
    longest = Happening(A.SUSPEND, NOW, "等施工", {"until": (NOW + timedelta(days=7)).isoformat()})
    assert workflow.step(ticket_in(S.PROCESSING), longest).suspended_until == NOW + timedelta(days=7)
    longer = Happening(A.SUSPEND, NOW, "等施工", {"until": (NOW + timedelta(days=7, seconds=1)).isoformat()})
    with pytest.raises(Refusal, match=r"ticket\.too_long"):
        workflow.step(ticket_in(S.PROCESSING), longer)


def test_a_department_that_was_not_asked_finishes_nothing() -> None:
    busy = ticket_in(S.PROCESSING, subtasks=(Subtask("网络部", NOW, NOW + timedelta(days=1)),))
    with pytest.raises(Refusal, match=r"ticket\.no_subtask"):
        workflow.step(busy, Happening(A.FINISH_SUBTASK, NOW, "", {"subtask": "财务部"}))


def test_what_an_act_needs_may_stand_on_the_ticket_already() -> None:
    led = ticket_in(S.AUDITING, level=Level.URGENT, leader="8303")
    assert workflow.step(led, Happening(A.ASSIGN, NOW, "", {"target": "js-nj"})).state is S.DISPATCHED
    judged = ticket_in(S.CLOSED, level=Level.MAJOR, duty_reason="误开通", prevention="复核开通流程")
    assert workflow.step(judged, Happening(A.ARCHIVE, NOW)).state is S.ARCHIVED
    ordinary = ticket_in(S.CLOSED, duty_reason="误开通")
    assert workflow.step(ordinary, Happening(A.ARCHIVE, NOW)).state is S.ARCHIVED
