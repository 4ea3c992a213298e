"""Random lives of tickets of every flow, held against the invariants of requirements.md 2.8.6."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from agent_api.tickets import workflow
from agent_api.tickets.words import Act, Happening, Refusal, State, Ticket, TicketType

pytestmark = pytest.mark.unit

START = datetime(2026, 11, 18, 6, tzinfo=UTC)
COUNTERS = {
    Act.RETURN: "returns",
    Act.AUDIT_FAIL: "failed_audits",
    Act.DISSATISFIED: "dissatisfied",
    Act.REOPEN: "round",
    Act.URGE: "urges",
    Act.SUPERVISE: "supervisions",
    Act.NOT_FIXED: "not_fixed",
}
FINAL = frozenset({State.CANCELLED, State.REJECTED})
DATA = {
    "target": "js-nj", "target_tier": "C", "leader": "8303", "result": "已处理", "duty_reason": "误开通",
    "consent": "yes", "merged_into": "TS1", "parent": "TS2", "subtask": "网络部", "line_test": "正常",
    "prevention": "复核",
}  # fmt: skip
REASONS = {Act.RETURN: "WRONG_UNIT", Act.ESCALATE: "POLICY", Act.NOT_NATIONAL: "NOT_NATIONAL"}


class Life(RuleBasedStateMachine):
    """One ticket, to which anybody tries anything at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.told: list[Happening] = []

    @initialize(kind=st.sampled_from(TicketType), tier=st.sampled_from("PC"))
    def open(self, kind: TicketType, tier: str) -> None:
        self.first = workflow.start(kind, tier, home="js", at=self.now)
        self.ticket = self.first

    @rule(act=st.sampled_from(Act), minutes=st.integers(0, 3000), who=st.sampled_from(("8301", "8302", "system")))
    def attempt(self, act: Act, minutes: int, who: str) -> None:
        self.now += timedelta(minutes=minutes)
        self._do(act, who)

    @rule(place=st.integers(0, 30), minutes=st.integers(0, 60))
    def go_on(self, place: int, minutes: int) -> None:
        """Something that is possible, so that lives get far."""
        self.now += timedelta(minutes=minutes)
        if possible := workflow.allowed(self.ticket, self.now):
            self._do(possible[place % len(possible)], "8301")

    def _do(self, act: Act, who: str) -> None:
        until = (self.now + timedelta(days=3)).isoformat()
        data = DATA | {"until": until, "owner": who} | ({"reason": REASONS[act]} if act in REASONS else {})
        done, before = Happening(act, self.now, "说明", data, who), self.ticket
        try:
            self.ticket = workflow.step(before, done)
        except Refusal as refusal:
            self.refused = refusal.code
            return
        self.told.append(done)
        self._check(before, done)

    def _check(self, before: Ticket, done: Happening) -> None:
        after = self.ticket
        if (counter := COUNTERS.get(done.act)) is not None:
            expected = 0 if counter == "returns" and done.act is Act.REOPEN else getattr(before, counter) + 1
            assert getattr(after, counter) == expected
        if after.state is State.ARCHIVED and before.state is not State.ARCHIVED:
            assert before.state in (State.CLOSED, State.NOTIFIED, State.ANSWERED)
        assert before.state not in FINAL or done.act is Act.CORRESPOND, "only letters come after the end"
        if before.legal_due is not None and after.legal_due is not None:
            assert after.legal_due <= before.legal_due

    @invariant()
    def it_is_open_or_closed(self) -> None:
        if hasattr(self, "ticket") and self.ticket.state is not State.DRAFT:
            assert workflow.is_open(self.ticket) is (self.ticket.closed_at is None)

    @invariant()
    def somebody_has_it(self) -> None:
        if hasattr(self, "ticket"):
            assert workflow.responsible(self.ticket)[1]
            assert workflow.is_open(self.ticket) or not self.ticket.owner

    @invariant()
    def its_timeline_tells_it_all(self) -> None:
        if hasattr(self, "ticket"):
            assert workflow.rebuild(self.first, self.told) == self.ticket


TestLives = Life.TestCase
TestLives.settings = settings(max_examples=60, stateful_step_count=40)
