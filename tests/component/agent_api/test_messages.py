"""Messages in the database: queued with the caller's transaction, taken by one sender only."""

from contextlib import suppress
from datetime import timedelta

import pytest

from agent_api.errors import Refused
from agent_api.messages import service, workflow
from agent_api.messages.models import Message
from agent_api.messages.outgoing import Channel, Document, Outgoing, Route
from tests.component.agent_api.harness import NOW, Desk

pytestmark = pytest.mark.component

SMS = Route(Channel.SMS, "13900000001")
CODE = Outgoing("code.one_time", (SMS,), {"code": "135246"}, expires_at=NOW + timedelta(minutes=5))


async def queue(desk: Desk, outgoing: Outgoing) -> str:
    async with desk.context.db.write() as session:
        return await service.queue(session, outgoing, desk.clock())


async def read(desk: Desk, message_id: str) -> Message:
    async with desk.context.db.read() as session:
        return await session.get_one(Message, message_id)


async def test_it_goes_with_the_transaction_it_was_queued_in(desk: Desk) -> None:
    with suppress(RuntimeError):
        async with desk.context.db.write() as session:
            await service.queue(session, CODE, NOW)
            raise RuntimeError
    async with desk.context.db.write() as session:
        assert await service.take_due(session, NOW, 10) == []


async def test_taken_once_and_again_when_the_sender_is_gone(desk: Desk) -> None:
    message_id = await queue(desk, CODE)
    async with desk.context.db.write() as session:
        assert [each.message_id for each in await service.take_due(session, NOW, 10)] == [message_id]
    async with desk.context.db.write() as session:
        assert await service.take_due(session, NOW, 10) == []
        later = NOW + workflow.SENDING
        assert [each.attempts for each in await service.take_due(session, later, 10)] == [2]


async def test_secrets_are_forgotten_when_it_is_over(desk: Desk) -> None:
    message_id = await queue(desk, CODE)
    async with desk.context.db.write() as session:
        await service.take_due(session, NOW, 10)
        await service.tell(session, message_id, workflow.Accepted("g1"), NOW)
    found = await read(desk, message_id)
    assert (found.state, found.values, found.gateway_id) == ("completed", {}, "g1")


async def test_the_document_and_the_ways_are_kept(desk: Desk) -> None:
    document = Document("清单", ("日期", "金额"), (("2026-10-01", "1.20"),))
    routes = (Route(Channel.EMAIL, "a@example.cn"), Route(Channel.SMS, ""), SMS)
    values = {"product": "移动电话", "number": "138****0001", "month": "2026年10月"}
    found = await read(desk, await queue(desk, Outgoing("copy.list", routes, values, document=document)))
    assert found.document == {"title": "清单", "columns": ["日期", "金额"], "rows": [["2026-10-01", "1.20"]]}
    assert (found.channel, found.fallbacks) == ("email", [{"channel": "sms", "address": "13900000001"}])


async def test_our_own_mistakes_show_at_once(desk: Desk) -> None:
    with pytest.raises(Refused, match=r"message\.no_address"):
        await queue(desk, Outgoing("code.one_time", (Route(Channel.SMS, ""),), {"code": "1"}))
    with pytest.raises(KeyError, match="needs code"):
        await queue(desk, Outgoing("code.one_time", (SMS,), {}))
