"""The complaint machine: every pair of state and act, every guard, and the invariants of requirements.md 2.8.6."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from agent_api.tickets import workflow
from agent_api.tickets.words import SYSTEM_ACTS, Act, Happening, Level, Refusal, State, Subtask, Ticket, TicketType

pytestmark = pytest.mark.unit

S, A = State, Act
NOW = datetime(2026, 11, 18, 6, tzinfo=UTC)
COMPLAINT_STATES = list(State)[:17]
GOOD_DATA: dict[Act, dict[str, str]] = {
    A.SOLVE_ONLINE: {"consent": "yes"},
    A.ASSIGN: {"target": "js-nj", "leader": "8303"},
    A.REASSIGN: {"target": "js-sz"},
    A.MERGE: {"merged_into": "TS1"},
    A.RETURN: {"reason": "WRONG_UNIT"},
    A.SUSPEND: {"until": (NOW + timedelta(days=3)).isoformat()},
    A.ADD_SUBTASK: {"subtask": "网络部"},
    A.FINISH_SUBTASK: {"subtask": "网络部"},
    A.REPLY: {"result": "已退费", "duty_reason": "误开通"},
    A.ARCHIVE: {"duty_reason": "误开通", "prevention": "复核开通流程"},
    A.RECLASSIFY: {"level": "URGENT"},
    A.ESCALATE: {"reason": "POLICY", "target": "cn"},
    A.ASK_SUSPENSION: {"until": (NOW + timedelta(days=3)).isoformat()},
    A.HAND_OVER: {"owner": "8301"},
    A.NAME_LEADER: {"leader": "8303"},
    A.JOIN: {"parent": "TS9"},
    A.FOLLOW: {"result": "已修复", "duty_reason": "光缆中断", "callback": "yes"},
}
PREPARED: dict[Act, dict[str, object]] = {
    # what a ticket must be like for the act, besides its state
    A.FINISH_SUBTASK: {"subtasks": (Subtask("网络部", NOW, NOW + timedelta(days=1)),)},
    A.REFUSE_SUSPENSION: {"suspension_asked": NOW + timedelta(days=2)},
    A.SUPERVISE: {"overdue": True},
    A.DAILY_REPORT: {"level": Level.MAJOR},
    A.LEAVE: {"parent": "TS9"},
    A.FOLLOW: {"parent": "TS9"},
}

# The table of the requirements, written down a second time and by hand: from, act, to.
TABLE = {
    ("DRAFT", "submit"): "ACCEPTED",
    ("DRAFT", "refuse"): "REJECTED",
    ("ACCEPTED", "solve_online"): "CLOSED",
    ("ACCEPTED", "to_dispatch"): "AUDITING",
    ("AUDITING", "assign"): "DISPATCHED",
    ("AUDITING", "merge"): "CANCELLED",
    ("DISPATCHED", "accept"): "PROCESSING",
    ("DISPATCHED", "return"): "RETURNED",
    ("DISPATCHED", "reassign"): "DISPATCHED",
    ("AUDITING", "reclassify"): "AUDITING",
    ("PROCESSING", "contact"): "PROCESSING",
    ("PROCESSING", "ask_suspension"): "PROCESSING",
    ("PROCESSING", "refuse_suspension"): "PROCESSING",
    ("RETURNED", "reassign"): "DISPATCHED",
    ("RETURNED", "overrule"): "DISPATCHED",
    ("PROCESSING", "comment"): "PROCESSING",
    ("PROCESSING", "need_info"): "INFO_REQUIRED",
    ("INFO_REQUIRED", "info_arrived"): "PROCESSING",
    ("INFO_REQUIRED", "info_timeout"): "PROCESSING",
    ("PROCESSING", "suspend"): "SUSPENDED",
    ("SUSPENDED", "resume"): "PROCESSING",
    ("PROCESSING", "add_subtask"): "PROCESSING",
    ("PROCESSING", "finish_subtask"): "PROCESSING",
    ("PROCESSING", "escalate"): "AUDITING",
    ("PROCESSING", "reply"): "REPLIED",
    ("REPLIED", "open_reply"): "RESULT_AUDIT",
    ("RESULT_AUDIT", "audit_ok"): "CALLBACK",
    ("RESULT_AUDIT", "audit_ok_no_callback"): "CLOSED",
    ("RESULT_AUDIT", "audit_fail"): "REPROCESSING",
    ("REPROCESSING", "take_up"): "PROCESSING",
    ("CALLBACK", "satisfied"): "CLOSED",
    ("CALLBACK", "dissatisfied"): "REPROCESSING",
    ("CALLBACK", "unreached"): "CALLBACK",
    ("CLOSED", "archive"): "ARCHIVED",
    ("CLOSED", "reopen"): "REOPENED",
    ("ARCHIVED", "reopen"): "REOPENED",
    ("REOPENED", "to_dispatch"): "AUDITING",
}
OPEN = [
    "ACCEPTED", "AUDITING", "DISPATCHED", "PROCESSING", "INFO_REQUIRED", "SUSPENDED", "RETURNED", "REPLIED",
    "RESULT_AUDIT", "REPROCESSING", "CALLBACK", "REOPENED",
]  # fmt: skip
TABLE |= {
    (state, act): state
    for state in OPEN
    for act in ("urge", "supervise", "regulator", "overdue", "warn", "hand_over", "name_leader")
}
TABLE |= {(state, "daily_report"): state for state in OPEN if state not in ("ACCEPTED", "CALLBACK")}
TABLE |= {(state.value, "correspond"): state.value for state in COMPLAINT_STATES}
ANSWERED = ("REPLIED", "RESULT_AUDIT", "CALLBACK")
TABLE |= {(state, act): state for state in OPEN if state not in ANSWERED for act in ("join", "leave")}
TABLE |= {(state, "follow"): "CALLBACK" for state in OPEN if state not in ANSWERED}
TABLE |= {(state, "withdraw"): "CANCELLED" for state in OPEN}


def ticket_in(state: State, **changes: object) -> Ticket:
    ready = Ticket(
        TicketType.COMPLAINT,
        state,
        closed_at=NOW - timedelta(days=1) if state in (S.CLOSED, S.ARCHIVED) else None,
        info_since=NOW - timedelta(hours=25) if state is S.INFO_REQUIRED else None,
    )
    return replace(ready, **changes)  # type: ignore[arg-type]


def good(act: Act, at: datetime = NOW) -> Happening:
    return Happening(act, at, "说明", GOOD_DATA.get(act, {}))


@pytest.mark.parametrize("state", COMPLAINT_STATES)
@pytest.mark.parametrize("act", list(Act))
def test_every_pair_of_state_and_act(state: State, act: Act) -> None:
    expected = TABLE.get((state.value, act.value))
    if expected is None:
        with pytest.raises(Refusal) as refused:
            workflow.step(ticket_in(state, **PREPARED.get(act, {})), good(act))
        assert refused.value.code == "ticket.wrong_state"
    else:
        assert workflow.step(ticket_in(state, **PREPARED.get(act, {})), good(act)).state.value == expected


@pytest.mark.parametrize("state", COMPLAINT_STATES)
def test_what_is_offered_can_be_done(state: State) -> None:
    ticket = ticket_in(state)
    offered = workflow.allowed(ticket, NOW)
    assert not set(offered) & SYSTEM_ACTS
    for act in offered:
        workflow.step(ticket, good(act))
    for act in set(Act) - set(offered) - SYSTEM_ACTS:
        with pytest.raises(Refusal):
            workflow.step(ticket, good(act))


def test_a_unit_may_return_twice_and_never_after_a_ruling() -> None:
    for spoilt in (ticket_in(S.DISPATCHED, returns=2), ticket_in(S.DISPATCHED, overruled=True)):
        assert A.RETURN not in workflow.allowed(spoilt, NOW)
        with pytest.raises(Refusal, match=r"ticket\.no_more_returns"):
            workflow.step(spoilt, good(A.RETURN))
    assert workflow.step(ticket_in(S.DISPATCHED, returns=1), good(A.RETURN)).returns == 2


def test_escalation_goes_one_tier_up_and_ends_at_the_national_centre() -> None:
    city = ticket_in(S.PROCESSING, tier="C")
    province = workflow.step(city, good(A.ESCALATE))
    assert (province.state, province.tier, province.escalations) == (S.AUDITING, "P", 1)
    with pytest.raises(Refusal, match=r"ticket\.top_tier"):
        workflow.step(ticket_in(S.PROCESSING, tier="N"), good(A.ESCALATE))


def test_a_second_dissatisfaction_escalates() -> None:
    once = workflow.step(ticket_in(S.CALLBACK), good(A.DISSATISFIED))
    assert once.state is S.REPROCESSING
    twice = workflow.step(replace(once, state=S.CALLBACK), good(A.DISSATISFIED))
    assert (twice.state, twice.tier, twice.dissatisfied) == (S.AUDITING, "N", 2)
    at_the_top = workflow.step(ticket_in(S.CALLBACK, tier="N", dissatisfied=5), good(A.DISSATISFIED))
    assert at_the_top.state is S.REPROCESSING


def test_three_attempts_on_two_days_close_an_unreached_customer() -> None:
    ticket = ticket_in(S.CALLBACK)
    for hours in (0, 1, 2):
        ticket = workflow.step(ticket, good(A.UNREACHED, NOW + timedelta(hours=hours)))
    assert ticket.state is S.CALLBACK, "all on one day"
    ticket = workflow.step(ticket, good(A.UNREACHED, NOW + timedelta(days=1)))
    assert (ticket.state, ticket.closed_unreached) == (S.CLOSED, True)


def test_no_reply_while_a_department_still_works() -> None:
    busy = workflow.step(ticket_in(S.PROCESSING), good(A.ADD_SUBTASK))
    with pytest.raises(Refusal, match=r"ticket\.subtasks_open"):
        workflow.step(busy, good(A.REPLY))
    assert workflow.step(workflow.step(busy, good(A.FINISH_SUBTASK)), good(A.REPLY)).state is S.REPLIED
    with pytest.raises(Refusal, match=r"ticket\.already_asked"):
        workflow.step(busy, good(A.ADD_SUBTASK))


def test_reopening_within_thirty_days_starts_a_new_round() -> None:
    again = workflow.step(ticket_in(S.ARCHIVED, returns=2), good(A.REOPEN))
    assert (again.round, again.returns, again.tier, again.closed_at) == (2, 0, "N", None)
    with pytest.raises(Refusal, match=r"ticket\.too_late"):
        workflow.step(ticket_in(S.CLOSED, closed_at=NOW - timedelta(days=31)), good(A.REOPEN))


def test_a_leader_decides_on_a_suspension() -> None:
    asked = workflow.step(ticket_in(S.PROCESSING), good(A.ASK_SUSPENSION))
    with pytest.raises(Refusal, match=r"ticket\.already_asked"):
        workflow.step(asked, good(A.ASK_SUSPENSION))
    refused = workflow.step(asked, good(A.REFUSE_SUSPENSION))
    assert (refused.state, refused.suspension_asked) == (S.PROCESSING, None)
    approved = workflow.step(asked, Happening(A.SUSPEND, NOW, "同意"))
    assert (approved.state, approved.suspended_until) == (S.SUSPENDED, NOW + timedelta(days=3))


def test_the_lower_unit_goes_on_helping() -> None:
    city = ticket_in(S.PROCESSING, target="js-nj", target_tier="C", owner="8302", handler="8302")
    up = workflow.step(city, Happening(A.ESCALATE, NOW, "", {"reason": "POLICY", "target": "js"}))
    assert (up.state, up.tier, up.target, up.helpers, up.owner) == (S.AUDITING, "P", "js", ("js-nj",), "")
    with pytest.raises(Refusal, match=r"ticket\.reason_required"):
        workflow.step(city, Happening(A.ESCALATE, NOW, "", {"reason": "TIRED"}))


def test_urging_raises_the_priority_and_turns_red() -> None:
    calm = ticket_in(S.PROCESSING)
    once = workflow.step(calm, good(A.URGE))
    assert (once.urges, once.urged_at, once.red) == (1, NOW, False)
    assert once.priority > calm.priority
    assert workflow.step(once, good(A.URGE)).red
    assert workflow.step(replace(calm, overdue=True), good(A.URGE)).red
    assert workflow.step(once, good(A.COMMENT)).urged_at is None


def test_a_regulator_case_is_major_and_never_later() -> None:
    legal = NOW + timedelta(days=9)
    sooner = {"due": (NOW + timedelta(days=5)).isoformat(), "appeal_no": "A1"}
    case = workflow.step(ticket_in(S.PROCESSING, legal_due=legal), Happening(A.REGULATOR, NOW, "", sooner))
    assert (case.regulator, case.level, case.legal_due) == (True, Level.MAJOR, NOW + timedelta(days=5))
    later = {"due": (NOW + timedelta(days=30)).isoformat()}
    waiting = ticket_in(S.PROCESSING, legal_due=legal)
    assert workflow.step(waiting, Happening(A.REGULATOR, NOW, "", later)).legal_due == legal


def test_a_case_follows_its_incident() -> None:
    case = ticket_in(S.DISPATCHED, parent="TS9")
    answered = workflow.step(case, good(A.FOLLOW))
    assert (answered.state, answered.result, answered.duty_reason) == (S.CALLBACK, "已修复", "光缆中断")
    quietly = workflow.step(case, Happening(A.FOLLOW, NOW, "", GOOD_DATA[A.FOLLOW] | {"callback": "no"}))
    assert (quietly.state, quietly.closed_at) == (S.CLOSED, NOW)


def test_who_has_it() -> None:
    sent = Ticket(TicketType.COMPLAINT, S.AUDITING, home="js", target="js")
    sent = workflow.step(sent, Happening(A.ASSIGN, NOW, "", {"target": "js-nj", "target_tier": "C"}))
    assert workflow.responsible(sent) == ("", "js-nj")
    taken = workflow.step(sent, Happening(A.ACCEPT, NOW, actor="8302"))
    assert workflow.responsible(taken) == ("8302", "js-nj")
    replied = workflow.step(taken, good(A.REPLY))
    assert workflow.responsible(replied) == ("", "js")
    audited = replace(replied, state=S.RESULT_AUDIT)
    again = workflow.step(audited, good(A.AUDIT_FAIL))
    assert workflow.responsible(again) == ("8302", "js-nj")
