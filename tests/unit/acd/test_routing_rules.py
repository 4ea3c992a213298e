"""Each rule of a queue at work: skills that relax, circles, overflows, caps, reserves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from acd.contracts.ids import CenterId, QueueName
from acd.contracts.routing import Circle, Overflow, Relax, RoutingTable, SkillNeed, When
from acd.contracts.vocabulary import AgentState
from acd.core.routing import Engine, Mark, Rules
from tests.support.engine import Calm, chosen, later, queue, ready, table, told_engine, waiting
from tests.support.floor import MONDAY_TEN as NOW

pytestmark = pytest.mark.unit


# ---- skills ------------------------------------------

ENGLISH = SkillNeed(
    skill="english", level=5, relax=(Relax(after_seconds=20, level=3), Relax(after_seconds=60, level=0))
)


@pytest.mark.parametrize(("level", "serves_after"), [(5, 0), (4, 20), (3, 20), (2, 60), (0, 60)])
def test_a_required_level_relaxes_with_time(level: int, serves_after: int) -> None:
    entry = waiting(1, "general")
    agent = ready(1, ("general",), skills={"english": level, "other": 1})
    engine = told_engine(table(queue(skills=(ENGLISH,))), [entry], [agent])
    for seconds in (0, 19, 20, 59, 60):
        later(engine, entry, seconds)
        expected = ("c1", "8001") if seconds >= serves_after else None
        assert chosen(engine, seconds) == expected, seconds


def test_the_next_moment_is_told() -> None:
    engine = Engine(
        table(queue(skills=(ENGLISH,), circles=(Circle(after_seconds=0, reach=0), Circle(after_seconds=45, reach=2))))
    )
    entry = waiting(1, "general", center="js")
    engine.enter(entry)
    moments = []
    now = NOW
    while (settled := engine.settle(Calm(), now)) and (now := settled[0].next_at or NOW) != NOW:
        moments.append((now - NOW).total_seconds())
        engine.reconsider(entry.entry_id)
    assert moments == [20, 45, 60]


def test_a_preferred_skill_orders_the_agents_and_keeps_nobody_out() -> None:
    rule = queue(skills=(SkillNeed(skill="general"), SkillNeed(skill="fiber", level=3, required=False)))
    plain, knowing = (
        ready(1, ("general",), skills={"general": 1}, idle=99),
        ready(2, ("general",), skills={"general": 1, "fiber": 4}),
    )
    engine = told_engine(table(rule), [waiting(1, "general"), waiting(2, "general")], [plain, knowing])
    assert chosen(engine) == ("c1", "8002")
    engine.know(replace(knowing, state=AgentState.RESERVED), free=False)
    assert chosen(engine) == ("c1", "8001")


def test_why_tells_what_was_relaxed() -> None:
    entry = waiting(1, "general", waited=30)
    engine = told_engine(table(queue(skills=(ENGLISH,))), [entry], [ready(1, ("general",), skills={"english": 3})])
    decision = engine.choose(NOW)
    assert decision is not None
    assert {"skill": "english", "from": "5", "to": "3"} in [reason.values for reason in decision.why]
    assert "relaxed from level 5 to 3" in decision.reason


# ---- points ------------------------------------------


@pytest.mark.parametrize(
    ("base", "asked", "marks", "points"),
    [
        (0, 0, (), 0),
        (30, 0, (Mark.VIP,), 30),  # the queue says it already
        (0, 0, (Mark.VIP,), 30),
        (50, 0, (Mark.VIP, Mark.COMPLAINT), 50),
        (0, 7, (Mark.COMPLAINT, Mark.REPEATED), 22),
        (10, 0, (Mark.AFTER_CALLBACK, Mark.REPEATED), 25),
        (0, 0, ("nonsense",), 0),
    ],
)
def test_points(base: int, asked: int, marks: tuple[str, ...], points: int) -> None:
    rule = queue(base_priority=base)
    assert Rules(table(rule)).points(rule, asked, marks) == points


def test_ageing_is_the_queues_own() -> None:
    rule = queue(seconds_per_priority=100)
    entries = [waiting(1, "general", points=1), waiting(2, "general", waited=99), waiting(3, "general", waited=101)]
    engine = told_engine(table(rule), entries, [])
    assert engine.room.order(QueueName("general")) == ["c3", "c1", "c2"]


# ---- circles of centres ------------------------------


CIRCLES = (Circle(after_seconds=0, reach=0), Circle(after_seconds=15, reach=1), Circle(after_seconds=40, reach=2))


@pytest.mark.parametrize(("home", "serves_after"), [("js-nj", 0), ("js", 15), ("gd", 40), ("", 40)])
def test_circles_widen(home: str, serves_after: int) -> None:
    entry = waiting(1, "general", center="js-nj")
    engine = told_engine(table(queue(circles=CIRCLES)), [entry], [ready(1, ("general",), center=home)])
    told = []
    for seconds in (0, 14, 15, 39, 40):
        told += later(engine, entry, seconds)
        assert chosen(engine, seconds) == (("c1", "8001") if seconds >= serves_after else None), seconds
    assert told == [("general", "circle"), ("general", "circle")]


def test_who_has_no_centre_is_served_by_all() -> None:
    engine = told_engine(table(queue(circles=CIRCLES)), [waiting(1, "general")], [ready(1, ("general",), center="gd")])
    assert chosen(engine) == ("c1", "8001")


def test_a_table_of_centres_that_runs_in_a_circle_ends() -> None:
    rules = Rules(
        table(queue()).model_copy(update={"parents": {CenterId("a"): CenterId("b"), CenterId("b"): CenterId("a")}})
    )
    assert rules.chain(CenterId("a")) == ("a", "b", "")


# ---- overflow ----------------------------------------


def overflowing(**how: object) -> RoutingTable:
    return table(
        queue(skills=(SkillNeed(skill="general"),), overflows=(Overflow(to_queue=QueueName("other"), **how),)),  # type: ignore[arg-type]
        queue("other", skills=(SkillNeed(skill="other"),)),
    )


def test_overflow_after_a_time_keeps_the_place() -> None:
    first, second = waiting(1, "general"), waiting(2, "other", waited=10)
    engine = told_engine(overflowing(after_seconds=30), [first, second], [ready(1, ("other",), skills={"other": 1})])
    assert later(engine, first, 29) == []
    assert later(engine, first, 30) == [("other", "always")]
    assert (engine.room.length(QueueName("general")), engine.room.length(QueueName("other"))) == (1, 1)
    assert chosen(engine, 30) == ("c2", "8001")  # came first
    engine.leave(second.entry_id)
    decision = engine.choose(NOW + timedelta(seconds=30))
    assert decision is not None
    assert (decision.call_id, decision.queue) == ("c1", "general")
    assert "overflow to other" in decision.reason


@pytest.mark.parametrize(
    ("when", "threshold", "held", "met"),
    [
        (When.NO_AGENT, 0, Calm(signed={"general": 1}), Calm(signed={"general": 0})),
        (When.NONE_READY, 0, Calm(free={"general": 1}), Calm(free={"general": 0})),
        (When.EXPECTED_WAIT_OVER, 60, Calm(wait_seconds=60), Calm(wait_seconds=61)),
        (When.EXPECTED_WAIT_OVER, 60, Calm(wait_seconds=60), Calm(wait_seconds=None)),
        (
            When.WAITING_PER_AGENT_OVER,
            2,
            Calm(signed={"general": 2}, queued={"general": 4}),
            Calm(queued={"general": 1}),
        ),
    ],
)
def test_overflow_on_a_condition_that_comes_true_later(when: When, threshold: int, held: Calm, met: Calm) -> None:
    entry = waiting(1, "general")
    engine = Engine(overflowing(when=when, threshold=threshold))
    engine.know(ready(1, ("other",), skills={"other": 1}), free=True)
    engine.enter(entry)
    assert engine.settle(held, NOW)[0].widened == ()
    assert chosen(engine) is None
    engine.stir(QueueName("general"))
    assert engine.unrest()
    assert engine.settle(held, NOW) == []
    engine.stir(QueueName("general"))
    (settled,) = engine.settle(met, NOW)
    assert [widened.reason.code for widened in settled.widened] == [when]
    assert chosen(engine) == ("c1", "8001")
    engine.stir(QueueName("general"))
    assert not engine.unrest()  # opened once and for all


def test_overflow_for_those_at_the_end_of_a_long_queue_only() -> None:
    class Growing(Calm):
        def expected_wait_seconds(self, queue: QueueName, ahead: int) -> float | None:
            return 10.0 * ahead

    entries = [waiting(n, "general", waited=20 - n) for n in range(10)]
    engine = Engine(overflowing(when=When.EXPECTED_WAIT_OVER, threshold=65))
    for entry in entries:
        engine.enter(entry)
    opened = {settled.entry.entry_id for settled in engine.settle(Growing(), NOW) if settled.entry.opened}
    assert opened == {"c7", "c8", "c9"}


# ---- caps and reserves -------------------------------


def test_a_cap_holds_back_and_lets_go() -> None:
    engine = told_engine(table(queue(most_talking=1), queue("other")), [waiting(1, "general"), waiting(2, "other")], [])
    engine.engage(QueueName("general"), 1)
    engine.know(ready(1, ("general", "other")), free=True)
    assert chosen(engine) == ("c2", "8001")
    engine.engage(QueueName("general"), -1)
    assert chosen(engine) == ("c1", "8001")


def test_the_last_agents_are_kept_for_the_urgent() -> None:
    rule = queue(reserve=1, reserve_below_priority=10)
    plain, urgent = waiting(1, "general", waited=500), waiting(2, "general", points=10)
    engine = told_engine(table(rule), [plain, urgent], [ready(1, ("general",))])
    assert chosen(engine) == ("c2", "8001")
    engine.leave(urgent.entry_id)
    assert chosen(engine) is None
    engine.know(ready(2, ("general",), idle=9), free=True)
    assert chosen(engine) == ("c1", "8002")


def test_a_reserve_is_safe_from_other_queues() -> None:
    engine = told_engine(
        table(queue(reserve=1), queue("other")),
        [waiting(1, "other")],
        [ready(1, ("general", "other"), idle=9), ready(2, ("other",))],
    )
    assert chosen(engine) == ("c1", "8002")
