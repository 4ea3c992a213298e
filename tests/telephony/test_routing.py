"""Another table of queues while callers wait: a circle of centres that widens, a queue nobody knew before, no ACD."""

import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import acd
from acd.contracts import events
from acd.contracts.ids import CallId, QueueName
from acd.contracts.queue_file import table_of
from acd.contracts.routing import Circle, QueueRule, RoutingTable, SkillNeed
from hotline.outside.call import OutsideCall
from hotline.outside.world import OutsideWorld
from tests.support.journeys import ask_for_an_agent, still_talk
from tests.support.stack import Line
from tests.support.switchboard import Switchboard, switchboard

pytestmark = pytest.mark.telephony

SUPERVISOR = "8101"
FIBER = QueueName("fiber")


def with_fiber_and_circles(shipped: RoutingTable, version: int) -> RoutingTable:
    """General callers reach agents of their own centre only, for five seconds; and there is a queue for fiber lines."""
    general = shipped.queues[0].model_copy(
        update={"circles": (Circle(after_seconds=0, reach=0), Circle(after_seconds=5, reach=2))}
    )
    fiber = QueueRule(name=FIBER, title="光纤专席", skills=(SkillNeed(skill=FIBER),), wrap_up_seconds=0)
    return shipped.model_copy(update={"version": version, "queues": (general, *shipped.queues[1:], fiber)})


async def waiting(board: Switchboard, outside: OutsideWorld, caller: str) -> tuple[OutsideCall, CallId]:
    customer = await ask_for_an_agent(outside, caller)
    offered = await board.says(events.CallOffered, caller_number=customer.number)
    await board.says(events.CallQueued, call_id=offered.call_id, within=20)
    return customer, offered.call_id


async def sent_to_fiber(board: Switchboard, call_id: CallId) -> None:
    to = {"kind": "queue", "id": FIBER}
    assert not await board.ask("supervision.redirect", call_id=call_id, to=to, by=SUPERVISOR)
    assert (await board.says(events.CallRedirected, call_id=call_id)).by == SUPERVISOR


@pytest.mark.timeout(400)
async def test_another_table_while_serving(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    shipped = table_of(tomllib.loads((Path(acd.__file__).parent / "queues.toml").read_text(encoding="utf-8")))
    newest = int(time.time() * 1000)  # the line may have obeyed another test's table before
    async with switchboard(line) as board:
        assert not await board.ask("routing.configure", table=with_fiber_and_circles(shipped, newest), by=SUPERVISOR)
        await board.says(events.RoutingConfigured, version=newest, by=SUPERVISOR)

        # an agent of no centre: the menu has said where the caller is at home, whose agents come first
        await board.signs_in("8003", "general")
        customer, call_id = await waiting(board, outside, next(callers))
        widened = await board.says(events.CallOverflowed, call_id=call_id)
        assert widened.reason.code == "circle"
        phone = await outside.rung("8003")
        ringing = await board.says(events.CallAgentRinging, call_id=call_id, agent_id="8003")
        assert {"first_in_queue", "all_centers", "skill", "longest_idle"} <= {reason.code for reason in ringing.why}
        await phone.answered()

        # a queue that app_queue has never heard of
        await board.signs_in("8001", FIBER)
        first, first_id = await waiting(board, outside, next(callers))
        await sent_to_fiber(board, first_id)
        fiber_phone = await outside.rung("8001")
        await fiber_phone.answered()
        await still_talk(first, fiber_phone)
        second, second_id = await waiting(board, outside, next(callers))
        await sent_to_fiber(board, second_id)

        # without the ACD its callers and its agents meet in app_queue's first queue
        line.acd.kill()
        await first.hang_up()
        await fiber_phone.ended()
        rung = await outside.rung("8001", within=40)
        await rung.answered()
        await still_talk(second, rung)
        await second.hang_up()
        await rung.ended()

        # the table outlives the ACD
        line.acd.start()
        await board.says(events.CallEnded, call_id=second_id, within=30)
        assert await board.ask("routing.configure", table=with_fiber_and_circles(shipped, newest - 1)) == (
            "routing.older_version"
        )
        assert not await board.ask("routing.configure", table=shipped.model_copy(update={"version": newest + 1}))
        await customer.hang_up()
        await phone.ended()
