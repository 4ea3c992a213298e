"""One dunning case: listed, dialled, gated, answered, disputed, paid."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from acd.contracts.commands import CancelDial, DialDebtor
from agent_api import effects
from agent_api.customers.models import Customer
from agent_api.db import Database
from agent_api.menus.models import MenuVersion
from tests.component.agent_api.acd_double import AcdDouble
from tests.component.agent_api.harness import SERVICE, ZONE, Desk, Served, served
from tests.support.events import Stream
from tests.support.mosquitto import Mosquitto
from tests.support.processes import eventually_async

pytestmark = pytest.mark.component


@pytest.fixture
async def line(demo_database: str, mosquitto: Mosquitto, acd: AcdDouble) -> AsyncIterator[Served]:
    async with served(demo_database, mosquitto.settings) as running:

        async def is_up() -> bool:
            return running.context.board.acd_up

        await eventually_async(is_up, "the desk hears the ACD", within=30)
        yield running


async def cases(client: httpx.AsyncClient) -> list[dict[str, Any]]:
    answer = await client.get("/api/v1/dunning/cases")
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


async def case(client: httpx.AsyncClient, case_id: str) -> dict[str, Any]:
    return next(each for each in await cases(client) if each["case_id"] == case_id)


async def untouched(client: httpx.AsyncClient) -> str:
    return next(str(each["case_id"]) for each in await cases(client) if each["last_result"] is None)


async def dial(client: httpx.AsyncClient, case_id: str) -> str:
    answer = await client.post(f"/api/v1/dunning/cases/{case_id}/dial")
    assert answer.status_code == 200, answer.text
    return str(answer.json()["attempt_id"])


async def finish(db: Database, attempt_id: str, code: str, **fields: Any) -> None:
    stream = Stream(at=datetime.now(UTC))
    stream.add("attempt.started", attempt_id=attempt_id)
    stream.add("attempt.answered", attempt_id=attempt_id, call_id="n1-9.9")
    stream.add("attempt.finished", attempt_id=attempt_id, code=code, talk_ms=20_000, call_id="n1-9.9", **fields)
    async with db.write() as session:
        await effects.apply(session, stream.events, ZONE)


async def test_cases_of_every_stage_masked_longest_overdue_first(desk: Desk) -> None:
    async with desk.signed_in("8103") as client:
        found = await cases(client)
    assert len(found) == 40
    assert {each["stage"] for each in found} >= {"S1", "S2", "S3", "S4", "S5"}
    days = [each["days_overdue"] for each in found]
    assert days == sorted(days, reverse=True)
    assert all("*" in each["name_masked"] and "****" in each["number_masked"] for each in found)
    assert any(each["last_result"] == "PROMISE" and each["state"] == "promised" for each in found)


async def test_the_command_carries_fresh_facts_and_a_deadline(line: Served, acd: AcdDouble) -> None:
    async with line.signed_in("8103") as client:
        case_id = await untouched(client)
        attempt_id = await dial(client, case_id)
        shown = await case(client, case_id)
        attempts = (await client.get("/api/v1/dunning/attempts", params={"case_id": case_id})).json()
    (command,) = acd.commands
    assert isinstance(command, DialDebtor)
    assert command.attempt_id == attempt_id
    assert str(command.debtor.owed_yuan) == shown["owed"]
    assert command.number.startswith("139")
    assert command.debtor.timezone == "Asia/Shanghai"
    assert (datetime.now(UTC) - command.debtor.balance_as_of).total_seconds() < 60
    assert command.not_after > command.debtor.balance_as_of
    assert [(each["attempt_id"], each["requested_by"], each["code"]) for each in attempts] == [
        (attempt_id, "8103", None)
    ]


@pytest.mark.parametrize(
    ("known", "offered", "spoken"), [("en", "zh en", "en"), ("", "zh en", "zh"), ("en", "zh", "zh")]
)
async def test_a_debtor_is_spoken_to_in_his_language_where_the_centre_speaks_it(
    line: Served, acd: AcdDouble, known: str, offered: str, spoken: str
) -> None:
    async with line.signed_in("8103") as client:
        case_id = await untouched(client)
        async with line.context.db.write() as session:
            customer = await session.get_one(Customer, case_id.removeprefix("D-"))
            customer.language = known
            for version in await session.scalars(select(MenuVersion)):
                version.tree = {**version.tree, "languages": offered.split()}
        await dial(client, case_id)
    (command,) = acd.commands
    assert isinstance(command, DialDebtor)
    assert command.language == spoken


async def test_past_attempts_go_with_the_command(line: Served, acd: AcdDouble) -> None:
    async with line.signed_in("8103") as client:
        case_id = await untouched(client)
        await finish(line.context.db, await dial(client, case_id), "NO_ANSWER")
        await finish(line.context.db, await dial(client, case_id), "CONGESTION")
        await dial(client, case_id)
    command = acd.commands[-1]
    assert isinstance(command, DialDebtor)
    assert sorted(past.counted for past in command.debtor.past_attempts) == [False, True]


async def test_a_no_of_the_gate_is_shown_with_its_rule(line: Served, acd: AcdDouble) -> None:
    async with line.signed_in("8103") as client:
        case_id = await untouched(client)
        acd.silent = True
        blocked = client.post(f"/api/v1/dunning/cases/{case_id}/dial")

        async def answer_like_the_gate() -> httpx.Response:
            import asyncio

            asking = asyncio.ensure_future(blocked)

            async def has_asked() -> bool:
                return bool(acd.commands)

            await eventually_async(has_asked, "the command came")
            command = acd.commands[0]
            assert isinstance(command, DialDebtor)
            await acd.publish(
                acd.stream.add("attempt.finished", attempt_id=command.attempt_id, code="BLOCKED", rule="OUT_OF_HOURS"),
                acd.stream.add("command.done", command_id=command.command_id, ok=True),
            )
            return await asking

        answer = await answer_like_the_gate()
        assert answer.status_code == 409
        assert (answer.json()["code"], answer.json()["message"]) == ("dunning.out_of_hours", "不在允许呼叫的时间内")
        assert (await case(client, case_id))["state"] == "open", "the gate's no changes nothing"
        attempts = (await client.get("/api/v1/dunning/attempts", params={"case_id": case_id})).json()
    assert (attempts[0]["code"], attempts[0]["rule"]) == ("BLOCKED", "OUT_OF_HOURS")


async def test_an_acd_without_a_line(line: Served, acd: AcdDouble) -> None:
    acd.refuse_with = "dialer.no_line"
    async with line.signed_in("8103") as client:
        case_id = await untouched(client)
        answer = await client.post(f"/api/v1/dunning/cases/{case_id}/dial")
        assert (answer.status_code, answer.json()["code"]) == (409, "dialer.no_line")
        acd.refuse_with = ""
        await dial(client, case_id)


async def test_one_call_at_a_time(line: Served) -> None:
    async with line.signed_in("8103") as client:
        case_id = await untouched(client)
        await dial(client, case_id)
        answer = await client.post(f"/api/v1/dunning/cases/{case_id}/dial")
    assert (answer.status_code, answer.json()["code"]) == (409, "dunning.in_progress")


async def test_a_dispute_opens_a_complaint_and_stops_the_calls(line: Served, acd: AcdDouble) -> None:
    async with line.signed_in("8103") as client:
        case_id = await untouched(client)
        await finish(line.context.db, await dial(client, case_id), "DISPUTE")
        disputed = await case(client, case_id)
        assert (disputed["state"], disputed["last_result"], disputed["next_allowed_at"]) == (
            "disputed",
            "DISPUTE",
            None,
        )
        ticket = (await client.get(f"/api/v1/tickets/{disputed['dispute_ticket']}")).json()
        assert (ticket["type"], ticket["state"], ticket["created_by"]) == ("complaint", "ACCEPTED", "system")
        assert ticket["customer_id"] == disputed["customer_id"]
        await dial(client, case_id)
    command = acd.commands[-1]
    assert isinstance(command, DialDebtor)
    assert command.debtor.disputed, "the gate is told and will say no"


async def test_a_wrong_person_is_never_called_again(line: Served) -> None:
    async with line.signed_in("8103") as client:
        case_id = await untouched(client)
        await finish(line.context.db, await dial(client, case_id), "WRONG_PERSON")
        answer = await client.post(f"/api/v1/dunning/cases/{case_id}/dial")
    assert (answer.status_code, answer.json()["code"]) == (409, "dunning.number_blocked")


async def test_a_payment_stops_the_call_under_way_and_the_menu_knows(line: Served, acd: AcdDouble) -> None:
    async with (
        line.signed_in("8103") as client,
        httpx.AsyncClient(base_url=str(client.base_url), headers=SERVICE, trust_env=False) as ivr,
    ):
        case_id = await untouched(client)
        attempt_id = await dial(client, case_id)
        owed = (await case(client, case_id))["owed"]
        script = (await ivr.post("/internal/v1/dunning-script", json={"attempt_id": attempt_id})).json()
        assert (script["state"], script["owed"]) == ("open", owed)
        assert len(script["last4"]) == 4
        assert script["month"].startswith("2026-")
        part = (await client.post(f"/api/v1/dunning/cases/{case_id}/payments", json={"amount": "0.01"})).json()
        assert (part["paid"], part["cancelled_attempts"]) == (False, [])
        rest = (await client.post(f"/api/v1/dunning/cases/{case_id}/payments", json={"amount": part["owed"]})).json()
        assert rest == {"owed": "0.00", "paid": True, "cancelled_attempts": [attempt_id]}
        assert isinstance(acd.commands[-1], CancelDial)
        script = (await ivr.post("/internal/v1/dunning-script", json={"attempt_id": attempt_id})).json()
        assert script["state"] == "paid"
        assert case_id not in [each["case_id"] for each in await cases(client)]
        answer = await client.post(f"/api/v1/dunning/cases/{case_id}/dial")
        assert (answer.status_code, answer.json()["code"]) == (409, "dunning.no_debt")


async def test_an_unknown_attempt_says_nothing(desk: Desk) -> None:
    async with desk.client(**SERVICE) as client:
        script = (await client.post("/internal/v1/dunning-script", json={"attempt_id": "nonsense"})).json()
    assert script == {"state": "unknown", "last4": "", "month": "", "owed": "0.00"}


@pytest.mark.parametrize("amount", ["0", "-1", "1.005", "abc"])
async def test_impossible_payments(desk: Desk, amount: str) -> None:
    async with desk.signed_in("8103") as client:
        case_id = await untouched(client)
        answer = await client.post(f"/api/v1/dunning/cases/{case_id}/payments", json={"amount": amount})
    assert answer.status_code == 422
