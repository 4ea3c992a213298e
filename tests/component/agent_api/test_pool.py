"""The pool: two people never hold the same piece, leases end, mistakes of the front line are counted."""

import asyncio

import pytest

from agent_api.auth import service as auth
from agent_api.pool import service
from agent_api.pool.keeper import PoolKeeper
from agent_api.tickets import service as tickets
from agent_api.tickets.words import Act, Level, TicketType
from tests.component.agent_api.harness import ZONE, Desk

pytestmark = pytest.mark.component


async def put_in(desk: Desk, count: int, level: Level = Level.NORMAL) -> list[str]:
    """Complaints that wait for a dispatcher."""
    numbers = []
    async with desk.context.db.write() as session:
        who = await auth.principal(session, "8001")
        for place in range(count):
            new = tickets.NewTicket(
                type=TicketType.COMPLAINT,
                title="多收费",
                description="",
                category=f"T.POOL.{place}",
                level=level,
                contact_number="13900000001",
            )
            case = await tickets.create(session, new, who, desk.clock(), ZONE)
            await tickets.act(session, case.row.ticket_no, Act.TO_DISPATCH, who, desk.clock(), "", {})
            numbers.append(case.row.ticket_no)
    return numbers


async def claim(desk: Desk, agent_no: str, ticket_no: str | None = None) -> str | None:
    async with desk.context.db.write() as session:
        row = await service.claim(session, await auth.principal(session, agent_no), desk.clock(), ticket_no)
        return row.ticket_no if row else None


async def test_many_at_once_get_different_pieces(desk: Desk) -> None:
    await put_in(desk, 6)
    got = await asyncio.gather(*(claim(desk, agent_no) for agent_no in ("8301", "8101", "8301", "8101", "8301")))
    assert None not in got
    assert len(set(got)) == 5


async def test_two_want_the_same_piece_and_one_gets_it(desk: Desk) -> None:
    (number,) = await put_in(desk, 1)
    results = await asyncio.gather(claim(desk, "8301", number), claim(desk, "8101", number), return_exceptions=True)
    assert sorted(str(each) for each in results) == sorted([number, "pool.taken"])


async def test_serious_work_comes_first(desk: Desk) -> None:
    await put_in(desk, 1)
    (serious,) = await put_in(desk, 1, Level.MAJOR)
    async with desk.context.db.read() as session:
        rows = await service.waiting(session, await auth.principal(session, "8301"), 200)
    order = [row.ticket_no for row in rows if row.category.startswith("T.POOL")]
    assert order[0] == serious


async def test_what_nobody_works_on_is_free_after_half_an_hour(desk: Desk) -> None:
    idle, busy = await put_in(desk, 2)
    keeper = PoolKeeper(desk.context.db, desk.clock)
    for number in (idle, busy):
        assert await claim(desk, "8301", number) == number
    desk.clock.move(minutes=10)
    async with desk.context.db.write() as session:
        who = await auth.principal(session, "8301")
        await tickets.act(session, busy, Act.RECLASSIFY, who, desk.clock(), "服务类", {"category": "T.SERVICE.1"})
    desk.clock.move(minutes=19)
    assert await keeper.look() == 0
    desk.clock.move(minutes=1)
    assert await keeper.look() == 1
    async with desk.context.db.read() as session:
        owners = [(await tickets.case(session, number)).ticket.owner for number in (idle, busy)]
    assert owners == ["", "8301"]


async def test_a_mistake_goes_back_to_who_made_it_and_is_counted(desk: Desk) -> None:
    (number,) = await put_in(desk, 1)
    async with desk.signed_in("8301") as client:
        await client.post("/api/v1/pool/claim", json={"ticket_no": number})
        body = {"reason": "INFO_MISSING", "comment": "缺少装机地址"}
        assert (await client.post(f"/api/v1/pool/{number}/to-front", json=body)).status_code == 204
        assert (await client.get(f"/api/v1/tickets/{number}")).json()["owner"] == "8001"
        again = await client.post(f"/api/v1/pool/{number}/give-back")
        assert again.json()["code"] == "pool.not_yours"
    async with desk.signed_in("8101") as lead:
        span = {"start": "2026-11-18T00:00:00Z", "end": "2026-11-19T00:00:00Z"}
        counted = (await lead.get("/api/v1/pool/mistakes", params=span)).json()
        assert counted == [{"agent_no": "8001", "reason": "INFO_MISSING", "count": 1}]
        assert (await lead.get("/api/v1/pool/backlog")).json()["alarm"] is False
    async with desk.signed_in("8001") as agent:
        assert number in [each["ticket_no"] for each in (await agent.get("/api/v1/ticket-alerts")).json()]
