"""What the wallboard shows and the caller is told: counts, places, expected waits, and how often."""

import pytest

from acd.contracts.dialplan import Variable
from acd.contracts.snapshots import QueueSnapshot
from acd.core.effects import SetVariables, Show
from tests.support.floor import Floor, caller_channel

pytestmark = pytest.mark.unit


@pytest.fixture
def floor() -> Floor:
    return Floor()


def snapshots(floor: Floor, queue: str = "general") -> list[QueueSnapshot]:
    return [
        show.snapshot
        for show in floor.actions(Show)
        if isinstance(show.snapshot, QueueSnapshot) and show.snapshot.queue == queue
    ]


def latest(floor: Floor, queue: str = "general") -> QueueSnapshot:
    floor.pass_time(0.3)
    return snapshots(floor, queue)[-1]


def test_an_empty_queue_without_agents(floor: Floor) -> None:
    floor.login("8001")
    floor.logout("8001")
    board = latest(floor)
    assert (board.waiting, board.expected_wait_seconds, board.agents_logged_in) == ((), None, 0)
    assert (board.title, board.service_level_seconds) == ("综合服务", 15)


def test_counts_follow_the_agents(floor: Floor) -> None:
    floor.login("8001")
    floor.login("8002", ready=False)
    floor.login("8003", queues=("bill",))
    board = latest(floor)
    assert (board.agents_logged_in, board.agents_ready, board.agents_busy) == (2, 1, 0)
    floor.talks("8001", "c1")
    board = latest(floor)
    assert (board.agents_logged_in, board.agents_ready, board.agents_busy) == (2, 0, 1)
    floor.agent_hangs_up("8001", "c1")
    assert latest(floor).agents_busy == 1  # wrap-up
    floor.logout("8001")
    floor.logout("8002")
    board = latest(floor)
    assert (board.agents_logged_in, board.agents_ready, board.agents_busy) == (0, 0, 0)


def test_waiting_callers_in_order(floor: Floor) -> None:
    floor.waits("c1")
    floor.pass_time(1)
    floor.waits("c2")
    floor.pass_time(1)
    floor.waits("c3", priority=5)
    board = latest(floor)
    assert [(waiting.call_id, waiting.position) for waiting in board.waiting] == [("c3", 1), ("c1", 2), ("c2", 3)]


def test_changes_of_a_moment_make_one_snapshot(floor: Floor) -> None:
    floor.pass_time(1)
    floor.forget()
    for number in range(20):
        floor.waits(f"c{number}")
    floor.pass_time(1)
    assert len(snapshots(floor)) == 1
    assert len(snapshots(floor)[0].waiting) == 20


def test_a_busy_queue_is_published_four_times_a_second_at_most(floor: Floor) -> None:
    floor.pass_time(1)
    floor.forget()
    for number in range(100):
        floor.waits(f"c{number}")
        floor.pass_time(0.02)
    floor.pass_time(1)
    assert len(snapshots(floor)) <= 9


def test_the_expected_wait_shares_the_work(floor: Floor) -> None:
    floor.login("8001", ready=False)
    floor.login("8002", ready=False)
    floor.waits("c1")
    assert latest(floor).expected_wait_seconds == 180  # two in turn, two who could serve, three minutes each
    floor.ready("8001")
    assert latest(floor).expected_wait_seconds == 180


def test_the_expected_wait_learns_from_calls(floor: Floor) -> None:
    floor.login("8001")
    floor.talks("8001", "c1")
    floor.pass_time(40)
    floor.agent_hangs_up("8001", "c1")
    assert latest(floor).expected_wait_seconds == 100  # 40 s of talk and 60 s of wrap-up


def test_a_free_agent_means_no_wait(floor: Floor) -> None:
    floor.login("8001")
    assert latest(floor).expected_wait_seconds == 0


def announced(floor: Floor) -> list[tuple[str, dict[Variable, str]]]:
    return [(told.channel, dict(told.values)) for told in floor.actions(SetVariables)]


def test_the_place_is_told_every_thirty_seconds(floor: Floor) -> None:
    floor.login("8001", ready=False)
    floor.waits("c1")
    floor.waits("c2")
    floor.pass_time(29)
    assert announced(floor) == []
    floor.pass_time(2)
    assert announced(floor) == [
        (caller_channel("c1"), {Variable.SAY: "keys_plain", Variable.WAIT_MINUTES: "3", Variable.AHEAD: "0"}),
        (caller_channel("c2"), {Variable.SAY: "keys_plain", Variable.WAIT_MINUTES: "6", Variable.AHEAD: "1"}),
    ]
    floor.pass_time(60)
    assert len(announced(floor)) == 6


def test_the_place_comes_last_as_the_dialplan_waits_for_it(floor: Floor) -> None:
    floor.waits("c1")
    floor.pass_time(31)
    assert [name for name, _ in floor.actions(SetVariables)[0].values][-2:] == [
        Variable.WAIT_MINUTES,
        Variable.AHEAD,
    ]


def test_long_queues_are_told_in_the_words_there_are(floor: Floor) -> None:
    for number in range(40):
        floor.waits(f"c{number:02}")
    floor.pass_time(31)
    told = dict(announced(floor))
    assert told[caller_channel("c39")] == {
        Variable.SAY: "keys_plain",
        Variable.WAIT_MINUTES: "30",
        Variable.AHEAD: "21",
    }


def test_who_no_longer_waits_is_told_nothing(floor: Floor) -> None:
    floor.login("8001")
    floor.talks("8001", "c1")
    floor.waits("c2")
    floor.caller_hangs_up("c2")
    floor.pass_time(120)
    assert announced(floor) == []
