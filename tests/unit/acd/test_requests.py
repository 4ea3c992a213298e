"""Commands: done or refused with a stable code, answered once, never done late."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from acd.contracts import events
from acd.contracts.commands import LoginAgent, ReplayEvents
from acd.contracts.ids import AgentId, QueueName
from acd.contracts.snapshots import AgentSnapshot
from acd.contracts.vocabulary import AgentState, PauseReason
from acd.core import facts
from acd.core.effects import AddMember, RemoveMember, Replay, Show
from tests.support.floor import Floor

pytestmark = pytest.mark.unit

S = AgentState


@pytest.fixture
def floor() -> Floor:
    return Floor()


def shown(floor: Floor, agent_id: str = "8001") -> AgentSnapshot:
    topic = f"cc/v1/state/agent/{agent_id}"
    snapshot = [show.snapshot for show in floor.actions(Show) if show.topic == topic][-1]
    assert isinstance(snapshot, AgentSnapshot)
    return snapshot


def test_sign_in_and_out(floor: Floor) -> None:
    assert floor.login("8001", ready=False).ok
    assert (shown(floor).state, shown(floor).reason) == (S.PAUSED, PauseReason.SYSTEM)
    assert floor.ready("8001").ok
    assert shown(floor).state is S.READY
    assert floor.logout("8001").ok
    assert shown(floor).state is S.LOGGED_OUT
    changes = [(event.previous_state, event.state) for event in floor.all_of(events.AgentStateChanged)]
    assert changes == [(S.LOGGED_OUT, S.PAUSED), (S.PAUSED, S.READY), (S.READY, S.LOGGED_OUT)]


def test_state_times_join_up(floor: Floor) -> None:
    floor.login("8001")
    floor.pass_time(60)
    floor.pause("8001")
    change = floor.last(events.AgentStateChanged)
    assert change.since - change.previous_since == timedelta(seconds=60)
    assert change.at == change.since


def test_a_second_sign_in_only_updates(floor: Floor) -> None:
    floor.login("8001", queues=("general",))
    floor.pause("8001", PauseReason.MEAL)
    floor.forget()
    assert floor.login("8001", queues=("bill",)).ok
    assert not floor.all_of(events.AgentStateChanged)
    assert (shown(floor).queues, shown(floor).reason) == (("bill",), PauseReason.MEAL)
    assert [added.queue for added in floor.actions(AddMember)] == ["bill"]
    assert [removed.queue for removed in floor.actions(RemoveMember)] == ["general"]


def test_new_queues_count_at_once(floor: Floor) -> None:
    floor.login("8001", queues=("general",))
    floor.waits("c1", queue="bill")
    assert floor.state_of("8001") is S.READY
    floor.login("8001", queues=("general", "bill"))
    assert floor.state_of("8001") is S.RESERVED


@pytest.mark.parametrize("command", ["ready", "pause", "logout"])
def test_who_is_not_signed_in_is_refused(floor: Floor, command: str) -> None:
    assert getattr(floor, command)("8001").code == "agent.not_logged_in"
    floor.login("8001")
    floor.logout("8001")
    assert getattr(floor, command)("8001").code == "agent.not_logged_in"


def test_an_unknown_queue_is_refused(floor: Floor) -> None:
    assert floor.login("8001", queues=("general", "nonsense")).code == "agent.unknown_queue"
    assert floor.world.agents == {}


def test_a_late_command_is_refused(floor: Floor) -> None:
    late = LoginAgent(
        command_id=uuid4(),
        not_after=floor.now - timedelta(milliseconds=1),
        agent_id=AgentId("8001"),
        queues=(QueueName("general"),),
    )
    done = floor.command(late)
    assert (done.ok, done.code, done.command_id) == (False, "command.late", late.command_id)
    assert floor.world.agents == {}


def test_a_command_delivered_twice_is_done_once(floor: Floor) -> None:
    login = LoginAgent(
        command_id=uuid4(),
        not_after=floor.now + timedelta(seconds=5),
        agent_id=AgentId("8001"),
        queues=(QueueName("general"),),
    )
    floor.command(login)
    floor.ready("8001")
    floor.command(login)
    assert floor.state_of("8001") is S.READY
    assert len(floor.all_of(events.CommandDone)) == 2


def test_only_so_many_commands_are_remembered(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("acd.core.requests.REMEMBERED_COMMANDS", 3)
    for _ in range(10):
        floor.login("8001")
    assert len(floor.world.seen_commands) == 3


@pytest.mark.parametrize(("known", "code"), [(True, ""), (False, "replay.unknown_stream")])
def test_a_replay_is_answered_when_it_is_over(floor: Floor, known: bool, code: str) -> None:
    asked = ReplayEvents(
        command_id=uuid4(), not_after=floor.now + timedelta(seconds=5), stream=UUID(int=7), after_seq=41
    )
    floor.tell(facts.CommandArrived(asked))
    assert floor.actions(Replay) == [Replay(asked.command_id, UUID(int=7), 41)]
    assert not floor.all_of(events.CommandDone)
    floor.tell(facts.Replayed(asked.command_id, known))
    assert floor.last(events.CommandDone).code == code
