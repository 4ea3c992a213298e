"""Every problem a tree can have, each shown by the smallest tree that has it; the default tree has none."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from acd.contracts.menu import problems as words
from acd.contracts.menu.checks import has_errors, problems
from acd.contracts.menu.node_checks import keys_said
from acd.contracts.menu.tree import Tree

pytestmark = pytest.mark.unit

ROOT = Path(__file__).parents[4]
QUEUES = {"general", "vip"}
TEXTS = {
    "main": {"zh": "查询请按1，人工服务请按0，返回请按星号键。", "en": "For bills, press 1. To go back, press star."},
    "two": {"zh": "开通请按1，关闭请按2。", "en": "To turn it on, press 1, off, press 2."},
    "hello": {"zh": "您好。", "en": "Hello."},
    "goodbye": {"zh": "再见。", "en": "Goodbye."},
    "to_agent": {"zh": "请稍候。", "en": "Please wait."},
}
Json = dict[str, Any]


def tree(nodes: Json | None = None, **changes: Any) -> Tree:
    """A sound tree of five nodes, with changes."""
    base: Json = {
        "welcome": {"kind": "say", "title": "欢迎", "prompts": ["hello"], "next": "main"},
        "main": {"kind": "menu", "title": "主菜单", "prompts": ["main"], "keys": {"1": "balance"}},
        "balance": {"kind": "task", "title": "余额", "task": "bill.balance", "settings": {"product": "mobile"}},
        "agent": {"kind": "agent", "title": "人工", "queue": "general"},
        "bye": {"kind": "end", "title": "再见"},
    }
    for name, node in (nodes or {}).items():
        base[name] = node if "kind" in node and "title" in node else base[name] | node
    roles = {"start": "welcome", "main": "main", "operator": "agent", "bye": "bye"}
    return Tree.model_validate({"title": "t", "nodes": base} | roles | changes)


def found(checked: Tree, seconds: dict[str, dict[str, float]] | None = None) -> set[tuple[str | None, str, str]]:
    return {(each.node, each.field, each.code) for each in problems(checked, TEXTS, seconds or {}, QUEUES)}


def menu(prompt: str, **keys: str) -> Json:
    return {"kind": "menu", "title": "菜单", "prompts": [prompt], "keys": {key[1:]: to for key, to in keys.items()}}


def say(to: str) -> Json:
    return {"kind": "say", "title": "语音", "prompts": ["hello"], "next": to}


def agent(**more: Any) -> Json:
    return {"kind": "agent", "title": "人工", "queue": "general"} | more


HOURS: Json = {"weekdays": [], "weekend": [], "holiday": []}
DAY: Json = {"open": "08:00", "close": "18:00"}

BROKEN: list[tuple[Tree, tuple[str | None, str, str]]] = [
    (tree(start="nowhere"), (None, "start", "target.unknown")),
    (tree(main="agent"), (None, "main", "role.wrong")),
    (tree(operator="bye"), (None, "operator", "role.wrong")),
    (tree(bye="agent"), (None, "bye", "role.wrong")),
    (tree(entry=[{"when": "vip", "to": "nowhere"}]), (None, "entry.0", "target.unknown")),
    (tree(entry=[{"when": "vip"}]), (None, "entry.0", "rule.empty")),
    (tree(quick=["nowhere"]), (None, "quick.0", "target.unknown")),
    (tree({"welcome": {"next": "nowhere"}}), ("welcome", "next", "target.unknown")),
    (tree({"main": {"keys": {"1": "balance", "2": "nowhere"}}}), ("main", "keys.2", "target.unknown")),
    (tree({"main": {"if_silent": "nowhere"}}), ("main", "if_silent", "target.unknown")),
    (tree({"balance": {"then": {"done": "nowhere"}}}), ("balance", "then.done", "target.unknown")),
    (tree({"agent": {"closed": "nowhere"}}), ("agent", "closed", "target.unknown")),
    (tree({"lost": say("bye")}), ("lost", "", "node.unreachable")),
    (
        tree({"balance": say("a"), "a": menu("two", _1="b", _2="b", _0="b"), "b": menu("two", _1="a", _2="a", _0="a")}),
        ("a", "", "node.no_way_out"),
    ),
    (tree({"balance": say("again"), "again": say("balance")}), ("balance", "", "loop.without_key")),
    (tree({"main": {"if_silent": "main"}}), ("main", "", "loop.without_key")),
    (
        tree(
            {
                "main": {"keys": {"1": "balance", "0": "late"}},
                "late": agent(hours="day", closed="later"),
                "later": agent(hours="day", closed="late"),
            },
            hours={"day": HOURS},
        ),
        ("late", "", "loop.without_key"),
    ),
    (tree({"main": {"prompts": ["main", "missing"]}}), ("main", "prompts.1", "prompt.unknown")),
    (tree({"balance": menu("two", _1="bye")}), ("balance", "keys.2", "key.not_bound")),
    (tree({"main": {"keys": {"1": "balance", "5": "bye"}}}), ("main", "keys.5", "key.not_said")),
    (tree({"main": {"keys": dict.fromkeys("0123456789*", "balance")}}), ("main", "keys", "keys.too_many")),
    (tree({"balance": {"task": "bill.nothing"}}), ("balance", "task", "task.unknown")),
    (tree({"balance": {"settings": {"product": "mobile", "x": "y"}}}), ("balance", "settings.x", "setting.unknown")),
    (tree({"balance": {"settings": {}}}), ("balance", "settings.product", "setting.missing")),
    (tree({"balance": {"settings": {"product": "telex"}}}), ("balance", "settings.product", "setting.value")),
    (tree({"balance": {"then": {"tired": "bye"}}}), ("balance", "then.tired", "outcome.unknown")),
    (tree({"balance": {"level": 0}}), ("balance", "level", "level.too_low")),
    (tree({"agent": {"queue": "nobody"}}), ("agent", "queue", "queue.unknown")),
    (tree({"agent": {"hours": "never", "closed": "bye"}}), ("agent", "hours", "hours.unknown")),
    (tree({"agent": {"hours": "day"}}, hours={"day": HOURS}), ("agent", "closed", "hours.no_closed")),
    (tree(hours={"day": HOURS | {"weekend": [DAY, DAY]}}), (None, "hours.day.weekend", "hours.order")),
    (
        tree(hours={"day": HOURS | {"holiday": [{"open": "18:00", "close": "08:00"}]}}),
        (None, "hours.day.holiday", "hours.order"),
    ),
    (tree(calendar={"timezone": "Asia/Atlantis"}), (None, "calendar.timezone", "zone.unknown")),
    (tree({"main": {"keys": {"1": "balance", "0": "bye"}}}), ("main", "keys.0", "zero.no_agent")),
    (tree({"balance": {"then": {"agent": "main"}}}), ("balance", "then.agent", "zero.no_agent")),
    (
        tree({"welcome": say("main") | {"kind": "language", "keys": {"1": "zh", "2": "en"}}}),
        ("welcome", "keys.2", "language.not_offered"),
    ),
]


@pytest.mark.parametrize(("broken", "expected"), BROKEN, ids=[each[1][2] + f"-{n}" for n, each in enumerate(BROKEN)])
def test_each_problem_is_found(broken: Tree, expected: tuple[str | None, str, str]) -> None:
    assert expected in found(broken)


def test_the_sound_tree_has_none() -> None:
    assert found(tree()) == set()


def test_a_prompt_missing_in_one_language() -> None:
    texts = TEXTS | {"hello": {"zh": "您好。"}}
    only = problems(tree(languages=["zh", "en"]), texts, {}, QUEUES)
    assert [(each.node, each.code, each.message_zh) for each in only] == [
        ("welcome", "prompt.language", "语音hello没有英文版本")
    ]


def chain(length: int) -> Json:
    """Menus one below the other, each behind key 1 of the one before."""
    steps = {f"m{n}": menu("two", _1=f"m{n + 1}", _2="bye") for n in range(1, length)}
    return {"main": {"keys": {"1": "m1"}}} | steps | {f"m{length}": say("balance")}


def test_too_deep_and_too_far_for_what_most_want() -> None:
    assert not {code for _, _, code in found(tree(chain(5)))}
    assert ("m6", "", "depth.too_deep") in found(tree(chain(6)))
    assert found(tree(chain(3), quick=["m3"])) == set()
    assert found(tree(chain(4), quick=["m4"])) == {("m4", "quick.0", "quick.too_far")}


def test_long_menus_warn_and_too_long_ones_may_not_be_published() -> None:
    long = problems(tree(), TEXTS, {"main": {"zh": 31.0}}, QUEUES)
    assert ([each.code for each in long], has_errors(long)) == (["menu.long"], False)
    too_long = problems(tree(), TEXTS, {"main": {"zh": 46.0}}, QUEUES)
    assert ([each.code for each in too_long], has_errors(too_long)) == (["menu.too_long"], True)


def test_password_entry_needs_no_way_to_an_agent() -> None:
    assert found(tree({"balance": {"task": "password.change", "settings": {}}})) == set()


def test_a_text_before_the_agent_is_fine_for_zero() -> None:
    assert found(tree({"main": {"keys": {"1": "balance", "0": "hold_on"}}, "hold_on": say("agent")})) == set()


@pytest.mark.parametrize(
    ("text", "language", "keys"),
    [
        ("查询余额请按1，返回请按星号键。", "zh", "1*"),
        ("按 2，输入后按井号键。请直接拨打119、110。", "zh", "2#"),
        ("请在主菜单按4申告障碍", "zh", "4"),
        ("To turn it on, press 1, off, press 2. To go back, press star.", "en", "12*"),
        ("Press 1 and then press the pound key, or press 12.", "en", "1#"),
    ],
)
def test_keys_said(text: str, language: str, keys: str) -> None:
    assert keys_said(text, language) == frozenset(keys)


def test_every_code_has_a_test() -> None:
    tested = {expected[2] for _, expected in BROKEN}
    elsewhere = {"prompt.language", "menu.long", "menu.too_long", "depth.too_deep", "quick.too_far"}
    assert tested | elsewhere == words.WORDS.keys()


def test_the_default_tree_has_no_problem() -> None:
    default = Tree.model_validate(tomllib.loads((ROOT / "acd/contracts/menu/default.toml").read_text()))
    texts: dict[str, dict[str, str]] = {}
    for path in (ROOT / "sounds/manifest").glob("*.toml"):
        for name, entry in tomllib.loads(path.read_text()).get("sentence", {}).items():
            texts[name] = {language: entry[language] for language in ("zh", "en") if language in entry}
    seconds: dict[str, dict[str, float]] = {}
    for name, file in json.loads((ROOT / "sounds/rendered.json").read_text()).items():
        language, _, prompt = name.partition("/")
        seconds.setdefault(prompt, {})[language] = file["seconds"]
    queues = {queue["name"] for queue in tomllib.loads((ROOT / "acd/queues.toml").read_text())["queue"]}
    assert problems(default, texts, seconds, queues) == []
