"""Copies of a ticket at three installations: whatever the links do, nothing is lost, nothing doubled, all end alike."""

from dataclasses import replace
from datetime import timedelta

import pytest

from agent_api.exchange import replica
from agent_api.exchange.replica import Refused, Replica
from agent_api.exchange.schedule import DEFAULT_RETRIES, next_try
from agent_api.exchange.wire import Entry
from agent_api.tickets import workflow
from agent_api.tickets.words import Act, State
from tests.support.lossy_link import FIRST, SAID, START, World, played

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("hundred", range(3))
def test_over_hundreds_of_broken_links_nothing_is_lost_or_doubled(hundred: int) -> None:
    refused = acts = 0
    for seed in range(hundred * 100, hundred * 100 + 100):
        world = played(seed)
        copies = [node.copy for node in world.nodes.values() if node.copy is not None]
        assert len(copies) == 3
        home = copies[0]
        stands = [entry.act_id for entry in home.entries]
        assert all(copy.entries == home.entries and copy.confirmed == len(stands) for copy in copies), seed
        assert workflow.rebuild(FIRST, map(replica.happening, home.entries))
        done = [act_id for node in world.nodes.values() for act_id in node.done]
        turned_down = [act_id for node in world.nodes.values() for act_id in node.told_refused]
        assert sorted(stands + turned_down) == sorted(done), seed
        for node in world.nodes.values():
            assert [each for each in stands if each in node.done] == [each for each in node.done if each in stands]
            assert set(node.applied.values()) <= {1}
        refused, acts = refused + len(turned_down), acts + len(done)
    assert refused > 0, "the schedules must contain conflicts"
    assert refused < acts / 3


def test_an_act_here_is_shown_at_once_and_gets_its_place_behind_what_came_before() -> None:
    world = World(1)
    for act in (Act.SUBMIT, Act.TO_DISPATCH, Act.ASSIGN):
        world.act("a", act)
    world.heal()
    world.act("b", Act.ACCEPT)
    world.act("a", Act.URGE)
    city = world.nodes["b"].copy
    assert city is not None
    assert [each.act for each in city.pending] == [Act.ACCEPT]
    world.heal()
    assert city.entries != (placed := (world.nodes["b"].copy or city).entries)
    assert [entry.act for entry in placed] == [
        Act.SUBMIT, Act.TO_DISPATCH, Act.ASSIGN, Act.URGE, Act.ACCEPT,
    ]  # fmt: skip
    assert world.state(world.nodes["b"]).state is State.PROCESSING


def test_an_act_that_comes_too_late_is_taken_back_and_its_doer_told() -> None:
    world = World(2)
    for act in (Act.SUBMIT, Act.TO_DISPATCH, Act.ASSIGN):
        world.act("a", act)
    world.heal()
    world.act("b", Act.RETURN)
    withdrawn = entry(Act.WITHDRAW, State.DISPATCHED, State.CANCELLED, minutes=500)
    home = world.nodes["a"]
    assert home.copy is not None
    home.copy, _ = replica.acted(replace(home.copy, entries=(*home.copy.entries, withdrawn)), 1)
    home.spread()
    world.heal()
    assert [world.state(node).state for node in world.nodes.values()] == [State.CANCELLED] * 3
    assert world.nodes["b"].told_refused == world.nodes["b"].done


def test_the_city_may_not_close_what_the_province_accepted() -> None:
    home = Replica(FIRST)
    with pytest.raises(Refused, match="owned_elsewhere"):
        replica.proposed(home, "b", entry(Act.ARCHIVE, State.CLOSED, State.ARCHIVED))


def test_a_copy_of_another_history_is_not_taken_over() -> None:
    copy = replica.replaced(Replica(FIRST, upstream="n"), [entry(Act.SUBMIT, State.DRAFT, State.ACCEPTED)])
    other = entry(Act.SUBMIT, State.DRAFT, State.ACCEPTED, minutes=9)
    for base, code in ((0, "exchange.history_differs"), (2, "exchange.history_differs")):
        with pytest.raises(Refused, match=code):
            replica.heard(copy, base, [other])
    with pytest.raises(Refused, match="history_unreadable"):
        replica.heard(copy, 1, [entry(Act.ACCEPT, State.DISPATCHED, State.PROCESSING)])


def test_a_side_that_reads_the_history_otherwise_says_so() -> None:
    """An act that our flow allows, too, but that leads elsewhere in theirs."""
    copy = Replica(FIRST, upstream="n")
    with pytest.raises(Refused, match="history_unreadable"):
        replica.replaced(copy, [entry(Act.SUBMIT, State.DRAFT, State.AUDITING)])


def test_of_several_own_acts_only_the_refused_one_is_taken_back() -> None:
    begun = replica.replaced(
        Replica(FIRST, upstream="n"),
        [
            entry(Act.SUBMIT, State.DRAFT, State.ACCEPTED),
            entry(Act.TO_DISPATCH, State.ACCEPTED, State.AUDITING, minutes=1),
        ],
    )
    own = [entry(Act.URGE, State.AUDITING, State.AUDITING, minutes=each) for each in (2, 3)]
    copy = replace(begun, entries=(*begun.entries, *own))
    assert [each.act_id for each in replica.withdrawn(copy, own[1].act_id).pending] == [own[0].act_id]
    assert [each.act_id for each in replica.withdrawn(copy, own[0].act_id).pending] == [own[1].act_id]
    assert replica.withdrawn(copy, "unknown") is copy
    assert replica.withdrawn(copy, begun.entries[0].act_id) is copy, "what has its place stays"


@pytest.mark.parametrize(("failures", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 60)])
def test_letters_are_sent_again_later_and_later(failures: int, minutes: int) -> None:
    assert next_try(DEFAULT_RETRIES, failures, START) == START + timedelta(minutes=minutes)
    assert next_try(DEFAULT_RETRIES, len(DEFAULT_RETRIES) + 1, START) is None


def entry(act: Act, before: State, after: State, minutes: int = 0) -> Entry:
    at = START.replace(hour=8 + minutes // 60, minute=minutes % 60)
    return Entry(
        act=act, at=at, actor="8301", center_id="a", comment="x", data=SAID.get(act, {}),
        from_state=before.value, to_state=after.value,
    )  # fmt: skip
