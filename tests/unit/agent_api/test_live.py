"""The hub: who sees what, resuming, dropping the slow, and apply(snapshot before, messages) == snapshot after."""

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acd.contracts.snapshots import AgentSnapshot, QueueSnapshot
from acd.contracts.vocabulary import AgentState
from agent_api.agents.board import Board, BoardNotice
from agent_api.auth.principal import CenterRef, Principal
from agent_api.live import Client, Hub
from agent_api.live_view import apply_all
from agent_api.observe import Metrics
from tests.support.events import NOON, Stream

pytestmark = pytest.mark.unit

BASE = 1000


def person(agent_no: str, role: str = "agent", centers: tuple[str, ...] = ("js",)) -> Principal:
    return Principal(
        agent_no, "某", frozenset({role}), CenterRef(centers[0], "", "P"), frozenset(centers), (), {}, "zh"
    )


def agent(agent_no: str, state: AgentState, center: str = "js", call: str | None = None) -> AgentSnapshot:
    return AgentSnapshot.model_validate(
        {"at": NOON, "agent_id": agent_no, "center_id": center, "state": state, "since": NOON, "call_id": call}
    )


def queue(name: str, ready: int = 0) -> QueueSnapshot:
    return QueueSnapshot.model_validate({"at": NOON, "queue": name, "title": name, "agents_ready": ready})


def new_hub(size: int = 500) -> Hub:
    return Hub(Board(), Metrics(), BASE, size)


def received(client: Client) -> list[dict[str, Any]]:
    messages = []
    while not client.outbox.empty():
        messages.append(json.loads(client.outbox.get_nowait()))
    return messages


def test_a_new_client_starts_with_a_snapshot() -> None:
    hub = new_hub()
    hub.agent_state(agent("8001", AgentState.READY))
    hub.queue_state(queue("bill", 2))
    (snapshot,) = received(hub.join(person("8001"), None))
    assert (snapshot["type"], snapshot["event_id"]) == ("snapshot", BASE + 2)
    assert [row["agent_id"] for row in snapshot["data"]["agents"]] == ["8001"]
    assert snapshot["data"]["queues"][0]["agents_ready"] == 2
    assert snapshot["data"]["my_call"] is None


def test_a_pop_is_for_one_agent_only() -> None:
    hub = new_hub()
    mine, other, boss = (hub.join(who, None) for who in (person("8001"), person("8002"), person("8101", "supervisor")))
    for client in (mine, other, boss):
        received(client)
    hub.pop("8001", {"call_id": "c", "caller_number": "13900000001"})
    assert received(mine) == [
        {"type": "pop", "event_id": BASE + 1, "call": {"call_id": "c", "caller_number": "13900000001"}}
    ]
    assert received(other) == []
    assert received(boss) == []


def test_numbers_are_masked_for_everybody_but_the_agent_in_the_call() -> None:
    hub = new_hub()
    mine, other, boss = (hub.join(who, None) for who in (person("8001"), person("8002"), person("8101", "supervisor")))
    for client in (mine, other, boss):
        received(client)
    offered = Stream().add("call.offered", call_id="c", direction="inbound", did="10010", caller_number="13900000001")
    hub.event(offered, "8001")
    assert received(mine)[0]["event"]["caller_number"] == "13900000001"
    assert received(boss)[0]["event"]["caller_number"] == "139****0001"
    assert received(other) == [], "calls of others are not an agent's business"


def test_agents_of_other_provinces_are_not_shown() -> None:
    hub = new_hub()
    client = hub.join(person("8001", centers=("js", "js-nj")), None)
    received(client)
    hub.agent_state(agent("8005", AgentState.READY, "js-nj"))
    hub.agent_state(agent("8007", AgentState.READY, "sc"))
    assert [message["data"]["agent_id"] for message in received(client)] == ["8005"]
    assert "8007" not in hub.snapshot_text(person("8001"))


def test_resuming_brings_only_what_was_missed() -> None:
    hub = new_hub()
    for ready in range(3):
        hub.queue_state(queue("bill", ready))
    resumed = received(hub.join(person("8001"), BASE + 2))
    assert [(message["type"], message["event_id"]) for message in resumed] == [("state", BASE + 3)]
    assert received(hub.join(person("8001"), BASE + 3)) == []


@pytest.mark.parametrize("last", [0, BASE - 1, BASE + 99])
def test_an_id_that_is_too_old_or_not_ours_brings_a_snapshot(last: int) -> None:
    hub = new_hub()
    hub.queue_state(queue("bill"))
    assert received(hub.join(person("8001"), last))[0]["type"] == "snapshot"


def test_ids_older_than_the_buffer_bring_a_snapshot() -> None:
    hub = new_hub(5000)
    for ready in range(2500):
        hub.queue_state(queue("bill", ready))
    assert received(hub.join(person("8001"), BASE + 10))[0]["type"] == "snapshot"
    assert len(received(hub.join(person("8001"), BASE + 600))) == 1900


def test_a_slow_client_is_dropped_and_the_others_go_on() -> None:
    async def run() -> None:
        hub = new_hub(size=3)
        slow, quick = hub.join(person("8001"), None), hub.join(person("8002"), None)
        for ready in range(10):
            hub.queue_state(queue("bill", ready))
            received(quick)
        assert slow.dropped.is_set()
        assert not quick.dropped.is_set()

    asyncio.run(run())


def test_the_call_stays_through_the_wrap_up_and_goes_with_the_next_state() -> None:
    hub = new_hub()
    hub.pop("8001", {"call_id": "c"})
    hub.agent_state(agent("8001", AgentState.WRAP_UP, call="c"))
    assert hub.call_on_screen("8001") == "c"
    hub.agent_state(agent("8001", AgentState.READY))
    assert hub.call_on_screen("8001") is None


def row(call_id: str, center: str) -> dict[str, Any]:
    return {"call_id": call_id, "center_id": center, "state": "talking"}


def notice(notice_id: str, *centers: str, queue: str | None = None) -> BoardNotice:
    return BoardNotice(frozenset(centers), queue, {"id": notice_id, "text": "请注意"})


def test_a_call_that_goes_to_another_centre_leaves_the_floor_of_the_first() -> None:
    hub = new_hub()
    here = hub.join(person("8101", "supervisor"), None)
    there = hub.join(person("8102", "supervisor", ("sc",)), None)
    agent_here = hub.join(person("8001"), None)
    for client in (here, there, agent_here):
        assert received(client)[0]["data"]["calls"] == []
    for center in ("", "js", "js", "sc"):
        hub.floor_call("a", row("a", center))
    hub.floor_call("a", None)
    shown = [message["call"] and message["call"]["center_id"] for message in received(here)]
    assert shown == ["", "js", None], "the same row is not told twice"
    assert [message["call"] and message["call"]["center_id"] for message in received(there)] == ["", None, "sc", None]
    assert received(agent_here) == []


def test_a_notice_is_for_a_centre_and_a_queue_and_is_over_in_the_end() -> None:
    hub = new_hub()
    mine, other = hub.join(person("8001"), None), hub.join(person("8007", centers=("sc",)), None)
    hub.notice("n1", notice("n1", "js", "js-nj"))
    hub.notice("n1", notice("n1", "js", "js-nj"))
    hub.notice("n2", notice("n2", "js", queue="vip"))
    hub.notice_over("n1")
    kinds = [message["type"] for message in received(mine)]
    assert kinds == ["snapshot", "notice", "notice_over"]
    assert [message["type"] for message in received(other)] == ["snapshot"]


def test_the_old_desk_is_told_once_whichever_replica_took_the_sign_in() -> None:
    hub = new_hub()
    old, new = (hub.join(person("8001"), None, desk) for desk in ("desk-1", "desk-2"))
    for session in ("desk-1", "desk-1", "desk-2", "desk-2"):
        hub.agent_state(agent("8001", AgentState.READY).model_copy(update={"session": session}))
    hub.desk_of("8001", "desk-2")
    assert [m["session"] for m in received(old) if m["type"] == "moved"] == ["desk-2"]
    assert [m["session"] for m in received(new) if m["type"] == "moved"] == ["desk-1"]


def test_numbers_outside_are_masked_for_all_but_the_agent() -> None:
    hub, stream = new_hub(), Stream()
    mine, boss = hub.join(person("8001"), None), hub.join(person("8101", "supervisor"), None)
    received(mine), received(boss)
    asked = stream.add("call.consulting", call_id="c", agent_id="8001", to_kind="external", to="13800138000")
    number = "13800138000"
    promised = stream.add("callback.booked", 1, callback_id="b", queue="bill", number=number, place_at=NOON,
                          expires_at=NOON)  # fmt: skip
    hub.event(asked, "8001")
    hub.event(promised, None)
    assert received(mine)[0]["event"]["to"] == "13800138000"
    first, second = received(boss)
    assert (first["event"]["to"], second["event"]["number"]) == ("138****8000", "138****8000")


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("agent"), st.sampled_from(["8001", "8002", "8007"]), st.sampled_from(list(AgentState))),
        st.tuples(st.just("queue"), st.sampled_from(["bill", "vip"]), st.integers(0, 5)),
        st.tuples(st.just("pop"), st.sampled_from(["8001", "8002"]), st.integers(0, 5)),
        st.tuples(st.just("event"), st.sampled_from(["8001", "8002"]), st.integers(0, 5)),
        st.tuples(st.just("floor"), st.sampled_from(["a", "b"]), st.sampled_from(["js", "sc", "", None])),
        st.tuples(st.just("notice"), st.sampled_from(["n1", "n2"]), st.sampled_from(["js", "sc", None])),
    ),
    max_size=30,
)


@given(STEPS, STEPS, st.integers(0, 30), st.sampled_from(["agent", "supervisor"]))
def test_snapshot_and_messages_make_the_later_snapshot(
    before: list[Any], after: list[Any], cut: int, role: str
) -> None:
    hub, stream = new_hub(), Stream()

    def do(step: Any) -> None:
        match step:
            case ("agent", str(number), AgentState() as state):
                hub.agent_state(agent(number, state, "sc" if number == "8007" else "js"))
            case ("queue", str(name), int(ready)):
                hub.queue_state(queue(name, ready))
            case ("pop", str(number), int(call)):
                hub.pop(number, {"call_id": str(call)})
            case ("event", str(number), int(call)):
                hub.event(stream.add("call.held", call_id=str(call), agent_id=number), number)
            case ("floor", str(call_id), center):
                hub.floor_call(call_id, None if center is None else row(call_id, center))
            case ("notice", str(notice_id), None):
                if notice_id in hub._board.notices:
                    hub.notice_over(notice_id)
            case ("notice", str(notice_id), str(center)):
                hub.notice(notice_id, notice(notice_id, center))

    for step in before:
        do(step)
    me = person("8001", role)
    client = hub.join(me, None)
    (first,) = received(client)
    for step in after[:cut]:
        do(step)
    seen = received(client)
    # The connection breaks; the rest is fetched by resuming from the last message that was seen.
    hub.leave(client)
    for step in after[cut:]:
        do(step)
    last = (seen or [first])[-1]["event_id"]
    seen += received(hub.join(me, last))
    view = apply_all(first["data"], seen, "8001")
    assert view == json.loads(hub.snapshot_text(me))["data"]
