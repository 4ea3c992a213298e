"""What a supervisor does with a message that nobody takes: skip it, or settle it."""

import pytest
from sqlalchemy import select

from agent_api.auth import repository as auth_repository
from agent_api.errors import Refused
from agent_api.exchange import service
from agent_api.exchange.models import OutMessage
from agent_api.tickets.words import Act
from tests.support.installations import World, leader

pytestmark = pytest.mark.component
A = Act


async def stuck(world: World) -> tuple[str, str]:
    """A ticket on which the unit remarked something that nobody answered until it was given up, and the dead letter."""
    number = await world.open_ticket("east", "js")
    await world.act("east", "js", number, A.TO_DISPATCH)
    await world.act("east", "js", number, A.ASSIGN, target="sc-cd")
    await world.settle()
    await world.act("west", "sc-cd", number, A.ACCEPT)
    await world.settle()
    world.fates = ("request",)
    await world.act("west", "sc-cd", number, A.COMMENT)
    for _ in range(5):
        await world.carry()
        world.clock.move(hours=2)
    world.fates = ("whole",)
    async with world.here["west"].db.read() as session:
        [letter] = await session.scalars(select(OutMessage).where(OutMessage.state == "DEAD"))
    return number, letter.message_id


async def test_a_dead_letter_is_skipped_and_what_waits_behind_it_goes_on(world: World) -> None:
    number, letter = await stuck(world)
    await world.act("west", "sc-cd", number, A.REPLY)
    await world.settle()
    assert A.REPLY not in [each[1] for each in await world.here["east"].timeline(number)], "it waits behind the letter"
    west = world.here["west"]
    async with west.db.write() as session:
        await service.skip(session, letter, "对端处理不了此报文", leader("sc", "sc-cd"), world.clock.now)
    await world.settle()
    acts = [each[1] for each in await world.alike(number, "east", "north", "west")]
    assert acts[-1] == A.REPLY
    assert A.COMMENT not in acts, "what it said is given up"
    async with west.db.read() as session:
        [entry] = [each for each in await auth_repository.audit_log(session) if each.action == "exchange.skip"]
    assert (entry.actor, entry.subject_id, entry.reason) == ("8102", letter, f"{number}: 对端处理不了此报文")


async def test_what_was_refused_is_settled_once(world: World) -> None:
    number, letter = await stuck(world)
    west = world.here["west"]
    async with west.db.write() as session:
        with pytest.raises(Refused):
            await service.settle(session, letter, "还没有人答复", leader("sc", "sc-cd"), world.clock.now)
        message = await session.get_one(OutMessage, letter)
        message.answered_at, message.code = world.clock.now, "ticket.wrong_state"
    async with west.db.write() as session:
        await service.settle(session, letter, "已电话告知", leader("sc", "sc-cd"), world.clock.now)
        assert await service.dead_per_peer(session) == {}
        with pytest.raises(Refused):
            await service.settle(session, letter, "再来一次", leader("sc", "sc-cd"), world.clock.now)
    assert number
