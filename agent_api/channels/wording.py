"""The variables a reply template may use, and its text with them filled in. Pure."""

import re
from collections.abc import Mapping
from string import Formatter

VARIABLES = {
    "ticket_no": "受理编号",
    "kind": "受理类型",
    "customer": "客户称呼",
    "subject": "来件主题",
    "result": "处理结果",
    "due_date": "办理时限",
    "center": "受理中心",
    "date": "今天的日期",
    "brand": "公司名称",
    "hotline": "客服热线",
}

_BLANK = re.compile(rf"【({'|'.join(VARIABLES.values())})】|\{{({'|'.join(VARIABLES)})\}}")


class BadTemplate(ValueError):
    """Names a variable nobody knows, or its braces do not fit."""


def names(text: str) -> frozenset[str]:
    """The variables of a text. Raises BadTemplate."""
    try:
        parsed = list(Formatter().parse(text))
    except ValueError as error:
        raise BadTemplate(str(error)) from None
    found = frozenset(name for _, name, _, _ in parsed if name is not None)
    fancy = any(spec or conversion for _, _, spec, conversion in parsed)
    if fancy or (unknown := found - VARIABLES.keys()):
        raise BadTemplate(", ".join(sorted(unknown)) if not fancy else "format")
    return found


def filled(text: str, values: Mapping[str, str]) -> str:
    """Raises BadTemplate naming what is missing."""
    missing = [name for name in sorted(names(text)) if not values.get(name)]
    if missing:
        raise BadTemplate(", ".join(missing))
    return text.format_map(values)


def marked(text: str, values: Mapping[str, str]) -> str:
    """What has no value yet is shown by its title in brackets, for a person to write."""
    return text.format_map({name: values.get(name) or f"【{title}】" for name, title in VARIABLES.items()})


def blanks(text: str) -> list[str]:
    """Titles of what nobody has written yet: such a text is not sent."""
    return list(dict.fromkeys(title or VARIABLES[name] for title, name in _BLANK.findall(text)))


def form_of_address(name: str) -> str:
    """张三 -> 张先生/女士; nothing better is known of people than their name."""
    name = name.strip()
    if not name:
        return "客户"
    return name if name[0].isascii() else f"{name[:1]}先生/女士"
