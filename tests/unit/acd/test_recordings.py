"""Manager streams of a real Asterisk 22 through translator and core: what is published, and when it happened."""

import re
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from acd.adapters.ami import parse
from acd.contracts import events
from acd.contracts.vocabulary import AbandonStage, AgentState, AttemptCode, BlockRule, HangupSide, PauseReason
from acd.core.facts import Fact
from acd.core.messages.headers import Message
from acd.core.messages.translate import translate
from tests.support.floor import NODE, Floor
from tests.support.floor_dials import cancel_dial, dial

pytestmark = pytest.mark.unit

TRACES = Path(__file__).parent / "traces"
SERVED = [
    "call.offered",
    "call.ivr_answered",
    "call.ivr_visited",
    "call.agent_requested",
    "call.ivr_left",
    "call.queued",
]


def messages(name: str) -> list[Message]:
    """The recorded messages; the first line of the file tells where it comes from."""
    return [parse(raw) for raw in (TRACES / f"{name}.ami").read_bytes().split(b"\r\n\r\n")[1:] if raw]


def facts_of(name: str) -> list[Fact]:
    translated = (translate(message, NODE) for message in messages(name))
    return [fact for fact in translated if fact is not None]


def play(name: str, floor: Floor, after_each: Callable[[], None] = lambda: None) -> Floor:
    for fact in facts_of(name):
        floor.now = fact.at
        floor.tell(fact)
        after_each()
    return floor


def staffed() -> Floor:
    floor = Floor()
    floor.login("8001")
    floor.forget()
    return floor


def only_call(floor: Floor) -> str:
    return floor.last(events.CallOffered).call_id


def test_an_agent_answers_and_the_customer_is_surveyed() -> None:
    floor = play("normal", staffed())
    told = floor.call_events(only_call(floor))
    assert told == [*SERVED, "call.agent_ringing", "call.connected", "call.surveyed", "call.ended"]
    connected, ended = floor.last(events.CallConnected), floor.last(events.CallEnded)
    assert 1000 <= connected.ring_ms <= 1020  # the phone rang a second; DialEnd came a second later
    assert connected.wait_ms >= connected.ring_ms
    assert 2000 <= ended.talk_ms <= 2020
    assert (ended.hangup_side, ended.agent_id, ended.hangup_cause) == (HangupSide.AGENT, "8001", 16)
    assert floor.last(events.CallSurveyed).satisfaction == 1
    assert floor.state_of("8001") is AgentState.WRAP_UP
    assert floor.world.calls == {}
    assert floor.world.phones == {}


def test_a_ring_without_answer_goes_to_the_next_agent() -> None:
    floor = staffed()

    def second_agent() -> None:
        if floor.all_of(events.CallAgentMissed) and "8002" not in floor.world.agents:
            floor.login("8002")

    play("ring_no_answer", floor, second_agent)
    told = floor.call_events(only_call(floor))[len(SERVED) :]
    assert told[:4] == ["call.agent_ringing", "call.agent_missed", "call.agent_ringing", "call.connected"]
    missed = floor.last(events.CallAgentMissed)
    assert (missed.agent_id, missed.cause) == ("8001", "noanswer")
    assert 14_900 <= missed.ring_ms <= 15_100
    paused = next(
        event for event in floor.all_of(events.AgentStateChanged) if event.agent_id == "8001" and event.reason
    )
    assert paused.reason is PauseReason.RONA
    assert floor.last(events.CallConnected).wait_ms > 15_000
    assert floor.last(events.CallEnded).agent_id == "8002"


def test_the_customer_hangs_up_while_talking() -> None:
    floor = play("customer_hangs_up", staffed())
    assert floor.last(events.CallEnded).hangup_side is HangupSide.CUSTOMER
    assert not floor.all_of(events.CallAbandoned)
    assert floor.world.phones == {}


def test_the_customer_hangs_up_while_it_rings() -> None:
    floor = play("abandoned_ringing", staffed())
    assert floor.last(events.CallAbandoned).stage is AbandonStage.RING
    assert floor.last(events.CallEnded).hangup_side is HangupSide.CUSTOMER
    assert floor.state_of("8001") is AgentState.READY


def test_dunning_dials() -> None:
    floor = Floor()
    ids = [str(message["ActionID"]) for message in messages("dunning") if message["Event"] == "OriginateResponse"]
    for attempt_id in ids:
        dial(floor, attempt_id)
    cancel_dial(floor, ids[-1])
    play("dunning", floor)
    results = {event.attempt_id: (event.code, event.rule) for event in floor.all_of(events.AttemptFinished)}
    assert [results[attempt_id] for attempt_id in ids] == [  # type: ignore[index]
        (AttemptCode.PROMISE, None),
        (AttemptCode.BUSY, None),
        (AttemptCode.REJECTED, None),
        (AttemptCode.NO_ANSWER, None),
        (AttemptCode.EMPTY_NUMBER, None),
        (AttemptCode.CONGESTION, None),
        (AttemptCode.BLOCKED, BlockRule.PAID),
    ]
    assert len(floor.all_of(events.AttemptFinished)) == len(ids)
    assert floor.world.attempts == {}


@pytest.mark.parametrize("name", [path.stem for path in sorted(TRACES.glob("*.ami"))])
def test_a_stream_heard_twice_publishes_each_event_once(name: str) -> None:
    """Duplicates and latecomers are counted, never told again."""
    once, twice = play(name, staffed()), staffed()
    for fact in facts_of(name):
        twice.now = fact.at
        twice.tell(fact)
        twice.tell(fact)
    ended = [event.call_id for event in twice.all_of(events.CallEnded)]
    assert len(ended) == len(set(ended)) == len(once.all_of(events.CallEnded))
    assert len(twice.all_of(events.CallConnected)) == len(once.all_of(events.CallConnected))


@pytest.mark.parametrize("name", [path.stem for path in sorted(TRACES.glob("*.ami"))])
@pytest.mark.parametrize("seed", range(5))
def test_a_stream_out_of_order_breaks_nothing(name: str, seed: int) -> None:
    floor, shuffled = staffed(), facts_of(name)
    Random(seed).shuffle(shuffled)
    for fact in shuffled:
        floor.now = max(floor.now, fact.at)
        floor.tell(fact)
    ended = [event.call_id for event in floor.all_of(events.CallEnded)]
    assert len(ended) == len(set(ended))


def test_every_recording_says_where_it_comes_from() -> None:
    for path in TRACES.glob("*.ami"):
        assert re.match(rb"# Asterisk 22\.[^\r\n]+ \(Debian\), \d{4}-\d\d-\d\d, acd record\.", path.read_bytes()), path
