"""Each rule of a queue at work: skills that relax, circles, overflows, caps, reserves, strategies, own agents."""

from dataclasses import replace
from datetime import timedelta

import pytest

from acd.contracts.ids import AgentId, CallId, CenterId, QueueName
from acd.contracts.routing import Circle, Overflow, QueueRule, Relax, RoutingTable, SkillNeed, Strategy, When
from acd.contracts.vocabulary import AgentState
from acd.core.routing import Engine, Entry, Mark, Rules
from tests.support.engine import Calm, ready, told_engine, waiting
from tests.support.floor import MONDAY_TEN as NOW

pytestmark = pytest.mark.unit

PARENTS = {CenterId("js"): CenterId("cn"), CenterId("js-nj"): CenterId("js"), CenterId("gd"): CenterId("cn")}


def queue(name: str = "general", **rules: object) -> QueueRule:
    return QueueRule(name=QueueName(name), title=name, **rules)  # type: ignore[arg-type]


def table(*queues: QueueRule, **more: object) -> RoutingTable:
    return RoutingTable(queues=queues, parents=PARENTS, **more)  # type: ignore[arg-type]


def chosen(engine: Engine, after: float = 0) -> tuple[str, str] | None:
    decision = engine.choose(NOW + timedelta(seconds=after))
    return (decision.call_id, decision.agent_id) if decision else None


def later(engine: Engine, entry: Entry, seconds: float, figures: Calm | None = None) -> list[tuple[str, str]]:
    """Time goes on for the entry; where it widened to, and why."""
    engine.reconsider(entry.entry_id)
    settled = engine.settle(figures or Calm(), NOW + timedelta(seconds=seconds))
    return [(widened.to_queue, widened.reason.code) for each in settled for widened in each.widened]


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


# ---- strategies --------------------------------------


def worked(engine: Engine, number: int, *, busy_seconds: float, chosen_at: float, idle: float) -> None:
    """An agent who signed in an hour ago, had one call, and is ready since `idle` seconds."""
    agent = ready(number, ("general",), idle=3600)
    engine.know(agent, free=True)
    at = NOW - timedelta(seconds=chosen_at)
    engine.know(replace(agent, state=AgentState.RESERVED, since=at, call_id=CallId("x")), free=False)
    over = at + timedelta(seconds=busy_seconds)
    back = NOW - timedelta(seconds=idle)
    engine.know(replace(agent, state=AgentState.PAUSED, since=over), free=False)
    engine.know(replace(agent, state=AgentState.READY, since=back, idle_since=back), free=True)


@pytest.mark.parametrize(
    ("strategy", "agent"),
    [(Strategy.LONGEST_IDLE, "8001"), (Strategy.LEAST_OCCUPIED, "8002"), (Strategy.ROUND_ROBIN, "8003")],
)
def test_among_the_equally_able(strategy: Strategy, agent: str) -> None:
    engine = told_engine(table(queue(strategy=strategy)), [waiting(1, "general")], [])
    worked(engine, 1, busy_seconds=500, chosen_at=1000, idle=300)
    worked(engine, 2, busy_seconds=50, chosen_at=900, idle=100)
    worked(engine, 3, busy_seconds=600, chosen_at=1200, idle=100)
    decision = engine.choose(NOW)
    assert decision is not None
    assert decision.agent_id == agent
    assert strategy in [reason.code for reason in decision.why]


# ---- own agents --------------------------------------


def own_agents(entry: Entry) -> Engine:
    """8001 is talking, 8002 is free, and the entry comes in."""
    rule = queue(last_agent_seconds=20)
    engine = told_engine(table(rule), [], [ready(2, ("general",), idle=9)])
    engine.know(replace(ready(1, ("general",)), state=AgentState.TALKING), free=False)
    engine.enter(entry)
    engine.settle(Calm(), NOW)
    return engine


KNOWN = waiting(1, "general", last_agent=AgentId("8001"))


@pytest.mark.parametrize(
    ("entry", "code"), [(KNOWN, "last_agent"), (waiting(1, "general", manager=AgentId("8001")), "manager")]
)
def test_the_own_agent_comes_first_for_a_while(entry: Entry, code: str) -> None:
    engine = own_agents(entry)
    assert chosen(engine) is None
    engine.know(ready(1, ("general",)), free=True)
    decision = engine.choose(NOW)
    assert decision is not None
    assert (decision.agent_id, decision.why[-1].code) == ("8001", code)


def test_after_the_while_anybody_will_do() -> None:
    engine = own_agents(KNOWN)
    later(engine, waiting(1, "general"), 20)
    assert chosen(engine) == ("c1", "8002")


def test_nobody_waits_for_an_agent_who_has_gone() -> None:
    engine = own_agents(KNOWN)
    engine.know(replace(ready(1, ("general",)), state=AgentState.PAUSED), free=False)
    assert engine.unrest()
    engine.settle(Calm(), NOW)
    assert chosen(engine) == ("c1", "8002")


def test_nobody_waits_for_an_agent_of_other_queues() -> None:
    engine = told_engine(
        table(queue(last_agent_seconds=20), queue("other")),
        [waiting(1, "general", last_agent=AgentId("8001"))],
        [ready(1, ("other",)), ready(2, ("general",))],
    )
    assert chosen(engine) == ("c1", "8002")


def test_a_caller_sent_to_one_agent_waits_without_limit() -> None:
    entry = waiting(1, "general", pinned=AgentId("8001"), pinned_by="8101")
    engine = told_engine(table(queue(), queue("other")), [], [ready(2, ("general",))])
    engine.know(replace(ready(1, ("other",)), state=AgentState.PAUSED), free=False)
    engine.enter(entry)
    engine.settle(Calm(), NOW)
    later(engine, entry, 3000)
    assert chosen(engine, 3000) is None
    engine.know(ready(1, ("other",)), free=True)
    decision = engine.choose(NOW)
    assert decision is not None
    assert (decision.agent_id, decision.reason.endswith("sent to this agent by 8101")) == ("8001", True)


def test_who_was_meant_for_an_agent_who_signs_out_waits_for_all() -> None:
    entry = waiting(1, "general", pinned=AgentId("8001"))
    engine = told_engine(table(queue()), [entry], [ready(2, ("general",))])
    assert chosen(engine) == ("c1", "8002")  # 8001 was not even there


# ---- another table -----------------------------------


def test_another_table_keeps_everybodys_place() -> None:
    entries = [waiting(n, "general", waited=100 - n) for n in range(5)]
    engine = told_engine(table(queue(), queue("other")), entries, [ready(1, ("general",), skills={"new": 1})])
    engine.configure(table(queue("first"), queue(skills=(SkillNeed(skill="new"),))))
    engine.settle(Calm(), NOW)
    assert engine.room.order(QueueName("general")) == [f"c{n}" for n in range(5)]
    assert chosen(engine) == ("c0", "8001")
    engine.configure(table(queue("first")))
    engine.settle(Calm(), NOW)
    assert engine.room.order(QueueName("first")) == [f"c{n}" for n in range(5)]
