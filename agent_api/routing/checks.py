"""What is wrong, or doubtful, with a table of queues. Pure: who is there and what menus need is told."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from zoneinfo import ZoneInfo

from acd.contracts.routing import QueueRule, RoutingTable, SkillNeed
from acd.contracts.vocabulary import PauseReason

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Problem:
    queue: str
    field: str
    code: str
    zh: str
    en: str
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Server:
    """Somebody who takes calls: queues and levels."""

    queues: frozenset[str]
    skills: Mapping[str, int]


def problems(table: RoutingTable, staff: Sequence[Server], in_menus: Collection[str]) -> list[Problem]:
    """`in_menus`: queues that menus send callers to."""
    found = [*_whole(table), *_missing(table, staff, in_menus)]
    for rule in table.queues:
        found += [*_served(rule, staff), *_steps(rule), *_hours(rule), *_ways(rule)]
    return found + list(_circles(table))


def has_errors(found: Sequence[Problem]) -> bool:
    return any(each.severity == "error" for each in found)


def _whole(table: RoutingTable) -> Iterator[Problem]:
    try:
        ZoneInfo(table.timezone)
    except (KeyError, ValueError, OSError):
        yield Problem("", "timezone", "unknown_timezone", f"没有时区 {table.timezone}", f"no zone {table.timezone}")
    known = {reason.value for reason in PauseReason}
    for limit in table.pause_limits:
        if limit.reason not in known:
            yield Problem("", "pause_limits", "unknown_reason", f"没有示忙原因 {limit.reason}",
                          f"no pause reason {limit.reason}")  # fmt: skip


def _missing(table: RoutingTable, staff: Sequence[Server], in_menus: Collection[str]) -> Iterator[Problem]:
    names = {rule.name for rule in table.queues}
    for name in sorted(set(in_menus) - names):
        yield Problem(name, "queues", "used_by_menu", "语音流程仍转入该队列", "menus still send callers there")
    for name in sorted({queue for each in staff for queue in each.queues} - names - set(in_menus)):
        yield Problem(name, "queues", "used_by_staff", "仍有座席分配在该队列", "agents are still assigned to it",
                      "warning")  # fmt: skip


def _served(rule: QueueRule, staff: Sequence[Server]) -> Iterator[Problem]:
    mine = [each for each in staff if rule.name in each.queues]
    if not mine:
        yield Problem(rule.name, "name", "nobody_serves", "没有座席分配到该队列", "no agent is assigned to it",
                      "warning")  # fmt: skip
        return
    for need in rule.skills:
        if not any(need.skill in each.skills for each in staff):
            severity: Severity = "error" if need.required else "warning"
            yield Problem(rule.name, "skills", "unknown_skill", f"没有座席具备技能 {need.skill}",
                          f"nobody has the skill {need.skill}", severity)  # fmt: skip
    able = [each for each in mine if all(_is_able(each, need) for need in rule.skills if need.required)]
    if not able:
        yield Problem(rule.name, "skills", "nobody_able", "该队列的座席都不满足所需技能",
                      "none of its agents has the skills it asks for")  # fmt: skip
    elif rule.reserve >= len(able):
        yield Problem(rule.name, "reserve", "all_reserved", f"保留座席数不少于可服务座席数 {len(able)}",
                      f"it has {len(able)} agents and reserves them all", "warning")  # fmt: skip


def _is_able(server: Server, need: SkillNeed) -> bool:
    lowest = min((need.level, *(step.level for step in need.relax)))
    return lowest == 0 or server.skills.get(need.skill, 0) >= lowest


def _steps(rule: QueueRule) -> Iterator[Problem]:
    """What widens with time must widen."""
    for need in rule.skills:
        times = [step.after_seconds for step in need.relax]
        levels = [need.level, *(step.level for step in need.relax)]
        if times != sorted(set(times)) or levels != sorted(set(levels), reverse=True):
            yield Problem(rule.name, "skills", "not_relaxing", f"技能 {need.skill} 的放宽步骤须时间递增、级别递减",
                          f"{need.skill}: later steps must ask for less")  # fmt: skip
    times, reaches = [c.after_seconds for c in rule.circles], [c.reach for c in rule.circles]
    if times != sorted(set(times)) or reaches != sorted(set(reaches)):
        yield Problem(rule.name, "circles", "not_widening", "座席范围须随时间扩大", "circles must widen with time")
    if not times or times[0] != 0:
        yield Problem(rule.name, "circles", "starts_late", "开始时没有可服务的座席范围",
                      "no circle is open from the start", "warning")  # fmt: skip


def _hours(rule: QueueRule) -> Iterator[Problem]:
    for opening in rule.hours.openings:
        if opening.begins >= opening.ends:
            yield Problem(rule.name, "hours", "bad_hours", "开始时间须早于结束时间", "it ends before it begins")
        if not opening.days or not set(opening.days) <= set(range(1, 8)):
            yield Problem(rule.name, "hours", "bad_days", "星期须为1至7", "days are 1 to 7")


def _ways(rule: QueueRule) -> Iterator[Problem]:
    for field in ("when_closed", "when_full", "when_no_agent", "when_too_long"):
        way = getattr(rule, field)
        if way is None:
            continue
        if way.kind == "callback" and rule.callback is None:
            yield Problem(rule.name, field, "no_callback", "该队列没有设置回拨", "the queue has no call-back")
        if way.kind == "queue" and way.queue == rule.name:
            yield Problem(rule.name, field, "to_itself", "不能转回本队列", "it leads to the queue itself")


def _circles(table: RoutingTable) -> Iterator[Problem]:
    """Callers sent from queue to queue must arrive somewhere. Overflows keep the place: only to itself is wrong."""
    rules: dict[str, QueueRule] = {rule.name: rule for rule in table.queues}
    for field in ("when_closed", "when_full", "when_no_agent", "when_too_long"):
        for rule in table.queues:
            if _comes_round(rules, rule, field):
                yield Problem(rule.name, field, "circle", "转移路径形成环路", "callers would go round in a circle")
    for rule in table.queues:
        if any(overflow.to_queue == rule.name for overflow in rule.overflows):
            yield Problem(rule.name, "overflows", "to_itself", "不能溢出到本队列", "it overflows to itself")
        elif _overflows_back(rules, rule):
            yield Problem(rule.name, "overflows", "circle", "溢出关系形成环路", "overflows form a circle", "warning")


def _comes_round(rules: Mapping[str, QueueRule], start: QueueRule, field: str) -> bool:
    seen, rule = {start.name}, start
    while (way := getattr(rule, field)) is not None and way.kind == "queue":
        if way.queue == start.name:
            return len(seen) > 1
        if way.queue in seen:
            return False
        seen.add(way.queue)
        rule = rules[way.queue]
    return False


def _overflows_back(rules: Mapping[str, QueueRule], start: QueueRule) -> bool:
    seen: set[str] = set()
    todo: list[str] = [overflow.to_queue for overflow in start.overflows]
    while todo:
        name = todo.pop()
        if name == start.name:
            return True
        if name not in seen:
            seen.add(name)
            todo += [overflow.to_queue for overflow in rules[name].overflows]
    return False
