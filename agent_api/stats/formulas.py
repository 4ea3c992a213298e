"""The inbound indicators of requirements.md 3.2, as pure functions of facts.

A ratio keeps its numerator and denominator; nothing divided by zero is None, never 0 or 100.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from agent_api.stats.facts import CallFact, QueueNow, StateFact

Unit = Literal["%", "s", "count"]
ANSWER_SECONDS = 15
SERVICE_LEVEL_SECONDS = 20
SHORT_ABANDON_SECONDS = 5
ALLOWED_REST = frozenset({"break", "meal", "training", "meeting", "quality"})
TALK_STATES = frozenset({"talking", "held", "consulting", "kept"})


@dataclass(frozen=True, slots=True)
class Figure:
    numerator: float | None
    denominator: float | None

    @property
    def value(self) -> float | None:
        if self.numerator is None or not self.denominator:
            return None
        return self.numerator / self.denominator


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything an indicator may look at, for one period."""

    calls: Sequence[CallFact] = ()
    states: Sequence[StateFact] = ()
    queue_now: QueueNow | None = None


@dataclass(frozen=True, slots=True)
class Target:
    op: Literal[">=", "<=", "<", "range"]
    value: float
    upper: float | None = None

    def met(self, value: float) -> bool:
        match self.op:
            case ">=":
                return value >= self.value
            case "<=":
                return value <= self.value
            case "<":
                return value < self.value
            case "range":
                return self.value <= value <= (self.upper if self.upper is not None else value)


@dataclass(frozen=True, slots=True)
class Formula:
    id: str
    version: int
    title: str
    text: str
    """The formula in words and field names, shown beside the figure."""
    unit: Unit
    target: Target | None
    compute: Callable[[Facts], Figure]


def _count(calls: Iterable[CallFact], test: Callable[[CallFact], bool]) -> int:
    return sum(1 for call in calls if test(call))


def answered(call: CallFact) -> bool:
    return call.is_agent_anw


def requested(call: CallFact) -> bool:
    return call.is_agent_req


def picked_up(call: CallFact) -> bool:
    return call.is_sys_pick_up


def answered_within(call: CallFact, seconds: float) -> bool:
    return call.is_agent_anw and call.wait_seconds is not None and call.wait_seconds <= seconds


def abandoned_waiting(call: CallFact) -> bool:
    return call.abandon_stage in ("queue", "ring")


def _short(call: CallFact) -> bool:
    return abandoned_waiting(call) and (call.wait_seconds or 0) < SHORT_ABANDON_SECONDS


def _share(test: Callable[[CallFact], bool], base: Callable[[CallFact], bool]) -> Callable[[Facts], Figure]:
    def compute(facts: Facts) -> Figure:
        return Figure(_count(facts.calls, test), _count(facts.calls, base))

    return compute


def _mean(amount: Callable[[CallFact], float], base: Callable[[CallFact], bool]) -> Callable[[Facts], Figure]:
    def compute(facts: Facts) -> Figure:
        chosen = [call for call in facts.calls if base(call)]
        return Figure(sum(amount(call) for call in chosen), len(chosen))

    return compute


def _service_level(facts: Facts) -> Figure:
    within = _count(facts.calls, lambda call: answered_within(call, SERVICE_LEVEL_SECONDS))
    return Figure(within, _count(facts.calls, answered) + _count(facts.calls, abandoned_waiting))


def _loss(facts: Facts) -> Figure:
    requests = _count(facts.calls, requested)
    return Figure(requests - _count(facts.calls, answered), requests)


def _first_contact(facts: Facts) -> Figure:
    dispatched = _count(facts.calls, lambda call: call.is_agent_anw and call.created_ticket)
    total = _count(facts.calls, answered)
    return Figure(total - dispatched, total)


def _seconds(facts: Facts, test: Callable[[StateFact], bool]) -> float:
    return sum(state.seconds for state in facts.states if test(state))


def occupancy(facts: Facts) -> Figure:
    busy = _seconds(facts, lambda s: s.state in TALK_STATES or s.state == "wrap_up")
    rest = _seconds(facts, lambda s: s.state == "paused" and s.reason in ALLOWED_REST)
    return Figure(busy, _seconds(facts, lambda _: True) - rest)


def _utilisation(facts: Facts) -> Figure:
    used = _seconds(facts, lambda s: s.state in ("talking", "wrap_up"))
    return Figure(used, _seconds(facts, lambda _: True))


def _waits(facts: Facts) -> list[float]:
    return [call.wait_seconds for call in facts.calls if call.is_agent_req and call.wait_seconds is not None]


def _longest_wait(facts: Facts) -> Figure:
    waits = _waits(facts)
    return Figure(max(waits), 1) if waits else Figure(None, None)


def _mean_wait(facts: Facts) -> Figure:
    waits = _waits(facts)
    return Figure(sum(waits), len(waits))


def _now(read: Callable[[QueueNow], float]) -> Callable[[Facts], Figure]:
    def compute(facts: Facts) -> Figure:
        return Figure(read(facts.queue_now), 1) if facts.queue_now is not None else Figure(None, None)

    return compute


def _surveyed(call: CallFact) -> bool:
    return call.satisfaction is not None


def _handling(call: CallFact) -> float:
    return call.talk_seconds + call.hold_seconds + call.wrap_up_seconds


def _asked_for_agent(call: CallFact) -> bool:
    return call.is_ivr_agent_intent or call.is_agent_req


FORMULAS: tuple[Formula, ...] = (
    Formula("K01", 1, "客户满意度", "count(satisfaction=1) / count(satisfaction in (1,2,3))", "%", Target(">=", 0.9),
            _share(lambda call: call.satisfaction == 1, _surveyed)),
    Formula("K01b", 1, "满意率(老年人)", "K01 where is_65_age=1", "%", Target(">=", 0.9),
            _share(lambda call: call.is_65_age and call.satisfaction == 1,
                   lambda call: call.is_65_age and _surveyed(call))),
    Formula("K01d", 1, "参评率", "count(satisfaction not null) / count(is_agent_anw)", "%", None,
            _share(lambda call: call.is_agent_anw and _surveyed(call), answered)),
    Formula("K03", 1, "话务接通率", "count(is_agent_anw) / count(is_agent_req)", "%", Target(">=", 0.95),
            _share(answered, requested)),
    Formula("K03b", 1, "系统接通率", "count(is_sys_pick_up) / count(call_id)", "%", Target(">=", 0.98),
            _share(picked_up, lambda _: True)),
    Formula("K04", 1, "15秒人工接通率", "count(is_15s_anw) / count(is_ivr_agent_intent=1 or is_agent_req=1)", "%",
            Target(">=", 0.85), _share(lambda call: answered_within(call, ANSWER_SECONDS), _asked_for_agent)),
    Formula("K04b", 1, "20秒服务水平", "answered within 20 s / (answered + abandoned)", "%", Target(">=", 0.8),
            _service_level),
    Formula("K04c", 1, "平均应答速度", "sum(wait of answered) / count(is_agent_anw)", "s", Target("<=", 15),
            _mean(lambda call: call.wait_seconds or 0, answered)),
    Formula("K05", 1, "呼损率", "1 - K03", "%", None, _loss),
    Formula("K05a", 1, "排队放弃率", "count(abandon_stage in (queue, ring)) / count(is_agent_req)", "%",
            Target("<=", 0.05), _share(abandoned_waiting, requested)),
    Formula("K05b", 1, "短放弃(5秒内)", "count(abandon_stage in (queue, ring) and wait < 5) / count(is_agent_req)", "%",
            None, _share(_short, requested)),
    Formula("K05c", 1, "语音菜单放弃率", "count(abandon_stage=ivr) / count(is_sys_pick_up)", "%", None,
            _share(lambda call: call.abandon_stage == "ivr", picked_up)),
    Formula("K06a", 1, "前台一次性问题解决率", "1 - count(created_ticket) / count(is_agent_anw)", "%",
            Target(">=", 0.85), _first_contact),
    Formula("K07", 1, "平均处理时长", "sum(talk + hold + wrapup) / count(is_agent_anw)", "s", Target("<=", 240),
            _mean(_handling, answered)),
    Formula("K07a", 1, "平均通话时长", "sum(talk) / count(is_agent_anw)", "s", None,
            _mean(lambda call: call.talk_seconds, answered)),
    Formula("K07b", 1, "平均保持时长", "sum(hold) / count(is_agent_anw)", "s", None,
            _mean(lambda call: call.hold_seconds, answered)),
    Formula("K07c", 1, "平均事后处理时长", "sum(wrapup) / count(is_agent_anw)", "s", None,
            _mean(lambda call: call.wrap_up_seconds, answered)),
    Formula("K08", 1, "座席占用率", "(talk + hold + wrapup) / (online - allowed rest)", "%",
            Target("range", 0.75, 0.85), occupancy),
    Formula("K08a", 1, "工时利用率", "(talk + wrapup) / online", "%", None, _utilisation),
    Formula("K16", 1, "掉话率", "count(dropped) / count(is_agent_anw)", "%", Target("<", 0.005),
            _share(lambda call: call.is_agent_anw and call.dropped, answered)),
    Formula("K17", 1, "自助服务占比", "count(self-service completed) / count(is_sys_pick_up)", "%", None,
            _share(lambda call: call.is_self_service, picked_up)),
    Formula("K24", 1, "平均排队时长", "sum(wait) / count(is_agent_req)", "s", None, _mean_wait),
    Formula("K24a", 1, "最长排队时长", "max(wait)", "s", None, _longest_wait),
    Formula("K24b", 1, "当前排队数", "waiting now", "count", None, _now(lambda now: now.waiting)),
    Formula("K24c", 1, "当前最长等待", "longest waiting now", "s", None, _now(lambda now: now.longest_wait_seconds)),
)  # fmt: skip

BY_ID = {formula.id: formula for formula in FORMULAS}


def compute(formula_id: str, facts: Facts) -> Figure:
    return BY_ID[formula_id].compute(facts)
