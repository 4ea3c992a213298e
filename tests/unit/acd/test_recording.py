"""What is told of a recording, and that a pause ends by itself."""

from uuid import uuid4

import pytest

from acd.contracts.commands import ConfigureRouting, PauseRecording, ResumeRecording
from acd.contracts.dialplan import Variable
from acd.contracts.events import CallEnded, CallRecordingChanged, CommandDone
from acd.contracts.ids import AgentId, CallId
from acd.contracts.vocabulary import RecordingState
from acd.core import effects, facts
from acd.core.errors import Code
from tests.support.floor import NODE, TABLE, Floor, caller_channel, phone_channel
from tests.support.floor_legs import live_caller, live_phone

pytestmark = pytest.mark.unit

STARTED, PAUSED, RESUMED, STOPPED = RecordingState


@pytest.fixture
def floor() -> Floor:
    """8001 talks with the caller c1, and the recorder was armed before the phone rang."""
    floor = Floor()
    floor.login()
    floor.waits("c1")
    recorder(floor, facts.RecorderArmed)
    floor.rings("8001", "c1")
    floor.answers("8001", "c1")
    recorder(floor, facts.ChannelJoined)
    return floor


def recorder(floor: Floor, kind: type[facts.RecorderFact], channel: str = "", **more: bool) -> None:
    floor.tell(kind(floor.now, NODE, CallId("c1"), channel or caller_channel("c1"), **more))  # type: ignore[arg-type]


def told(floor: Floor) -> list[tuple[RecordingState, str]]:
    return [(event.state, event.reason) for event in floor.all_of(CallRecordingChanged)]


def command(floor: Floor, kind: type[PauseRecording | ResumeRecording], agent: str = "8001") -> CommandDone:
    floor.pass_time(1)
    head = {"command_id": uuid4(), "not_after": floor.now}
    return floor.command(kind(**head, agent_id=AgentId(agent), call_id=CallId("c1")))  # type: ignore[arg-type]


def mutes(floor: Floor) -> list[bool]:
    return [action.muted for action in floor.actions(effects.MuteRecorder)]


def test_it_starts_when_the_customer_is_joined_and_ends_with_the_call(floor: Floor) -> None:
    assert told(floor) == [(STARTED, "")]
    assert floor.last(CallRecordingChanged).file == "c1.raw"
    recorder(floor, facts.ChannelParted)
    floor.caller_hangs_up("c1")
    assert told(floor) == [(STARTED, ""), (PAUSED, "away"), (STOPPED, "")]
    assert isinstance(floor.events[-1], CallRecordingChanged | CallEnded)


def test_an_unanswered_call_has_no_recording() -> None:
    floor = Floor()
    floor.login()
    floor.waits("c1")
    recorder(floor, facts.RecorderArmed)
    floor.rings("8001", "c1")
    floor.caller_hangs_up("c1")
    assert told(floor) == []


def test_away_in_the_password_menu_and_back(floor: Floor) -> None:
    recorder(floor, facts.ChannelParted)
    recorder(floor, facts.ChannelJoined)
    assert told(floor) == [(STARTED, ""), (PAUSED, "away"), (RESUMED, "away")]


def test_back_in_the_queue_it_rests_and_goes_on_with_the_next_agent(floor: Floor) -> None:
    for kind in (facts.ChannelParted, facts.RecorderRested, facts.RecorderArmed, facts.ChannelJoined):
        recorder(floor, kind)
    assert told(floor) == [(STARTED, ""), (PAUSED, "away"), (RESUMED, "away")]


def test_other_channels_of_the_call_do_not_count(floor: Floor) -> None:
    recorder(floor, facts.ChannelParted, phone_channel("8001"))
    assert told(floor) == [(STARTED, "")]


def test_the_agent_pauses_and_resumes(floor: Floor) -> None:
    assert command(floor, PauseRecording).ok
    assert told(floor) == [(STARTED, "")]  # only what Asterisk reports is told
    recorder(floor, facts.RecorderMuted, muted=True)
    assert command(floor, ResumeRecording).ok
    recorder(floor, facts.RecorderMuted, muted=False)
    assert mutes(floor) == [True, False]
    assert told(floor) == [(STARTED, ""), (PAUSED, "secret"), (RESUMED, "secret")]
    floor.pass_time(120)
    assert mutes(floor) == [True, False]


def test_a_forgotten_pause_ends_after_a_minute(floor: Floor) -> None:
    command(floor, PauseRecording)
    recorder(floor, facts.RecorderMuted, muted=True)
    floor.pass_time(59)
    assert mutes(floor) == [True]
    floor.pass_time(2)
    assert mutes(floor) == [True, False]


def test_away_while_paused_is_told_as_both(floor: Floor) -> None:
    """What is silent in the file and what is missing from it must be kept apart."""
    command(floor, PauseRecording)
    recorder(floor, facts.RecorderMuted, muted=True)
    recorder(floor, facts.ChannelParted)
    recorder(floor, facts.ChannelJoined)
    recorder(floor, facts.RecorderMuted, muted=False)
    assert told(floor)[1:] == [(PAUSED, "secret"), (PAUSED, "away"), (PAUSED, "secret"), (RESUMED, "secret")]


@pytest.mark.parametrize("kind", [PauseRecording, ResumeRecording])
def test_only_whose_call_it_is_may(floor: Floor, kind: type[PauseRecording | ResumeRecording]) -> None:
    floor.login("8002")
    assert command(floor, kind, "8002").code == Code.CALL_WRONG_STATE
    assert mutes(floor) == []


def test_nothing_to_resume_is_refused(floor: Floor) -> None:
    assert command(floor, ResumeRecording).code == Code.CALL_WRONG_STATE


def test_a_restart_in_mid_call_tells_nothing_new(floor: Floor) -> None:
    after = floor.killed()
    after.resync(live_caller("c1", "cc-deliver", recorded=True, joined=True), live_phone("8001", "c1"))
    assert told(after) == []
    recorder(after, facts.ChannelParted)
    after.caller_hangs_up("c1")
    assert told(after) == [(PAUSED, "away"), (STOPPED, "")]


def test_a_pause_forgotten_over_a_restart_ends_too(floor: Floor) -> None:
    command(floor, PauseRecording)
    recorder(floor, facts.RecorderMuted, muted=True)
    after = floor.killed()
    after.resync(live_caller("c1", "cc-deliver", recorded=True, joined=True), live_phone("8001", "c1"))
    after.pass_time(61)
    assert mutes(after) == [False]


def test_a_recording_begun_unwatched_is_told_when_found() -> None:
    floor = Floor()
    floor.resync(live_caller("c9", "cc-fallback", recorded=True, joined=True), live_phone("8001", "c9"))
    assert told(floor) == [(STARTED, "")]


def test_the_end_seen_only_by_its_absence_stops_it_too(floor: Floor) -> None:
    floor.link_lost()
    floor.resync()
    assert told(floor)[-1] == (STOPPED, "")


def told_nodes(floor: Floor) -> list[str]:
    return [action.value for action in floor.actions(effects.SetGlobal) if action.name is Variable.UNRECORDED]


def test_every_node_is_told_what_is_not_recorded() -> None:
    floor = Floor()
    floor.resync()
    assert told_nodes(floor) == [""]
    off = {"record": False}
    queues = tuple(rule.model_copy(update=off if rule.name in ("bill", "vip") else {}) for rule in TABLE.queues)
    table = TABLE.model_copy(update={"version": TABLE.version + 1, "queues": queues})
    floor.command(ConfigureRouting(command_id=uuid4(), not_after=floor.now, table=table, by="8101"))
    floor.resync()
    assert told_nodes(floor)[1:] == ["&bill&&vip&"] * 2
