"""A key account's own manager: first at the desk, then outside the house, once; who comes from there waits on."""

import pytest

from acd.contracts.dialplan import Context
from acd.contracts.events import CallAbandoned, CallEnded, CallQueueLeft
from acd.contracts.ids import AgentId, CallId, QueueName
from acd.contracts.routing import QueueRule, RoutingTable
from acd.contracts.vocabulary import QueueExit
from acd.core import facts
from acd.core.effects import Redirect
from tests.support.floor import Floor, caller_channel
from tests.support.promises import delivered, leaves, live_leg

pytestmark = pytest.mark.unit

VIP = QueueName("vip")
TABLE = RoutingTable(
    queues=(
        QueueRule(name=QueueName("general"), title="综合服务"),
        QueueRule(name=VIP, title="贵宾专席", last_agent_seconds=10, manager_phone_after_seconds=20),
    )
)
OUTSIDE = [(caller_channel("c1"), Context.MANAGER)]


def waits(floor: Floor, call_id: str = "c1", *, has_phone: bool = True) -> None:
    if CallId(call_id) not in floor.world.calls:
        floor.arrives(call_id)
    head = floor.head(call_id)
    floor.tell(facts.CallerWaiting(*head, VIP, 10, manager=AgentId("8001"), manager_has_phone=has_phone))


def outside(floor: Floor) -> list[tuple[str, str]]:
    return [(move.channel, move.context) for move in floor.actions(Redirect) if move.context is Context.MANAGER]


@pytest.fixture
def floor() -> Floor:
    return Floor(table=TABLE)


def test_the_busy_manager_is_waited_for_then_anybody_serves(floor: Floor) -> None:
    floor.login("8001", queues=("vip",))
    floor.talks("8001", "c0")
    floor.login("8002", queues=("vip",))
    floor.forget()
    waits(floor)
    floor.pass_time(9)
    assert delivered(floor) == []
    floor.pass_time(1)
    assert delivered(floor) == [(caller_channel("c1"), "8002")]


def test_rung_outside_once_and_the_place_is_kept(floor: Floor) -> None:
    waits(floor)
    floor.pass_time(19)
    waits(floor, "c2", has_phone=False)
    floor.pass_time(2)
    assert outside(floor) == OUTSIDE
    floor.login("8002", queues=("vip",))
    assert delivered(floor)[1:] == [(caller_channel("c2"), "8002")]  # nobody is given to who talks elsewhere
    floor.rings("8002", "c2")
    floor.answers("8002", "c2")
    waits(floor)  # not answered
    floor.pass_time(40)
    assert outside(floor) == OUTSIDE
    floor.login("8003", queues=("vip",))
    assert delivered(floor)[-1] == (caller_channel("c1"), "8003")
    assert floor.all_of(CallQueueLeft) == []


def test_who_hangs_up_while_it_rings_has_given_up(floor: Floor) -> None:
    waits(floor)
    floor.pass_time(21)
    floor.caller_hangs_up("c1")
    assert [event.stage for event in floor.all_of(CallAbandoned)] == ["queue"]


def test_the_manager_who_answers_ends_the_wait(floor: Floor) -> None:
    waits(floor)
    floor.pass_time(21)
    leaves(floor, "c1", QueueExit.MANAGER)
    after = floor.killed()
    after.resync(live_leg("c1", Context.MANAGER))
    assert CallId("c1") not in after.world.room
    after.caller_leg_ends("c1")
    assert after.all_of(CallAbandoned) == []
    assert len(after.all_of(CallEnded)) == 1


def test_found_while_it_rings_after_a_restart(floor: Floor) -> None:
    waits(floor)
    floor.pass_time(21)
    after = floor.killed()
    after.login("8002", queues=("vip",))
    after.resync(live_leg("c1", Context.MANAGER))
    assert delivered(after) == []
    waits(after)
    assert delivered(after) == [(caller_channel("c1"), "8002")]


def test_without_a_telephone_nobody_is_sent_out(floor: Floor) -> None:
    waits(floor, has_phone=False)
    floor.pass_time(60)
    assert outside(floor) == []
