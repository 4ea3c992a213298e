"""SMS over a real SMPP line: sent, received in parts, acknowledged, answered, lost and found again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import TypeVar

import pytest
from pydantic import SecretStr
from sqlalchemy import select

from agent_api.calls.models import Call
from agent_api.jobs import Job
from agent_api.messages import service
from agent_api.messages.gateways.port import Letter
from agent_api.messages.gateways.smpp import SmppGateway
from agent_api.messages.gateways.sms_text import Receipt
from agent_api.messages.models import Message, SmsSurvey
from agent_api.messages.outgoing import Channel, Outgoing, Route
from agent_api.messages.settings import MessageSettings, SmppSettings
from agent_api.messages.workflow import Accepted, Fact, Refused
from tests.component.agent_api.harness import Desk, desk_on
from tests.support.processes import eventually_async
from tests.support.smsc import Smsc, smsc

pytestmark = pytest.mark.component

T = TypeVar("T")


@pytest.fixture
async def center() -> AsyncIterator[Smsc]:
    async with smsc() as running:
        yield running


class Line:
    """A gateway with its line, and what came back over it."""

    def __init__(self, port: int, password: str = "secret") -> None:
        self.receipts: asyncio.Queue[Receipt] = asyncio.Queue()
        self.texts: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        settings = SmppSettings(port=port, password=SecretStr(password))
        self.gateway = SmppGateway(settings, self.receipts.put, self._text)

    async def _text(self, number: str, text: str) -> None:
        await self.texts.put((number, text))

    async def send(self, text: str, number: str = "13900000001") -> Fact:
        return await self.gateway.send(Letter("m1", number, "", text))


@asynccontextmanager
async def post_office_on(database_url: str, center: Smsc) -> AsyncIterator[Desk]:
    """The desk with its sender and its line to the centre."""
    smpp = SmppSettings(port=center.port, password=SecretStr("secret"))
    async with desk_on(database_url, messages=MessageSettings(sms="smpp", smpp=smpp)) as desk:
        line = asyncio.create_task(desk.context.post_office.run())
        sender = asyncio.create_task(Job("send", timedelta(0), desk.context.post_office.sender.work).run())
        await center.bound()
        yield desk
        for running in (line, sender):
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running


@asynccontextmanager
async def line_to(center: Smsc) -> AsyncIterator[Line]:
    line = Line(center.port)
    running = asyncio.create_task(line.gateway.run())
    try:
        await up(line)
        yield line
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def up(line: Line, wanted: bool = True) -> None:
    async with asyncio.timeout(10):
        while line.gateway.up is not wanted:  # noqa: ASYNC110 - polls what has no event of its own
            await asyncio.sleep(0.01)


async def soon(queue: asyncio.Queue[T]) -> T:
    async with asyncio.timeout(10):
        return await queue.get()


async def test_a_chinese_text_arrives_and_its_receipt_comes_back(center: Smsc) -> None:
    async with line_to(center) as line:
        sent = await line.send("【畅联通信】您的验证码为135246。")
        (got,) = await center.submitted()
        assert sent == Accepted(got["id"], receipt_follows=True)
        assert (got["to"], got["from"], got["text"]) == ("13900000001", "10010", "【畅联通信】您的验证码为135246。")
        assert (got["coding"], got["receipted"]) == (8, 1)
        assert await soon(line.receipts) == Receipt(got["id"], "DELIVRD")


async def test_a_long_text_goes_in_parts_and_the_last_one_asks_for_a_receipt(center: Smsc) -> None:
    async with line_to(center) as line:
        text = "您本月的话费共计一百二十八元五角，" * 10
        sent = await line.send(text)
        got = await center.submitted(3)
        assert "".join(each["text"] for each in got) == text
        assert [each["udh"][0][6:] for each in got] == ["0301", "0302", "0303"]
        assert len({each["udh"][0][:6] for each in got}) == 1
        assert [each["receipted"] for each in got] == [0, 0, 1]
        assert sent == Accepted(got[-1]["id"], receipt_follows=True)


async def test_a_text_that_did_not_arrive(center: Smsc) -> None:
    async with line_to(center) as line:
        sent = await line.send("您好", "13900001111")
        assert isinstance(sent, Accepted)
        assert await soon(line.receipts) == Receipt(sent.gateway_id or "", "UNDELIV")


@pytest.mark.parametrize(("number", "for_good"), [("13900000000", True), ("13900009999", False)])
async def test_what_the_centre_refuses(center: Smsc, number: str, for_good: bool) -> None:
    async with line_to(center) as line:
        refused = await line.send("您好", number)
        assert isinstance(refused, Refused)
        assert refused.for_good is for_good
        assert "139" not in refused.error


async def test_a_customer_answers(center: Smsc) -> None:
    async with line_to(center) as line:
        await center.write("13900000001", "1")
        assert await soon(line.texts) == ("13900000001", "1")
        await center.write("13900000001", "不满意")
        assert await soon(line.texts) == ("13900000001", "不满意")


async def test_a_lost_line_comes_back_by_itself(center: Smsc) -> None:
    async with line_to(center) as line:
        await center.hang_up()
        await up(line, False)
        assert await line.send("您好") == Refused("no line to the SMS centre")
        await up(line)
        assert isinstance(await line.send("您好"), Accepted)


async def test_a_wrong_password_is_no_line(center: Smsc) -> None:
    line = Line(center.port, "wrong")
    running = asyncio.create_task(line.gateway.run())
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1.5):
            await up(line)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
    assert not any(event["event"] == "bound" for event in center.seen)


@pytest.mark.parametrize(
    ("number", "state", "receipt"), [("13900000001", "completed", "delivered"), ("13900001111", "in_progress", None)]
)
async def test_a_message_is_over_when_its_receipt_is_there(
    demo_database: str, center: Smsc, number: str, state: str, receipt: str | None
) -> None:
    async with post_office_on(demo_database, center) as desk:
        outgoing = Outgoing("ticket.accepted", (Route(Channel.SMS, number),), {"ticket_no": "TS1"})
        async with desk.context.db.write() as session:
            message_id = await service.queue(session, outgoing, desk.clock())

        async def known() -> bool:
            async with desk.context.db.read() as session:
                found = await session.get_one(Message, message_id)
            return (found.state, found.receipt) == (state, receipt) and found.attempts == 1

        await eventually_async(known, "the receipt was noted", within=15)
        assert (await center.submitted())[0]["text"].startswith("【畅联通信】您反映的问题已受理")


async def test_a_lost_line_is_told_in_health(demo_database: str, center: Smsc) -> None:
    async with post_office_on(demo_database, center) as desk, desk.client() as client:

        async def sms() -> bool:
            parts = {each["name"]: each["ok"] for each in (await client.get("/health")).json()["parts"]}
            return bool(parts["sms"])

        async def lost() -> bool:
            return not await sms()

        await eventually_async(sms, "the line is up")
        await center.close()
        await eventually_async(lost, "the lost line is told")


async def test_a_customers_text_answers_the_survey(demo_database: str, center: Smsc) -> None:
    async with post_office_on(demo_database, center) as desk:
        async with desk.context.db.write() as session:
            call_id = str(await session.scalar(select(Call.call_id).where(Call.satisfaction.is_(None)).limit(1)))
            question = SmsSurvey(call_id=call_id, customer_id=None, number="13900000001", asked_at=desk.clock())
            session.add(question)
        await center.write("8613900000001", "3")

        async def answered() -> bool:
            async with desk.context.db.read() as session:
                return (await session.get_one(Call, call_id)).satisfaction == 3

        await eventually_async(answered, "the answer is the call's", within=15)
