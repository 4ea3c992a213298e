"""What can be wrong with a menu tree: the codes, and the words for a person. Data only."""

import dataclasses
from dataclasses import dataclass
from typing import Literal

from acd.contracts.menu.tree import NodeId

Severity = Literal["error", "warning"]

WORDS: dict[str, tuple[str, str]] = {
    "target.unknown": ("没有这个节点：{what}", "There is no node {what}"),
    "node.unreachable": ("从入口到不了这个节点", "No way leads to this node"),
    "node.no_way_out": ("从这里到不了人工或结束节点", "No way leads from here to an agent or an end"),
    "loop.without_key": (
        "不按键就会循环播放：{what}",
        "The caller goes round without pressing a key: {what}",
    ),
    "prompt.unknown": ("没有这条语音：{what}", "There is no prompt {what}"),
    "prompt.language": ("语音{what}没有{language}版本", "Prompt {what} is missing in {language}"),
    "key.not_bound": ("{language}语音里说了按{what}，但没有设置", "{language} says press {what}, but nothing is there"),
    "key.not_said": ("按键{what}在{language}语音里没有说", "Key {what} is not spoken in {language}"),
    "keys.too_many": ("按键太多：{what}个，最多10个", "{what} keys, at most 10"),
    "menu.long": ("{language}菜单语音{what}秒，超过30秒", "The menu takes {what} s in {language}, more than 30"),
    "menu.too_long": ("{language}菜单语音{what}秒，超过45秒", "The menu takes {what} s in {language}, more than 45"),
    "depth.too_deep": ("要按{what}次键才能到达，最多5次", "{what} keys away, at most 5"),
    "quick.too_far": ("常用业务{what}离主菜单超过3次按键", "{what} is more than 3 keys from the main menu"),
    "task.unknown": ("没有这项自助业务：{what}", "There is no task {what}"),
    "setting.unknown": ("该业务没有这项设置：{what}", "The task has no setting {what}"),
    "setting.missing": ("缺少设置：{what}", "Setting {what} is missing"),
    "setting.value": ("设置的值不可用：{what}", "This value is not allowed: {what}"),
    "outcome.unknown": ("该业务没有这种结果：{what}", "The task has no outcome {what}"),
    "level.too_low": ("身份级别不能低于{what}", "The identity level must not be below {what}"),
    "queue.unknown": ("没有这个队列：{what}", "There is no queue {what}"),
    "hours.unknown": ("没有这个营业时间：{what}", "There are no hours named {what}"),
    "hours.no_closed": ("限定了服务时间，但没有设置时间外去向", "It has hours, but no place for callers outside them"),
    "hours.order": ("时段须按先后排列且不重叠：{what}", "Spans must be in order and not overlap: {what}"),
    "zone.unknown": ("没有这个时区：{what}", "There is no time zone {what}"),
    "zero.no_agent": ("按0到不了人工", "Key 0 does not lead to an agent"),
    "role.wrong": ("{what}类型不对", "{what} is of the wrong kind"),
    "language.not_offered": ("流程没有这种语言：{what}", "The tree has no language {what}"),
    "rule.empty": ("这条入口规则没有作用", "This entry rule does nothing"),
}

LANGUAGES = {"zh": ("中文", "Chinese"), "en": ("英文", "English")}


@dataclass(frozen=True, slots=True)
class Problem:
    node: NodeId | None
    """None when it concerns the tree as a whole."""
    field: str
    code: str
    message_zh: str = dataclasses.field(compare=False)
    message_en: str = dataclasses.field(compare=False)
    severity: Severity = "error"


def problem(
    node: NodeId | None, place: str, code: str, what: object = "", language: str = "", severity: Severity = "error"
) -> Problem:
    zh, en = WORDS[code]
    spoken_zh, spoken_en = LANGUAGES.get(language, ("", ""))
    return Problem(
        node, place, code, zh.format(what=what, language=spoken_zh), en.format(what=what, language=spoken_en), severity
    )
