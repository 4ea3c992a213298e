"""From a dialled number to a closed ticket: caller, waiting room, agent, survey, ticket, figures."""

from collections.abc import Iterator

import pytest

from hotline.outside.world import Behaviour, OutsideWorld
from tests.support.hearing import hears, hears_file, hears_tone
from tests.support.journeys import ask_for_an_agent, stored
from tests.support.processes import eventually_async
from tests.support.stack import Desk, Line

pytestmark = pytest.mark.telephony


async def test_the_whole_path(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    async with line.sign_in("8001") as desk:
        await desk.work()
        customer = await ask_for_an_agent(outside, next(callers))
        phone = await outside.rung("8001")
        assert phone.shown_number == customer.number
        await phone.answered()
        await hears_file(customer, line.announcement("8001"))
        await desk.reaches("talking")

        # audio really flows both ways
        await customer.play_tone(440)
        await phone.play_tone(700)
        await hears_tone(phone, 440)
        await hears_tone(customer, 700)

        call_id = (await desk.get("/agent/state")).json()["call_id"]
        assert call_id == phone.hotline_call_id
        ticket = (
            await desk.post(
                "/tickets",
                type="complaint",
                call_id=call_id,
                title="宽带断网三天",
                description="客户反映宽带自周三起无法使用。",
                category="network",
            )
        ).json()

        await customer.be_silent()
        await phone.hang_up()
        await hears(customer, "survey/ask")
        await customer.press("1")
        await hears(customer, "survey/thanks")
        await customer.ended()

        await desk.reaches("wrap_up")
        answer = await desk.http.put(
            f"/calls/{call_id}/wrap-up",
            json={"reason_code": await first_reason(desk), "notes": "已登记投诉", "resolved": False},
        )
        answer.raise_for_status()
        await desk.post("/agent/ready")
        await desk.reaches("ready")

        async def is_whole() -> bool:
            call = await stored(desk, call_id)
            return call["ended_at"] is not None and call["satisfaction"] == 1

        await eventually_async(is_whole, "the call is stored whole", 10)
        call = await stored(desk, call_id)
        assert call["agent_no"] == "8001"
        assert call["hangup_side"] == "agent"
        assert ticket["ticket_no"] in call["ticket_nos"]
        assert call["talk_ms"] > 1000
        assert call["wait_ms"] < 5000
        assert [step["node"] for step in call["ivr_path"]]
        assert call["decision"]
    await figures_agree(line)


async def first_reason(desk: Desk) -> str:
    node = (await desk.get("/contact-reasons")).json()[0]
    while node["children"]:
        node = node["children"][0]
    return str(node["code"])


async def figures_agree(line: Line) -> None:
    """The wallboard counts what the call list holds: every answered call is an answered request."""
    async with line.sign_in("8101") as supervisor:
        kpis = {kpi["id"]: kpi for kpi in (await supervisor.get("/wallboard")).json()["kpis"]}
        assert kpis["K03"]["numerator"] >= 1
        assert kpis["K03"]["numerator"] <= kpis["K03"]["denominator"]
        assert kpis["K01"]["denominator"] >= 1


async def test_a_caller_who_gives_up_waiting_is_abandoned(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    customer = await ask_for_an_agent(outside, next(callers))
    await hears(customer, "to_agent", within=20)
    async with line.sign_in("8101") as desk:
        await eventually_async(lambda: is_waiting(desk), "the wallboard shows the waiting caller", 10)
        await customer.hang_up()

        async def is_abandoned() -> bool:
            calls = (await desk.get("/calls?limit=20")).json()["items"]
            mine = [c for c in calls if c["caller_masked"].endswith(customer.number[-4:])]
            return bool(mine) and mine[0]["ended_at"] is not None and mine[0]["connected_at"] is None

        await eventually_async(is_abandoned, "the call is stored as abandoned", 10)


async def is_waiting(desk: Desk) -> bool:
    queues = (await desk.get("/wallboard")).json()["queues"]
    return any(queue["waiting"] for queue in queues)


async def test_an_agent_who_does_not_answer_is_paused_and_the_next_one_gets_the_caller(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    async with line.sign_in("8002") as sleepy, line.sign_in("8003") as awake:
        await outside.set_behaviour("8002", Behaviour.IGNORE)
        await sleepy.work()
        customer = await ask_for_an_agent(outside, next(callers))
        await outside.rung("8002")
        await awake.work()
        await sleepy.reaches("paused", within=25)
        assert (await sleepy.get("/agent/state")).json()["reason"] == "rona"
        phone = await outside.rung("8003", within=10)
        await phone.answered()
        await hears_file(customer, line.announcement("8003"))
        await outside.set_behaviour("8002", Behaviour.ANSWER)


async def test_waiting_callers_are_served_in_order(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    first = await ask_for_an_agent(outside, next(callers))
    await hears(first, "to_agent", within=20)
    second = await ask_for_an_agent(outside, next(callers))
    await hears(second, "to_agent", within=20)
    async with line.sign_in("8004") as desk:
        await desk.work()
        phone = await outside.rung("8004")
        assert phone.shown_number == first.number
        await phone.answered()
        await first.hang_up()
        await desk.reaches("wrap_up")
        await desk.post("/agent/ready")
        phone = await outside.rung("8004")
        assert phone.shown_number == second.number


async def test_the_waiting_caller_hears_music_and_position(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    customer = await ask_for_an_agent(outside, next(callers))
    await hears(customer, "queue/ahead/0", within=50)
