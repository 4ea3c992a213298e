"""What follows from an act done at another installation: alerts, orders, texts to the customer, each exactly once."""

from collections.abc import AsyncIterator
from random import Random

import pytest
from sqlalchemy import select

from agent_api.auth import service as auth
from agent_api.auth.service import NewStaff
from agent_api.exchange.settings import ExchangeSettings
from agent_api.messages.models import Message
from agent_api.tickets import supervision, supervision_link
from agent_api.tickets.models import SupervisionOrder, TicketAlert
from agent_api.tickets.supervision_flow import OrderAct
from agent_api.tickets.words import Act
from tests.component.agent_api.harness import NOW, Databases
from tests.support.installations import Clock, World

pytestmark = pytest.mark.component
A = Act
PEOPLE = {
    "north": [("8201", "cn", "national_supervisor")],
    "east": [("8301", "js", "dispatcher"), ("8302", "js-nj", "city_receiver")],
    "west": [("8302", "sc-cd", "city_receiver"), ("8303", "sc-cd", "city_leader")],
}
"""8302 is two people: one in Nanjing, one in Chengdu."""


@pytest.fixture
def urls(databases: Databases) -> dict[str, str]:
    return {name: databases.new("empty") for name in PEOPLE}


@pytest.fixture
async def world(urls: dict[str, str]) -> AsyncIterator[World]:
    built = World(Clock(), Random(7))
    await built.build(urls, ExchangeSettings())
    for name, people in PEOPLE.items():
        async with built.here[name].db.write() as session:
            for number, center, role in people:
                await auth.create_staff(session, NewStaff(number, role, center, (role,), (), ()), "", NOW)
    yield built
    await built.close()


async def alerts(world: World, name: str) -> list[tuple[str, str]]:
    async with world.here[name].db.read() as session:
        found = await session.scalars(select(TicketAlert).order_by(TicketAlert.alert_id))
        return [(each.agent_no, each.kind) for each in found]


async def texts(world: World, name: str) -> list[str]:
    async with world.here[name].db.read() as session:
        return list(await session.scalars(select(Message.template).order_by(Message.created_at)))


async def sent_to_chengdu(world: World) -> str:
    number = await world.open_ticket("east", "js")
    await world.act("east", "js", number, A.TO_DISPATCH)
    await world.act("east", "js", number, A.ASSIGN, target="sc-cd")
    await world.settle()
    return number


async def test_the_unit_and_the_home_are_told_as_if_it_were_done_with_them(world: World) -> None:
    number = await sent_to_chengdu(world)
    assert await alerts(world, "west") == [("8302", "assigned"), ("8303", "assigned")], "what was before is no news"
    await world.act("east", "js", number, A.URGE)
    await world.settle()
    await world.act("west", "sc-cd", number, A.RETURN)
    await world.settle()
    assert (await alerts(world, "west"))[2:] == [("8302", "urged"), ("8303", "urged")]
    assert await alerts(world, "east") == [("8301", "returned")], "8302 of Nanjing has nothing to do with it"
    assert await alerts(world, "north") == [], "it only passes through"


async def test_the_customer_is_written_to_from_home_alone(world: World) -> None:
    number = await sent_to_chengdu(world)
    before = await texts(world, "east")
    await world.act("west", "sc-cd", number, A.ACCEPT)
    await world.act("west", "sc-cd", number, A.COMMENT, tell_customer="yes")
    await world.settle()
    assert (await texts(world, "east"))[len(before) :] == ["ticket.progress"]
    assert await texts(world, "west") == await texts(world, "north") == []


async def test_whatever_the_links_do_it_happens_once(world: World) -> None:
    number = await sent_to_chengdu(world)
    world.fates = ("whole", "request", "answer", "twice", "late")
    for act in (A.URGE, A.URGE, A.URGE, A.SUPERVISE):
        await world.act("east", "js", number, act)
        await world.carry()
    await world.act("west", "sc-cd", number, A.RETURN)
    await world.heal()
    receiver = [kind for agent_no, kind in await alerts(world, "west") if agent_no == "8302"]
    assert receiver == ["assigned", "urged", "urged_red", "urged_red", "supervised"]
    assert [kind for _, kind in await alerts(world, "east")].count("returned") == 1
    async with world.here["west"].db.read() as session:
        orders = (await session.scalars(select(SupervisionOrder))).all()
    assert [(each.ticket_no, each.center_id, each.issuer_center) for each in orders] == [(number, "sc-cd", "js")]


async def on_the_order(world: World, name: str, agent_no: str, what: OrderAct, text: str = "") -> None:
    """As the person does it at the desk there."""
    world.clock.move(minutes=1)
    async with world.here[name].db.write() as session:
        who = await auth.principal(session, agent_no)
        order = (await session.scalars(select(SupervisionOrder))).one()
        await supervision.act(session, order.order_id, what, text, who, world.clock.now)
        await supervision_link.tell(session, order, what, text, who, world.clock.now)
    await world.settle()


async def test_the_leaders_signature_reaches_the_issuer_and_the_issuers_word_the_leader(world: World) -> None:
    number = await sent_to_chengdu(world)
    async with world.here["east"].db.write() as session:
        boss = NewStaff("8101", "沈国栋", "js", ("supervisor",), (), ())
        await auth.create_staff(session, boss, "", NOW)
    for act in (A.URGE, A.URGE, A.URGE, A.SUPERVISE):
        await world.act("east", "js", number, act)
    await world.settle()
    world.fates = ("whole", "request", "answer", "twice", "late")
    await on_the_order(world, "west", "8303", OrderAct.SIGN)
    await on_the_order(world, "west", "8303", OrderAct.REPORT, "已派人上门")
    await on_the_order(world, "west", "8303", OrderAct.ANSWER, "已恢复")
    world.fates = ("whole",)
    await world.heal()
    await on_the_order(world, "east", "8101", OrderAct.REJECT, "没有说明原因")
    for name in world.here:
        async with world.here[name].db.read() as session:
            order = (await session.scalars(select(SupervisionOrder))).one()
            steps = (await supervision.steps(session, [order.order_id]))[order.order_id]
        assert (order.state, order.late) == ("SIGNED", 0), name
        assert [(each.act, each.text) for each in steps[1:]] == [
            ("sign", ""), ("report", "已派人上门"), ("answer", "已恢复"), ("reject", "没有说明原因"),
        ]  # fmt: skip
    told = [agent_no for agent_no, kind in await alerts(world, "west") if kind == "supervision"]
    assert told == ["8303"], "the leader hears of the rejection alone"


async def test_who_is_asked_for_a_part_of_it_hears_of_it_there(world: World) -> None:
    number = await world.open_ticket("east", "js")
    for act, data in ((A.TO_DISPATCH, {}), (A.ASSIGN, {"target": "js"}), (A.ACCEPT, {})):
        await world.act("east", "js", number, act, **data)
    await world.act("east", "js", number, A.ADD_SUBTASK, subtask="网络部")
    assert "subtask" not in [kind for _, kind in await alerts(world, "east")], "a department has no desk"
    await world.act("east", "js", number, A.ADD_SUBTASK, subtask="sc-cd")
    await world.settle()
    assert [agent_no for agent_no, kind in await alerts(world, "west") if kind == "subtask"] == ["8302", "8303"]
