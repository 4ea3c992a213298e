"""The tree that comes with the product: shipped.toml, read once. A centre's own tree replaces it whole."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from agent_api.reasons.tree import Branch, Leaf, Reason, titles

_FILE = Path(__file__).with_name("shipped.toml")


@cache
def shipped_tree() -> tuple[Reason, ...]:
    data = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(_top(code, top, data) for code, top in data["tree"].items())


def _top(code: str, top: dict[str, Any], data: dict[str, Any]) -> Reason:
    middles = [(name, leaves) for name, leaves in top.items() if isinstance(leaves, list)]
    return Reason(
        code=code,
        title=top["title"],
        children=tuple(
            Branch(
                code=f"{code}.{name}",
                title=leaves[0],
                children=tuple(
                    _leaf(f"{code}.{name}.{number}", title, top, data) for number, title in enumerate(leaves[1:], 1)
                ),
            )
            for name, leaves in middles
        ),
    )


def _leaf(code: str, title: str, top: dict[str, Any], data: dict[str, Any]) -> Leaf:
    """With what its branch says (`more.T.CHARGE`) and then itself (`more.T.CHARGE.2`)."""
    middle = code.rpartition(".")[0]
    more = {"ticket_type": top["ticket_type"]} | data["more"].get(middle, {}) | data["more"].get(code, {})
    fields = [data["fields"][name] | {"name": name} for name in more.pop("form", ())]
    return Leaf.model_validate({"code": code, "title": title, "fields": fields, "words": title} | more)


SHIPPED_TITLES: dict[str, str] = titles(shipped_tree())
"""Code of each leaf to its full path in words."""
