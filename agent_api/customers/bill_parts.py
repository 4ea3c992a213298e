"""A bill's components under the few headings that are spoken and sent. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias, get_args

PartKind: TypeAlias = Literal["rent", "calls", "domestic", "international", "sms", "data", "other"]
PART_TITLES: dict[PartKind, str] = {
    "rent": "月租费",
    "calls": "通话费",
    "domestic": "国内长途费",
    "international": "国际及港澳台长途费",
    "sms": "短信费",
    "data": "数据费",
    "other": "其他费用",
}

_KINDS: dict[str, PartKind] = {
    "套餐月费": "rent",
    "月租费": "rent",
    "国内通话费": "calls",
    "本地通话费": "calls",
    "国内长途费": "domestic",
    "IP国内长途费": "domestic",
    "国际及港澳台长途费": "international",
    "IP国际长途费": "international",
    "短信费": "sms",
    "套餐外流量费": "data",
    "超时使用费": "data",
}
"""Every other component is "other"."""


@dataclass(frozen=True, slots=True)
class Part:
    kind: PartKind
    amount: Decimal


def parts_of(components: Iterable[tuple[str, Decimal]], total: Decimal) -> tuple[Part, ...]:
    """In the order they are spoken, none of them nought. What the components leave of the total is "other"."""
    sums: dict[PartKind, Decimal] = dict.fromkeys(get_args(PartKind), Decimal(0))
    for name, amount in components:
        sums[_KINDS.get(name, "other")] += amount
    sums["other"] += total - sum(sums.values(), Decimal(0))
    return tuple(Part(kind, amount) for kind, amount in sums.items() if amount)
