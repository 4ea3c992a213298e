"""What a row says, by the names of its columns in Chinese or English, and everything that is wrong with it. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from agent_api.customer_import.reading import FORMULA
from agent_api.customers.rules import PRODUCT_TITLES, ProductType, normal_number

COLUMNS: dict[str, tuple[str, ...]] = {
    "external_id": ("外部编号", "客户编号", "客户编码", "external_id", "customer_no"),
    "name": ("姓名", "客户名称", "名称", "name"),
    "kind": ("客户类型", "kind"),
    "level": ("客户等级", "等级", "level"),
    "star_level": ("星级", "star_level", "stars"),
    "birth_date": ("出生日期", "生日", "birth_date"),
    "language": ("语言", "language"),
    "center_id": ("归属中心", "中心", "center", "center_id"),
    "contact_number": ("联系电话", "联系号码", "contact_number", "phone"),
    "alternative_number": ("备用电话", "alternative_number"),
    "address": ("地址", "address"),
    "email": ("电子邮箱", "邮箱", "email"),
    "credit_level": ("信用等级", "credit_level"),
    "account_no": ("账户编号", "账户", "account_no", "account"),
    "area": ("区号", "area"),
    "number": ("业务号码", "号码", "number", "line"),
    "product_type": ("业务类型", "产品", "product_type", "product"),
    "plan": ("套餐", "资费", "plan"),
}
TITLES = {name: names[0] for name, names in COLUMNS.items()}
NEEDED = ("external_id", "name")
LINE = ("number", "product_type", "plan")
NUMBER = re.compile(r"[0-9]{3,20}")
EMAIL = re.compile(r"[^@\s,;]{1,60}@[^@\s,;]{1,55}")
KINDS = {"个人": "person", "person": "person", "集团": "group", "单位": "group", "group": "group"}
LEVELS = {"普通": "normal", "normal": "normal", "大客户": "vip", "vip": "vip"}
LANGUAGES = {"中文": "zh", "zh": "zh", "英文": "en", "en": "en"}
PRODUCTS = {each.value: each.value for each in ProductType} | {
    title: each.value for each, title in PRODUCT_TITLES.items()
}
LONGEST = {"external_id": 60, "name": 60, "address": 200, "account_no": 40, "area": 8, "plan": 60, "credit_level": 2}


class Wrong(Exception):
    """Of one cell."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row that can be loaded: the customer's columns that were filled in, and a line when there is one."""

    external_id: str
    customer: Mapping[str, Any]
    line: Mapping[str, str] | None


@dataclass(slots=True)
class Checked:
    record: Record | None
    reasons: list[str] = field(default_factory=list)


def columns_of(header: Sequence[str]) -> dict[int, str]:
    """Place of a column to what it is; columns nobody knows are left alone."""
    known = {name.lower(): column for column, names in COLUMNS.items() for name in names}
    return {
        place: known[title.lower().replace(" ", "")]
        for place, title in enumerate(header)
        if title.lower().replace(" ", "") in known
    }


def missing_columns(columns: Mapping[int, str]) -> list[str]:
    return [TITLES[name] for name in NEEDED if name not in columns.values()]


def check(row: Sequence[str], columns: Mapping[int, str], centers: Mapping[str, str]) -> Checked:
    """`centers`: id and name of each to its id."""
    found: dict[str, Any] = {}
    reasons: list[str] = []
    for place, name in columns.items():
        try:
            value = _value(name, row[place], centers)
        except Wrong as wrong:
            reasons.append(f"{TITLES[name]}:{wrong}")
            continue
        if value is not None:
            found[name] = value
    reasons += [f"{TITLES[name]}:必填" for name in NEEDED if name not in found and not _said(reasons, name)]
    if "number" not in found and ("product_type" in found or "plan" in found) and not _said(reasons, "number"):
        reasons.append(f"{TITLES['number']}:填写业务类型或套餐时必填")
    if reasons:
        return Checked(None, reasons)
    line = {name: str(found[name]) for name in LINE if name in found} if "number" in found else None
    customer = {name: value for name, value in found.items() if name not in (*LINE, "external_id")}
    return Checked(Record(found["external_id"], customer, line))


def _said(reasons: Sequence[str], name: str) -> bool:
    return any(reason.startswith(f"{TITLES[name]}:") for reason in reasons)


def _value(name: str, cell: str, centers: Mapping[str, str]) -> Any:
    if cell == FORMULA:
        raise Wrong("不能是公式")
    text = cell.strip()
    if not text:
        return None
    if len(text) > LONGEST.get(name, 120):
        raise Wrong(f"超过{LONGEST.get(name, 120)}个字符")
    reader = READ.get(name)
    return reader(text, centers) if reader else text


def _number(text: str, _centers: Mapping[str, str]) -> str:
    number = normal_number(text)
    if not NUMBER.fullmatch(number) or re.search(r"[^-+0-9 ()]", text):
        raise Wrong("不是电话号码")
    return number


def _line_number(text: str, _centers: Mapping[str, str]) -> str:
    if not NUMBER.fullmatch(text):
        raise Wrong("应为3至20位数字")
    return text


def _email(text: str, _centers: Mapping[str, str]) -> str:
    if not EMAIL.fullmatch(text):
        raise Wrong("不是电子邮箱")
    return text


def _date(text: str, _centers: Mapping[str, str]) -> date:
    try:
        return date.fromisoformat(text.replace("/", "-").replace(".", "-"))
    except ValueError:
        raise Wrong("应为年-月-日") from None


def _stars(text: str, _centers: Mapping[str, str]) -> int:
    if text not in tuple("01234567"):
        raise Wrong("应为0至7")
    return int(text)


def _center(text: str, centers: Mapping[str, str]) -> str:
    if text not in centers:
        raise Wrong("没有这个中心")
    return centers[text]


def _one_of(words: Mapping[str, str]) -> Callable[[str, Mapping[str, str]], str]:
    def read(text: str, _centers: Mapping[str, str]) -> str:
        value = words.get(text) or words.get(text.lower()) or words.get(text.upper())
        if value is None:
            raise Wrong(f"应为{'、'.join(dict.fromkeys(words))}之一")
        return value

    return read


READ: dict[str, Callable[[str, Mapping[str, str]], Any]] = {
    "kind": _one_of(KINDS),
    "level": _one_of(LEVELS),
    "language": _one_of(LANGUAGES),
    "product_type": _one_of(PRODUCTS),
    "star_level": _stars,
    "birth_date": _date,
    "center_id": _center,
    "contact_number": _number,
    "alternative_number": _number,
    "number": _line_number,
    "email": _email,
}
