"""The loop: actions first, everything numbered, and a fact that breaks the core breaks nothing else."""

import asyncio
import json
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import pytest

from acd import pump as pump_module
from acd.adapters.journal import Batch, Outgoing
from acd.contracts.dialplan import Context
from acd.contracts.ids import CallId, NodeName, QueueName
from acd.core import effects, facts
from acd.core.effects import Effect
from acd.core.world import World
from acd.pump import Pump
from tests.support.floor import MONDAY_TEN, NODE, TABLE, caller_channel
from tests.support.processes import eventually_async

pytestmark = pytest.mark.unit


class Diary:
    """Journal, bus and node in one: remembers what came in which order."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self.batches: list[Batch] = []
        self.posted: list[Outgoing] = []
        self.known_stream: list[Outgoing] | None = None

    def run(self, action: effects.Action) -> None:
        self.order.append(type(action).__name__)

    def post(self, batch: Batch | Iterable[Outgoing]) -> None:
        if isinstance(batch, Batch):
            self.batches.append(batch)
        else:
            self.posted.extend(batch)

    def events_after(self, stream: UUID, seq: int) -> list[Outgoing] | None:
        return self.known_stream


@pytest.fixture
def diary() -> Diary:
    return Diary()


@pytest.fixture
async def pump(diary: Diary, tmp_path: Path) -> Pump:
    pump = Pump(World(TABLE, (NODE,), MONDAY_TEN), diary, diary, tmp_path / "traces")
    pump.nodes = {NODE: diary}
    return pump


def arrived(number: int) -> facts.CallArrived:
    call_id = CallId(f"c{number}")
    return facts.CallArrived(MONDAY_TEN, NODE, call_id, caller_channel(call_id), "10010", "13900000001")


async def test_events_are_numbered_without_a_gap(pump: Pump, diary: Diary) -> None:
    for number in range(10):
        pump.take(arrived(number))
        pump.flush()
    events = [event for batch in diary.batches for event in batch.events]
    assert [event.seq for event in events] == list(range(1, 11))
    assert {event.stream for event in events} == {pump.stream}
    assert len({event.event_id for event in events}) == 10


async def test_actions_reach_the_node_before_anything_is_put_down(
    pump: Pump, diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = diary.order
    monkeypatch.setattr(pump, "_follow", lambda effect, at: order.append(type(effect).__name__))
    asked: list[Effect] = [
        effects.Save(effects.Kind.CALL, "c1", None),
        effects.Redirect(NODE, caller_channel("c1"), Context.DELIVER, "8001"),
        effects.CancelTimer(facts.TimerKey(facts.Timer.LEASE)),
        effects.Hangup(NODE, caller_channel("c2")),
    ]
    monkeypatch.setattr(pump_module, "handle", lambda *_: asked)
    pump.take(arrived(1))
    assert order == ["Redirect", "Hangup", "Save", "CancelTimer"]


async def test_a_fact_that_breaks_the_core_is_kept_and_the_loop_lives(
    pump: Pump, diary: Diary, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(world: World, fact: facts.AnyFact, now: object) -> list[Effect]:
        world.publish()
        world.ask(effects.Save(effects.Kind.CALL, "c1", None))
        raise RuntimeError("a bug")

    with monkeypatch.context() as broken:
        broken.setattr(pump_module, "handle", breaks)
        pump.take(arrived(1))
    pump.take(arrived(2))
    pump.flush()
    assert pump.crashes == 1
    (kept,) = (tmp_path / "traces").iterdir()
    assert json.loads(kept.read_text())["fact"] == "CallArrived"
    assert kept.stat().st_mode & 0o077 == 0  # it holds a telephone number
    assert [event.type for event in diary.batches[-1].events] == ["call.offered"]
    assert (effects.Kind.CALL, "c1") in diary.batches[-1].records  # what was asked for before the break is done


async def test_records_and_snapshots_of_a_burst_are_folded(pump: Pump, diary: Diary) -> None:
    pump.take(arrived(1))
    waiting = facts.CallerWaiting(MONDAY_TEN, NODE, CallId("c1"), caller_channel("c1"), QueueName("general"), 0)
    pump.take(waiting)
    pump.flush()
    (batch,) = diary.batches
    assert list(batch.records) == [(effects.Kind.CALL, "c1"), (effects.Kind.CONTACT, "13900000001")]
    assert len(batch.events) == 2


async def test_a_call_in_the_menu_waits_for_company_until_somebody_looks_on(
    pump: Pump, diary: Diary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pump_module, "LONGER_SECONDS", 60)
    running = asyncio.create_task(pump.run())
    pump.deliver(arrived(1))

    async def is_taken() -> bool:
        return pump.facts["CallArrived"] == 1

    await eventually_async(is_taken, "the arrival is taken", within=10)
    assert not diary.batches
    pump.deliver(facts.CallerWaiting(MONDAY_TEN, NODE, CallId("c1"), caller_channel("c1"), QueueName("general"), 0))

    async def is_told() -> bool:
        return bool(diary.batches)

    await eventually_async(is_told, "the waiting caller is told of", within=10)
    assert [event.type for event in diary.batches[0].events] == ["call.offered", "call.queued"]
    running.cancel()
    pump.close()


async def test_a_quiet_floor_still_shows_a_sign_of_life(pump: Pump, diary: Diary) -> None:
    pump.flush()
    pump.flush()
    assert len(diary.batches) == 1
    assert diary.batches[0].empty()


async def test_actions_for_a_node_nobody_knows_are_dropped(pump: Pump, monkeypatch: pytest.MonkeyPatch) -> None:
    stray = effects.Hangup(NodeName("n9"), caller_channel("c1"))
    monkeypatch.setattr(pump_module, "handle", lambda *_: [stray])
    pump.take(arrived(1))


@pytest.mark.parametrize("known", [None, [Outgoing("cc/v1/evt/call/c1/offered", b"{}")]])
async def test_a_replay_is_published_and_reported(pump: Pump, diary: Diary, known: list[Outgoing] | None) -> None:
    diary.known_stream = known
    await pump._replayed(effects.Replay(UUID(int=1), UUID(int=2), 0))
    assert diary.posted == (known or [])
    assert pump.backlog() == 1
