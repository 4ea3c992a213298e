"""Notices by telephone: a way out like the others, by day only, and done when it was heard."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from acd.contracts.commands import SpeakNotice
from agent_api import effects
from agent_api.customers import notices
from agent_api.customers.models import Customer
from agent_api.messages import service, workflow
from agent_api.messages.aftermath import MessageAftermath
from agent_api.messages.gateways.port import Letter
from agent_api.messages.gateways.voice import VoiceGateway
from agent_api.messages.models import Message
from tests.component.agent_api.acd_double import AcdDouble
from tests.component.agent_api.harness import NOW, ZONE, Desk, Served, served
from tests.support.events import Stream
from tests.support.mosquitto import Mosquitto
from tests.support.processes import eventually_async

pytestmark = pytest.mark.component

ORDER = "YW20261118000001"
VALUES = {"service": "彩铃", "order_no": ORDER, "reason": "-"}
SAID = ("notice/told", "order/state_done", "notice/order", *(f"digits/{digit}" for digit in ORDER.removeprefix("YW")))
NOON, NIGHT = datetime(2026, 11, 18, 4, tzinfo=UTC), datetime(2026, 11, 18, 15, tzinfo=UTC)
FIXED_LINE = "02588880001"


@pytest.fixture
async def line(demo_database: str, mosquitto: Mosquitto, acd: AcdDouble) -> AsyncIterator[Served]:
    async with served(demo_database, mosquitto.settings) as running:

        async def is_up() -> bool:
            return running.context.board.acd_up

        await eventually_async(is_up, "the desk hears the ACD", within=30)
        yield running


async def told(desk: Desk, number: str, template: str = "order.completed") -> Message:
    async with desk.context.db.write() as session:
        customer = await session.get_one(Customer, "C000001")
        customer.contact_number = number
        await notices.tell(session, customer, template, VALUES | {"number": "1"}, NOW)
    async with desk.context.db.read() as session:
        return (await session.scalars(select(Message).where(Message.template == template))).one()


def ways(message: Message) -> list[str]:
    return [message.channel, *(each["channel"] for each in message.fallbacks)]


async def test_a_mobile_gets_a_text_and_is_rung_at_last(desk: Desk) -> None:
    message = await told(desk, "13900000001")
    assert ways(message) == ["sms", "email", "voice"]
    assert desk.context.post_office.sender.letter(message).prompts == SAID


async def test_a_fixed_line_takes_no_texts_and_is_rung(desk: Desk) -> None:
    assert ways(await told(desk, FIXED_LINE)) == ["voice", "email"]


async def test_what_no_prompt_says_is_not_told_by_telephone(desk: Desk) -> None:
    assert ways(await told(desk, FIXED_LINE, "password.locked")) == ["sms", "email"]


async def sent(line: Served, at: datetime, letter: Letter) -> workflow.Fact:
    return await VoiceGateway(line.context.commands, lambda: at, ZONE).send(letter)


async def test_by_day_the_acd_rings_and_at_night_it_waits(line: Served, acd: AcdDouble) -> None:
    letter = Letter("m-17", FIXED_LINE, "", "", language="en", prompts=SAID)
    assert await sent(line, NIGHT, letter) == workflow.Postponed(datetime(2026, 11, 19, tzinfo=UTC))
    silent = await sent(line, NOON, Letter("m-17", FIXED_LINE, "", ""))
    assert silent == workflow.Refused("no words for the telephone", for_good=True)
    nobody = await sent(line, NOON, Letter("m-17", "nobody", "", "", prompts=SAID))
    assert nobody == workflow.Refused("bad number", for_good=True)
    assert acd.commands == []

    async def is_accepted() -> bool:  # the bus may be slow to come up
        return await sent(line, NOON, letter) == workflow.Accepted("m-17", receipt_follows=True)

    await eventually_async(is_accepted, "the ACD took it", within=30)
    command = acd.commands[-1]
    assert isinstance(command, SpeakNotice)
    assert (command.number, command.language, command.prompts) == (FIXED_LINE, "en", SAID)


@pytest.mark.parametrize(("ok", "state", "error"), [(True, "completed", ""), (False, "in_progress", "hung up")])
async def test_heard_is_done_and_not_heard_is_tried_again(desk: Desk, ok: bool, state: str, error: str) -> None:
    message_id = (await told(desk, FIXED_LINE)).message_id
    stream = Stream(at=NOW)
    stream.add("notice.finished", notice_id=message_id, ok=ok, reason=error)
    async with desk.context.db.write() as session:
        for fact in (workflow.Taken(), workflow.Accepted(message_id, receipt_follows=True)):
            await service.tell(session, message_id, fact, NOW)
        applied = await effects.apply(session, stream.events, ZONE)
        await MessageAftermath(False, desk.clock)(session, stream.events, applied)
        found = await service.get(session, message_id)
        assert (found.state, found.channel, found.error) == (state, "voice", error)
