"""Figures of visits by rule and centre (K23 of requirements.md 3), and the list as a file. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from agent_api.masking import mask_number
from agent_api.stats.export import Cell
from agent_api.table_files import TableKind, content_of
from agent_api.visits.flow import UNREACHED, Outcome, State
from agent_api.visits.models import Visit
from agent_api.visits.rules import rules

REACHED = (Outcome.SATISFIED.value, Outcome.NEUTRAL.value, Outcome.DISSATISFIED.value)
HEADER = ("回访编号", "类型", "对象", "对象编号", "标题", "客户", "联系电话", "中心", "状态", "结果", "回访人", "次数",
          "计划时间", "要求完成", "超时", "完成时间", "后续工单", "问答")  # fmt: skip
STATES = {State.PLANNED: "待回访", State.CALLING: "回访中", State.DONE: "已完成", State.CANCELLED: "已取消"}
RESULTS = {
    "": "", "satisfied": "满意", "neutral": "一般", "dissatisfied": "不满意", "refused": "拒绝", UNREACHED: "未联系上",
}  # fmt: skip
SUBJECTS = {"ticket": "工单", "order": "业务受理单", "emergency": "紧急服务", "plan": "计划"}


@dataclass(frozen=True, slots=True)
class Figure:
    rule_id: str
    center_id: str
    states: Counter[str]
    results: Counter[str]
    overdue: int

    @property
    def planned(self) -> int:
        """What was called off does not count."""
        return self.states.total() - self.states[State.CANCELLED]

    @property
    def done(self) -> int:
        return self.states[State.DONE]

    @property
    def reached(self) -> int:
        return sum(self.results[each] for each in REACHED)

    @property
    def done_share(self) -> float | None:
        return self.done / self.planned if self.planned else None

    @property
    def satisfied_share(self) -> float | None:
        return self.results[Outcome.SATISFIED] / self.reached if self.reached else None


def figures(rows: Iterable[Sequence[object]]) -> list[Figure]:
    """`rows`: rule, centre, state, result, overdue, how many."""
    found: dict[tuple[str, str], tuple[Counter[str], Counter[str], list[int]]] = {}
    for rule_id, center_id, state, result, overdue, count in rows:
        states, results, late = found.setdefault((str(rule_id), str(center_id)), (Counter(), Counter(), []))
        many = int(str(count))
        states[str(state)] += many
        results[str(result)] += many
        late.append(many if overdue else 0)
    return [Figure(*key, states, results, sum(late)) for key, (states, results, late) in sorted(found.items())]


def file_of(kind: TableKind, rows: Sequence[Visit], zone: ZoneInfo) -> bytes:
    return content_of(kind, "回访", HEADER, _lines(rows, zone))


def _lines(rows: Sequence[Visit], zone: ZoneInfo) -> Iterator[list[Cell]]:
    def at(moment: datetime | None) -> str | None:
        return None if moment is None else f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"

    for row in rows:
        yield [
            row.visit_no, rules()[row.rule_id].title, SUBJECTS[row.subject_kind], row.subject_no, row.title,
            row.customer_id, mask_number(row.contact_number), row.center_id, STATES[State(row.state)],
            RESULTS[row.result], row.agent_no, row.attempts, at(row.planned_at), at(row.due_at),
            "是" if row.overdue else "否", at(row.closed_at), row.follow_up,
            "; ".join(f"{name}: {said}" for name, said in row.answers.items()),
        ]  # fmt: skip
