"""The survey by SMS on a real bus: who is asked after a call, and what becomes of an answer; faxes that went out."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select

from acd.contracts.commands import SendFax
from acd.contracts.events import FaxFinished
from agent_api import effects
from agent_api.calls.models import Call
from agent_api.messages import service
from agent_api.messages.models import Message, SmsSurvey
from agent_api.messages.outgoing import Channel, Outgoing, Route
from agent_api.messages.settings import MessageSettings
from tests.component.agent_api.acd_double import AcdDouble
from tests.component.agent_api.harness import SERVICE, Served, served
from tests.support.mosquitto import Mosquitto
from tests.support.processes import eventually_async

pytestmark = pytest.mark.component

MINE = "13900000001"


@pytest.fixture
async def desk(demo_database: str, mosquitto: Mosquitto, acd: AcdDouble, tmp_path: Path) -> AsyncIterator[Served]:
    settings = MessageSettings(survey_by_sms=True)
    async with served(demo_database, mosquitto.settings, messages=settings, home_folder=tmp_path) as running:

        async def healthy() -> bool:
            async with running.signed_in("8101") as client:
                return bool((await client.get("/health")).json()["status"] == "ok")

        await eventually_async(healthy, "the bus is connected and the ACD is seen")
        yield running


async def asked(desk: Served) -> list[SmsSurvey]:
    async with desk.context.db.read() as session:
        return list(await session.scalars(select(SmsSurvey)))


async def call_of(desk: Served, call_id: str) -> Call:
    async with desk.context.db.read() as session:
        return await session.get_one(Call, call_id)


async def ended(desk: Served, call_id: str) -> None:
    async def is_over() -> bool:
        async with desk.context.db.read() as session:
            call = await session.get(Call, call_id)
        return call is not None and call.ended_at is not None

    await eventually_async(is_over, f"{call_id} is over")


async def wrote(desk: Served, number: str, text: str) -> str:
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{desk.port}", headers=SERVICE, trust_env=False) as ivr:
        answer = await ivr.post("/internal/v1/sms-inbound", json={"number": number, "text": text})
    return str(answer.json()["result"])


async def talk(acd: AcdDouble, desk: Served, call_id: str, number: str = MINE, grade: int | None = None) -> None:
    """A call with an agent, from the first ring to the end."""
    add = acd.stream.add
    events = [
        add("call.offered", call_id=call_id, direction="inbound", did="10010", caller_number=number),
        add("call.connected", 5, call_id=call_id, queue="general", agent_id="8001", wait_ms=9000, ring_ms=5000),
    ]
    if grade is not None:
        events.append(add("call.surveyed", 1, call_id=call_id, agent_id="8001", satisfaction=grade))
    end: dict[str, Any] = {"hangup_side": "customer", "hangup_cause": 16, "talk_ms": 1000, "hold_ms": 0}
    events.append(add("call.ended", call_id=call_id, agent_id="8001", **end))
    await acd.publish(*events)
    await ended(desk, call_id)


async def test_who_did_not_answer_is_asked_and_the_answer_is_the_calls(desk: Served, acd: AcdDouble) -> None:
    await talk(acd, desk, "n1-1.1")

    async def arrived() -> bool:
        async with desk.context.db.read() as session:
            return bool(await service.sink_texts(session, MINE))

    await eventually_async(arrived, "the question arrived")
    assert await wrote(desk, MINE, "退订") == "ignored"
    assert await wrote(desk, MINE, " 2 一般") == "ok"
    assert (await call_of(desk, "n1-1.1")).satisfaction == 2
    async with desk.context.db.write() as session:
        await effects.rebuild(session)
    assert (await call_of(desk, "n1-1.1")).satisfaction == 2, "also after a rebuild of the figures"
    (survey,) = await asked(desk)
    assert (survey.answer, survey.customer_id) == (2, "C000001")
    assert await wrote(desk, MINE, "1") == "ignored", "answered once"


async def test_once_a_day_only(desk: Served, acd: AcdDouble) -> None:
    await talk(acd, desk, "n1-1.1")
    await talk(acd, desk, "n1-1.2")
    assert [each.call_id for each in await asked(desk)] == ["n1-1.1"]


async def test_who_answered_on_the_telephone_is_not_asked_again(desk: Served, acd: AcdDouble) -> None:
    await talk(acd, desk, "n1-1.1", grade=1)
    await talk(acd, desk, "n1-1.2")
    assert await asked(desk) == []


async def test_only_telephones_that_can_read_are_asked(desk: Served, acd: AcdDouble) -> None:
    for number, call_id in (("02588880001", "n1-1.1"), ("", "n1-1.2"), ("anonymous", "n1-1.3")):
        await talk(acd, desk, call_id, number)
    assert await asked(desk) == []


async def test_nobody_is_asked_about_an_old_call(desk: Served, acd: AcdDouble) -> None:
    acd.stream.at = acd.stream.at.replace(year=2025)
    await talk(acd, desk, "n1-1.1")
    assert await asked(desk) == []


async def fax(desk: Served) -> str:
    async with desk.context.db.write() as session:
        outgoing = Outgoing("fax.document", (Route(Channel.FAX, "02588880001"),), {"title": "资费表", "text": "月费"})
        return await service.queue(session, outgoing, desk.context.clock())


async def message(desk: Served, message_id: str) -> Message:
    async with desk.context.db.read() as session:
        return await session.get_one(Message, message_id)


@pytest.mark.parametrize(("ok", "state"), [(True, "completed"), (False, "in_progress")])
async def test_a_fax_is_asked_for_and_its_end_is_heard(desk: Served, acd: AcdDouble, ok: bool, state: str) -> None:
    message_id = await fax(desk)

    async def accepted() -> bool:
        return (await message(desk, message_id)).receipt == "awaited"

    await eventually_async(accepted, "the ACD took the fax")
    (command,) = [each for each in acd.commands if isinstance(each, SendFax)]
    assert (command.fax_id, command.number) == (message_id, "02588880001")
    pages = await asyncio.to_thread(Path(command.file).read_bytes)
    assert pages.startswith(b"II"), "a TIFF"
    await acd.publish(acd.stream.add("fax.finished", fax_id=message_id, ok=ok, pages=1, reason="" if ok else "BUSY"))

    async def over() -> bool:
        return (await message(desk, message_id)).receipt != "awaited"

    await eventually_async(over, "the end of the fax was noted")
    found = await message(desk, message_id)
    assert (found.state, found.error) == (state, "" if ok else "BUSY")


async def test_a_fax_on_a_callers_own_call_is_nobodys_message(desk: Served, acd: AcdDouble) -> None:
    event = acd.stream.add("fax.finished", fax_id="n1-9.9", ok=True, pages=1)
    assert isinstance(event, FaxFinished)
    await acd.publish(event)
    await talk(acd, desk, "n1-1.1")


async def test_without_the_setting_nobody_is_asked(demo_database: str, mosquitto: Mosquitto, acd: AcdDouble) -> None:
    async with served(demo_database, mosquitto.settings, consumer=f"c-{uuid4().hex[:8]}") as desk:
        await talk(acd, desk, "n1-1.1")
        assert await asked(desk) == []
