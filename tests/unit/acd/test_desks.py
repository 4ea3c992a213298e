"""Desks and devices of an agent: what rings, a desk that is gone for a moment or for good, another desk."""

from typing import Any

import pytest

from acd.contracts import events
from acd.contracts.commands import (
    DeskBack,
    DeskLost,
    LoginAgent,
    ReadyAgent,
)
from acd.contracts.dialplan import Variable
from acd.contracts.vocabulary import AgentState, Device, PauseReason
from acd.core.effects import SetGlobal
from acd.core.errors import Code
from tests.support.floor import Floor
from tests.support.floor_agents import agent, asks, limited_floor

pytestmark = pytest.mark.unit

S = AgentState


@pytest.fixture
def floor() -> Floor:
    return limited_floor()


def sits_at(floor: Floor, desk: str, **told: Any) -> None:
    assert asks(floor, LoginAgent, queues=["general"], session=desk, ready=True, **told).ok


@pytest.mark.parametrize(
    ("devices", "said"), [([Device.BROWSER], "browser"), ([Device.PHONE], "phone"), (list(Device), "")]
)
def test_the_dialplan_is_told_what_rings(floor: Floor, devices: list[Device], said: str) -> None:
    floor.logout("8001")
    floor.forget()
    sits_at(floor, "one", devices=devices)
    told = [action for action in floor.actions(SetGlobal) if action.name is Variable.DEVICES]
    assert [(action.of, action.value) for action in told] == [("8001", said)]
    floor.forget()
    floor.resync()
    told = [action for action in floor.actions(SetGlobal) if action.name is Variable.DEVICES]
    assert [(action.of, action.value) for action in told] == [("8001", said)]


def test_a_desk_that_is_gone_for_a_moment_changes_nothing(floor: Floor) -> None:
    sits_at(floor, "one")
    assert asks(floor, DeskLost, session="one").ok
    floor.pass_time(9)
    assert asks(floor, DeskBack, session="one").ok
    floor.pass_time(60)
    assert floor.state_of("8001") is S.READY
    assert not floor.all_of(events.AgentStateChanged)


def test_no_call_for_an_agent_without_a_desk_until_it_is_back(floor: Floor) -> None:
    sits_at(floor, "one")
    asks(floor, DeskLost, session="one")
    floor.pass_time(10)
    assert (floor.state_of("8001"), agent(floor).reason) == (S.PAUSED, PauseReason.SYSTEM)
    asks(floor, ReadyAgent, by="8101")  # the supervisor cannot sit down there
    assert floor.state_of("8001") is S.PAUSED
    asks(floor, DeskBack, session="one")
    assert floor.state_of("8001") is S.READY


def test_a_pause_of_ones_own_outlives_the_desk(floor: Floor) -> None:
    sits_at(floor, "one")
    floor.pause("8001", PauseReason.BREAK)
    asks(floor, DeskLost, session="one")
    floor.pass_time(20)
    asks(floor, DeskBack, session="one")
    assert (floor.state_of("8001"), agent(floor).reason) == (S.PAUSED, PauseReason.BREAK)


def test_a_lost_desk_never_touches_the_call(floor: Floor) -> None:
    sits_at(floor, "one")
    floor.talks("8001", "c1")
    asks(floor, DeskLost, session="one")
    floor.pass_time(30)
    assert floor.state_of("8001") is S.TALKING
    floor.agent_hangs_up("8001", "c1")
    assert floor.state_of("8001") is S.WRAP_UP
    floor.pass_time(60)
    assert (floor.state_of("8001"), agent(floor).reason) == (S.PAUSED, PauseReason.SYSTEM)
    asks(floor, DeskBack, session="one")
    assert floor.state_of("8001") is S.READY


def test_another_desk_takes_the_agent_over_as_he_is(floor: Floor) -> None:
    sits_at(floor, "one")
    floor.talks("8001", "c1")
    sits_at(floor, "two")
    assert (agent(floor).state, agent(floor).call_id, agent(floor).session) == (S.TALKING, "c1", "two")
    assert asks(floor, DeskLost, session="one").code == Code.AGENT_OTHER_DESK
    assert agent(floor).desk_lost_at is None
    floor.agent_hangs_up("8001", "c1")
    floor.pass_time(60)
    assert floor.state_of("8001") is S.READY


def test_a_new_desk_ends_the_wait_for_the_old_one(floor: Floor) -> None:
    sits_at(floor, "one")
    asks(floor, DeskLost, session="one")
    floor.pass_time(20)
    assert floor.state_of("8001") is S.PAUSED
    sits_at(floor, "two")
    assert floor.state_of("8001") is S.READY


def test_a_desk_lost_before_a_restart_is_still_missed_after_it(floor: Floor) -> None:
    sits_at(floor, "one")
    asks(floor, DeskLost, session="one")
    after = floor.killed(away_seconds=2)
    after.resync()
    after.pass_time(10)
    assert (after.state_of("8001"), agent(after).reason) == (S.PAUSED, PauseReason.SYSTEM)
