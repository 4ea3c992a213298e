"""Tickets between three installations over links that break: nothing lost, nothing doubled, all histories alike."""

from datetime import datetime, timedelta
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.errors import NotFound, Refused
from agent_api.exchange import copies, repository
from agent_api.exchange.copies import Held, held, save
from agent_api.exchange.models import InMessage, OutMessage
from agent_api.exchange.replica import replaced
from agent_api.tickets.steps import step_clocks
from agent_api.tickets.thresholds import service as thresholds
from agent_api.tickets.words import Act
from tests.support.installations import World, leader

pytestmark = pytest.mark.component
A = Act
BROKEN = ("whole", "request", "answer", "twice", "late")


async def test_from_province_over_the_national_centre_to_another_and_back(world: World) -> None:
    """A -> N -> B: accepted in Jiangsu about a line of Sichuan; neither knows the other's address."""
    number = await world.open_ticket("east", "js")
    assert number.startswith("TS2026111832")
    await world.act("east", "js", number, A.TO_DISPATCH)
    await world.act("east", "js", number, A.ASSIGN, target="sc")
    await world.settle()
    assert (await world.here["west"].case(number)).row.center_id == "js"
    await world.act("west", "sc", number, A.RETURN)
    await world.settle()
    await world.act("east", "js", number, A.REASSIGN, target="sc-cd")
    await world.act("east", "js", number, A.URGE)
    await world.settle()
    await world.act("west", "sc-cd", number, A.ACCEPT)
    await world.act("west", "sc-cd", number, A.REPLY)
    await world.settle()
    await world.act("east", "js", number, A.OPEN_REPLY)
    await world.act("east", "js", number, A.AUDIT_FAIL)
    await world.settle()
    await world.act("west", "sc-cd", number, A.TAKE_UP)
    await world.act("west", "sc-cd", number, A.REPLY)
    await world.settle()
    for act in (A.OPEN_REPLY, A.AUDIT_OK, A.SATISFIED, A.ARCHIVE):
        await world.act("east", "js", number, act)
    await world.settle()
    await world.act("east", "js", number, A.REOPEN)
    await world.settle()
    timeline = await world.alike(number, "east", "north", "west")
    for name in world.here:
        case = await world.here[name].case(number)
        assert (case.row.state, case.row.round, case.row.urge_count) == ("REOPENED", 2, 1)
        assert case.ticket == (await world.here["east"].case(number)).ticket
    async with world.here["east"].db.read() as session:
        sent = select(OutMessage.type).where(OutMessage.peer_id == "north")
        assert {"ASSIGN", "URGE", "REHANDLE", "ARCHIVE"} <= set((await session.scalars(sent)).all())
        assert {"REJECT", "REPLY", "COMMENT"} <= set((await session.scalars(select(InMessage.type))).all())
    assert len(timeline) == 17


async def test_an_act_while_others_are_told_of_is_told_of_too(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The agent's commit falls between two questions of the job that tells other centres."""
    number = await world.open_ticket("east", "js")
    await world.act("east", "js", number, A.TO_DISPATCH)
    await world.act("east", "js", number, A.ASSIGN, target="sc")
    await world.settle()
    await world.act("west", "sc", number, A.ACCEPT)
    west = world.here["west"]
    if west.db.url.startswith("sqlite"):
        pytest.skip("SQLite has one writer: nothing can come between")

    async def meanwhile(session: AsyncSession, ticket_no: str) -> Held | None:
        monkeypatch.setattr(copies, "held", held)
        await world.act("west", "sc", number, A.COMMENT)
        return await held(session, ticket_no)

    monkeypatch.setattr(copies, "held", meanwhile)
    await world.settle()
    assert [act for _, act, *_ in await world.alike(number, "east", "north", "west")][-2:] == ["accept", "comment"]


async def test_whatever_the_links_do_all_end_with_the_same_history(world: World) -> None:
    """Six lives of a ticket, each with its own faults; every message lost, doubled or late at times."""
    for seed in range(6):
        world.dice, world.fates = Random(seed), BROKEN
        number = await world.open_ticket("east", "js")
        await world.act("east", "js", number, A.TO_DISPATCH)
        await world.act("east", "js", number, A.ASSIGN, target="sc-cd")
        done = 3
        for _ in range(14):
            done += await try_something(world, number)
            await world.carry()
        await world.heal()
        timeline = await world.alike(number, "east", "north", "west")
        refused = await dead(world, number)
        assert len(timeline) + refused == done, (seed, len(timeline), refused, done)


async def try_something(world: World, number: str) -> int:
    place = world.dice.choice([("east", "js"), ("west", "sc-cd"), ("west", "sc-cd")])
    acts = {
        "east": (A.URGE, A.OPEN_REPLY, A.AUDIT_FAIL, A.AUDIT_OK, A.DISSATISFIED, A.OVERRULE, A.SUPERVISE),
        "west": (A.ACCEPT, A.COMMENT, A.RETURN, A.REPLY, A.TAKE_UP, A.NEED_INFO, A.INFO_ARRIVED),
    }[place[0]]
    for act in world.dice.sample(acts, len(acts)):
        try:
            await world.act(*place, number, act)
        except (Refused, NotFound):
            continue
        return 1
    return 0


async def dead(world: World, number: str) -> int:
    """Acts that were refused, each told to the side that did it, exactly once."""
    count = 0
    for each in world.here.values():
        async with each.db.read() as session:
            found = await session.scalars(
                select(OutMessage).where(
                    OutMessage.ticket_no == number, OutMessage.state == "DEAD", OutMessage.asked_by == ""
                )
            )
            for message in found:
                assert message.code.startswith("ticket."), message.code
                count += 1
            open_ones = await session.scalar(
                select(func.count()).select_from(OutMessage).where(OutMessage.answered_at.is_(None))
            )
            assert open_ones == 0
    return count


async def test_retries_follow_the_schedule_and_end_as_a_dead_letter(world: World) -> None:
    number = await world.open_ticket("east", "js")
    await world.act("east", "js", number, A.TO_DISPATCH)
    await world.act("east", "js", number, A.ASSIGN, target="cn")
    world.fates = ("request",)
    east = world.here["east"]
    tries = []
    start = world.clock.now
    for _ in range(100):
        await east.carrier.spread_news()
        if await east.carrier.send_due():
            tries.append(round((world.clock.now - start).total_seconds() / 60))
        world.clock.move(minutes=1)
    assert tries == [0, 1, 6, 21, 81]
    assert east.board.dead == [("js", "exchange.unreachable")]
    await world.act("east", "js", number, A.URGE)
    world.fates = ("whole",)
    await world.settle()
    async with world.here["north"].db.read() as session:
        assert await session.scalar(select(func.count()).select_from(InMessage)) == 0, "behind a dead letter all waits"
    assert await east.send_all_again("north", world.clock.now) == 1
    await world.heal()
    assert [each[1] for each in await world.alike(number, "east", "north")][-1] == A.URGE


async def test_a_side_that_lost_its_last_hours_asks_for_what_it_missed(world: World) -> None:
    number = await world.open_ticket("east", "js")
    await world.act("east", "js", number, A.TO_DISPATCH)
    await world.act("east", "js", number, A.ASSIGN, target="cn")
    await world.settle()
    await world.act("east", "js", number, A.URGE)
    await world.settle()
    async with world.here["north"].db.write() as session:
        # As an older backup has it: the urge never came.
        ticket = await held(session, number)
        assert ticket is not None
        await save(session, ticket, replaced(ticket.replica, ticket.replica.entries[:-1]), world.clock.now)
        link = await repository.link(session, number, "east")
        link.received -= 1
        await session.delete(await session.scalar(select(InMessage).where(InMessage.seq == 2)))
    await world.act("east", "js", number, A.NAME_LEADER, leader="8303")
    await world.settle()
    assert len(await world.alike(number, "east", "north")) == 5


async def test_the_form_reaches_the_third_side_as_it_was_taken_down(world: World) -> None:
    """A side in between knows neither the customer nor the call, and passes on what it was told."""
    said = {
        "wish": "退费", "amount": "128.5", "contact_name": "李四", "alt_phone": "13900000009", "media": "yes",
        "group_users": "7", "pretreatment": "已核对账单", "process_type": "核查", "origin_time": "昨天",
        "called_no": "10010", "msisdn": "13900000001", "subs_name": "张三",
    }  # fmt: skip
    number = await world.open_ticket("east", "js", said)
    await world.act("east", "js", number, A.TO_DISPATCH)
    await world.act("east", "js", number, A.ASSIGN, target="sc-cd")
    await world.settle()
    kept = (await world.here["west"].case(number)).row
    expected = {
        "expected_result": "退费", "amount_disputed": "128.50", "is_media": "yes", "is_group": "yes",
        "contact_phone": "13900000001",
    }  # fmt: skip
    names = ("contact_name", "alt_phone", "pretreatment", "process_type", "called_no", "msisdn", "subs_name")
    expected |= {name: said[name] for name in names}
    assert expected.items() <= kept.details.items()
    assert datetime.fromisoformat(kept.details["origin_time"]) == kept.created_at
    assert (await world.here["north"].case(number)).row.details == kept.details
    async with world.here["west"].db.read() as session:
        letter = await session.scalar(select(InMessage).where(InMessage.ticket_no == number, InMessage.seq == 1))
    assert letter is not None
    form = letter.payload["form"]
    assert (form["target_prov"], form["round"], form["urge_count"], form["is_regulator"]) == ("sc-cd", 1, 0, False)
    assert {form[name] for name in ("subs_brand", "duty_grade", "reply_time", "recording_id")} == {None}
    assert datetime.fromisoformat(form["dead_time"]) > world.clock.now


async def test_the_accepting_centres_limits_travel_so_that_all_sides_know_the_same_due_moments(world: World) -> None:
    rows = {"accept": [30, 20, 10], "total_complaint": [600, 300, 300], "warning.yellow": [60]}
    async with world.here["east"].db.write() as session:
        await thresholds.publish(session, leader("js", "js-nj"), "js", rows, "省公司要求", 0, world.clock.now)
    number = await world.open_ticket("east", "js")
    await world.act("east", "js", number, A.TO_DISPATCH)
    await world.act("east", "js", number, A.ASSIGN, target="sc-cd")
    await world.settle()
    ours = (await world.here["east"].case(number)).row
    for name in ("north", "west"):
        copy = await world.here[name].case(number)
        assert copy.row.own_limits == rows
        assert (copy.row.due_at, copy.row.yellow_at) == (ours.due_at, ours.yellow_at)
        accept = next(clock for clock in step_clocks(copy.ticket, world.clock.now) if clock.id == "accept")
        assert accept.limit == timedelta(minutes=30)
