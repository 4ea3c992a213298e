"""Visits: planned after finished work, taken once, called, recorded; what dissatisfied customers bring about."""

import asyncio
import io
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from agent_api.auth import service as auth
from agent_api.customers.models import Customer
from agent_api.messages.models import Message
from agent_api.tickets import service as tickets
from agent_api.tickets.words import Act, TicketType
from agent_api.visits import repository, service
from agent_api.visits.flow import State
from agent_api.visits.models import Visit
from agent_api.visits.planner import VisitPlanner
from agent_api.visits.rules import rules
from tests.component.agent_api.harness import ZONE, Desk, ask

pytestmark = pytest.mark.component
REPLY = {"result": "已退费", "duty_reason": "误开通", "contacted": "yes"}


async def look(desk: Desk) -> int:
    return await VisitPlanner(desk.context.db, desk.clock, ZONE).look()


async def ticket(desk: Desk, *steps: tuple[Act, dict[str, str]], kind: TicketType = TicketType.COMPLAINT) -> str:
    """Of the demo's first customer, taken so far by the people of the house."""
    async with desk.context.db.write() as session:
        agent, handler = await auth.principal(session, "8001"), await auth.principal(session, "8301")
        new = tickets.NewTicket(kind, "多收费", "", "T.VISIT.1", customer_id="C000001")
        number = (await tickets.create(session, new, agent, desk.clock(), ZONE)).row.ticket_no
        for act, data in steps:
            await tickets.act(session, number, act, handler, desk.clock(), "", data)
    return number


async def asked(desk: Desk) -> str:
    """A complaint that waits for the customer's word."""
    return await ticket(
        desk,
        (Act.TO_DISPATCH, {}),
        (Act.ASSIGN, {"target": "js"}),
        (Act.ACCEPT, {}),
        (Act.REPLY, REPLY),
        (Act.OPEN_REPLY, {}),
        (Act.AUDIT_OK, {}),
    )


async def visit_of(desk: Desk, number: str) -> Visit:
    async with desk.context.db.read() as session:
        rows, _ = await repository.page(session, repository.Wanted(subject_no=number), 10, 0)
    return rows[0]


async def state_of(desk: Desk, number: str) -> str:
    async with desk.context.db.read() as session:
        return (await tickets.case(session, number)).row.state


async def told(client: httpx.AsyncClient, visit_no: str, outcome: str, **more: Any) -> Any:
    assert (await client.post(f"/api/v1/visits/{visit_no}/take")).status_code == 200
    answer = await client.post(f"/api/v1/visits/{visit_no}/result", json={"outcome": outcome, **more})
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_a_visit_is_planned_once_taken_called_and_recorded(desk: Desk) -> None:
    await look(desk)
    number = await asked(desk)
    assert (await look(desk), await look(desk)) == (1, 0)
    visit = await visit_of(desk, number)
    assert (visit.rule_id, visit.first_owner, visit.due_at - visit.planned_at) == (
        "ticket-callback", "8001", rules()["ticket-callback"].fast,
    )  # fmt: skip
    async with desk.signed_in("8001") as agent, desk.signed_in("8002") as other:
        taken = (await agent.post("/api/v1/visits/next")).json()
        assert taken["visit_no"] == visit.visit_no, "what one took down oneself comes first"
        assert taken["contact_masked"] != (await agent.post(f"/api/v1/visits/{visit.visit_no}/call")).json()["number"]
        assert (await other.post(f"/api/v1/visits/{visit.visit_no}/take")).json()["code"] == "visit.taken"
        assert (await other.post(f"/api/v1/visits/{visit.visit_no}/call")).status_code == 403
        said = {"answers": {"处理结果是否认可": "认可"}}
        done = await told(agent, visit.visit_no, "satisfied", **said)
        assert (done["state"], done["result"], done["answers"]) == ("DONE", "satisfied", said["answers"])
        assert await state_of(desk, number) == "CLOSED"
        desk.clock.move(minutes=1)
        story = (await agent.get("/api/v1/customers/C000001/timeline")).json()
        assert visit.visit_no in [each["ref"] for each in story["items"] if each["kind"] == "visit"]
    assert await look(desk) == 0, "a customer who was asked is not asked again"


async def test_a_dissatisfied_customers_ticket_goes_back(desk: Desk) -> None:
    number = await asked(desk)
    await look(desk)
    visit = await visit_of(desk, number)
    async with desk.signed_in("8002") as agent:
        done = await told(agent, visit.visit_no, "dissatisfied", comment="仍有扣费")
    assert (done["follow_up"], await state_of(desk, number)) == (number, "REPROCESSING")
    async with desk.signed_in("8001") as first:
        alerts = (await first.get("/api/v1/ticket-alerts")).json()
        assert ("visited", number) in [(each["kind"], each["ticket_no"]) for each in alerts]


async def test_three_misses_on_two_days_close_ticket_and_visit(desk: Desk) -> None:
    number = await asked(desk)
    await look(desk)
    visit = await visit_of(desk, number)
    results = []
    for hours in (0, 3, 24):
        desk.clock.move(hours=hours)
        async with desk.signed_in("8002") as agent:
            results.append((await told(agent, visit.visit_no, "no_answer"))["state"])
    assert results == ["PLANNED", "PLANNED", "DONE"]
    assert ((await visit_of(desk, number)).result, await state_of(desk, number)) == ("unreached", "CLOSED")


async def test_a_ticket_closed_on_the_line_is_asked_and_reopened_when_bad(desk: Desk) -> None:
    number = await ticket(desk, (Act.SOLVE_ONLINE, {"consent": "yes"}))
    await look(desk)
    visit = await visit_of(desk, number)
    assert visit.rule_id == "complaint-unasked"
    async with desk.signed_in("8002") as agent:
        done = await told(agent, visit.visit_no, "dissatisfied")
    assert (done["follow_up"], await state_of(desk, number)) == (number, "REOPENED")


async def test_what_was_answered_on_the_ticket_itself_needs_no_call(desk: Desk) -> None:
    number = await asked(desk)
    await look(desk)
    async with desk.context.db.write() as session:
        await tickets.act(session, number, Act.SATISFIED, await auth.principal(session, "8101"), desk.clock(), "", {})
    await look(desk)
    visit = await visit_of(desk, number)
    assert (visit.state, visit.result, visit.attempts) == (State.DONE, "satisfied", 0)


async def test_a_stopped_line_is_asked_about_on_the_other_number(desk: Desk) -> None:
    body = {"number": "13900000001", "proof": "password", "secret": "135790", "call_id": "n1-1.1"}
    assert (await ask(desk, "emergency/suspend", **body))["result"] == "ok"
    await look(desk)
    async with desk.context.db.read() as session:
        (visit,) = await session.scalars(
            select(Visit).where(Visit.subject_kind == "emergency", Visit.customer_id == "C000001")
        )
    assert visit.contact_number == "13700000001"
    async with desk.signed_in("8002") as agent:
        done = await told(agent, visit.visit_no, "dissatisfied", comment="不是本人申请")
    assert await state_of(desk, done["follow_up"]) == "ACCEPTED", "a complaint of its own"


async def test_a_plan_leaves_out_who_refused_such_calls(desk: Desk) -> None:
    async with desk.context.db.write() as session:
        (await session.get_one(Customer, "C000002")).consent = {"care_call": False}
    async with desk.signed_in("8201") as lead:
        body = {"title": "关怀", "rule_id": "care", "customer_ids": ["C000001", "C000002", "C000001", "C999999"]}
        plan = (await lead.post("/api/v1/visit-plans", json=body)).json()
        assert (plan["visits"], plan["left_out"]) == (1, {"C000002": "no_consent", "C999999": "unknown"})
        listed = (await lead.get("/api/v1/visits", params={"plan_id": plan["plan_id"]})).json()
        (visit,) = listed["items"]
        assert plan["plan_id"] in [each["plan_id"] for each in (await lead.get("/api/v1/visit-plans")).json()]
        done = await told(lead, visit["visit_no"], "wrong_number")
        assert (done["state"], done["result"]) == ("DONE", "unreached")
        span = {"start": "2026-11-18T00:00:00Z", "end": "2026-11-19T00:00:00Z"}
        (figure,) = [each for each in (await lead.get("/api/v1/visits/figures", params=span)).json()
                     if each["rule_id"] == "care" and each["unreached"]]  # fmt: skip
        assert figure["reached"] == 0
        file = await lead.get("/api/v1/visits/export", params=span)
        sheet = load_workbook(io.BytesIO(file.content)).active
        assert sheet is not None
        assert visit["visit_no"] in [row[0] for row in sheet.iter_rows(values_only=True)]
        bad = await lead.post("/api/v1/visit-plans", json=body | {"rule_id": "order-finished"})
        assert bad.json()["code"] == "visit.bad_plan"
    async with desk.context.db.read() as session:
        texts = await session.scalars(select(Message).where(Message.template == "visit.unreached"))
    assert len(texts.all()) == 1


async def test_two_at_once_get_different_visits_and_leases_end(desk: Desk) -> None:
    numbers = [await asked(desk), await asked(desk)]
    await look(desk)

    async def take(agent_no: str) -> str:
        async with desk.context.db.write() as session:
            row = await service.take(session, await auth.principal(session, agent_no), desk.clock())
            assert row is not None
            return row.subject_no

    assert sorted(await asyncio.gather(take("8001"), take("8002"))) == sorted(numbers)
    desk.clock.move(minutes=30)
    await look(desk)
    assert (await visit_of(desk, numbers[0])).state == State.PLANNED
    desk.clock.move(hours=48)
    await look(desk)
    assert (await visit_of(desk, numbers[0])).overdue


async def test_another_time_is_kept_and_questions_are_the_rules_own(desk: Desk) -> None:
    number = await asked(desk)
    await look(desk)
    visit = await visit_of(desk, number)
    async with desk.signed_in("8002") as agent:
        await agent.post(f"/api/v1/visits/{visit.visit_no}/take")
        odd = await agent.post(
            f"/api/v1/visits/{visit.visit_no}/result", json={"outcome": "satisfied", "answers": {"?": "!"}}
        )
        assert odd.json()["code"] == "visit.unknown_question"
        later = await told(agent, visit.visit_no, "later", next_at="2026-11-19T02:00:00Z")
        assert (later["state"], later["next_at"], later["agent_no"]) == ("PLANNED", "2026-11-19T02:00:00Z", "")
        due = (await agent.get("/api/v1/visits", params={"state": "due", "subject_no": number})).json()
        assert due["total"] == 0
        assert (await agent.post(f"/api/v1/visits/{visit.visit_no}/cancel", json={"reason": "x"})).status_code == 403
    async with desk.signed_in("8101") as lead:
        gone = await lead.post(f"/api/v1/visits/{visit.visit_no}/cancel", json={"reason": "客户来电说明"})
        assert gone.json()["state"] == "CANCELLED"
