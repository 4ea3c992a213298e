"""The stages of requirements.md 2.12: every state of every kind of work has one, and each stage occurs."""

from datetime import UTC, datetime, timedelta

import pytest

from agent_api.channels.flow import State as ContactState
from agent_api.orders.workflow import State as OrderState
from agent_api.pool import stages
from agent_api.pool.items import Item, order_of_giving
from agent_api.pool.stages import STAGE_TITLES, Kind, Seen, Stage
from agent_api.tickets.words import State
from agent_api.visits.flow import State as VisitState

pytestmark = pytest.mark.unit
NOW = datetime(2026, 11, 18, 6, tzinfo=UTC)
SEEN = [Seen(), Seen(held=True, owned=True), Seen(owned=True), Seen(owned=True, returned=True), Seen(merged=True)]
ORDERED = [Seen(owned=True, orders=(state.value,)) for state in OrderState]


def test_every_stage_is_reached_and_named() -> None:
    found = {stages.of_ticket(state, seen) for state in State for seen in [*SEEN, *ORDERED]}
    assert found == set(Stage) == set(STAGE_TITLES)
    for state in ContactState:
        assert stages.of_contact(state, held=False) in Stage
    for order in OrderState:
        assert stages.of_order(order, held=True) in Stage
    assert {stages.of_visit(state) for state in VisitState} == {
        Stage.POOLED, Stage.CLAIMED, Stage.CUSTOMER_TOLD, Stage.ARCHIVED,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("state", "seen", "stage"),
    [
        (State.AUDITING, Seen(), Stage.POOLED),
        (State.AUDITING, Seen(held=True, owned=True), Stage.CLAIMED),
        (State.AUDITING, Seen(owned=True), Stage.VERIFYING),
        (State.AUDITING, Seen(owned=True, returned=True), Stage.RETURNED_TO_FRONT),
        (State.DISPATCHED, Seen(owned=True, returned=True), Stage.DISPATCHED),
        (State.PROCESSING, Seen(owned=True), Stage.TRACKING),
        (State.REPLIED, Seen(), Stage.REPLY_READY),
        (State.CALLBACK, Seen(), Stage.CUSTOMER_TOLD),
        (State.CLOSED, Seen(), Stage.SOLVED),
        (State.CANCELLED, Seen(merged=True), Stage.MERGED),
        (State.WORKING, Seen(owned=True, orders=("SUBMITTED",)), Stage.ORDER_SUBMITTED),
        (State.WORKING, Seen(owned=True, orders=("NOTIFIED", "IN_PROGRESS")), Stage.TRACKING),
        (State.WORKING, Seen(owned=True, orders=("NOTIFIED",)), Stage.REPLY_READY),
        (State.CLOSED, Seen(owned=True, orders=("IN_PROGRESS",)), Stage.SOLVED),
    ],
)
def test_a_ticket_is_in_the_stage_of_its_state(state: State, seen: Seen, stage: Stage) -> None:
    assert stages.of_ticket(state, seen) is stage


@pytest.mark.parametrize(
    ("found", "stage"),
    [
        (stages.of_contact(ContactState.REGISTERED, held=False), Stage.POOLED),
        (stages.of_contact(ContactState.REGISTERED, held=True), Stage.CLAIMED),
        (stages.of_order(OrderState.SUBMITTED, held=False), Stage.POOLED),
        (stages.of_order(OrderState.FAILED, held=True), Stage.CLAIMED),
        (stages.of_order(OrderState.IN_PROGRESS, held=True), Stage.VERIFYING),
        (stages.of_order(OrderState.IN_PROGRESS, held=False), Stage.TRACKING),
        (stages.of_missed(held=False, promised=False), Stage.POOLED),
        (stages.of_missed(held=True, promised=False), Stage.CLAIMED),
        (stages.of_missed(held=True, promised=True), Stage.TRACKING),
    ],
)
def test_who_holds_other_work_moves_it_on(found: Stage, stage: Stage) -> None:
    assert found is stage


def test_work_is_given_out_by_law_severity_level_and_age() -> None:
    def item(number: str, first: str = "", legal: int | None = None, priority: int = 0, vip: bool = False) -> Item:
        due = None if legal is None else NOW + timedelta(days=legal)
        return Item(Kind.TICKET, number, "", "", Stage.POOLED, "", "js", "", first, due, None, NOW, priority, vip)

    rows = [item("plain"), item("vip", vip=True), item("urgent", priority=20), item("law", legal=9),
            item("sooner", legal=2), item("own", first="8001")]  # fmt: skip
    rows.sort(key=lambda each: order_of_giving(each, "8001"))
    assert [each.number for each in rows] == ["own", "sooner", "law", "urgent", "vip", "plain"]
