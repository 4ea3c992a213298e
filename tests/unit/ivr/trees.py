"""Random menu trees without the faults that keep one from being published or taken."""

from typing import Any

from hypothesis import strategies as st

from acd.contracts.menu.tasks import TASKS
from acd.contracts.menu.tree import (
    Agent,
    Calendar,
    ChooseLanguage,
    Condition,
    End,
    EntryRule,
    Hours,
    Menu,
    Say,
    Span,
    Task,
    Tree,
)

KEYS = "0123456789*#"
PROMPTS = st.lists(st.sampled_from(["welcome", "menu/main", "menu/bill", "own/x"]), min_size=1, max_size=3).map(tuple)
ALWAYS = Span(open="00:00", close="24:00")
HOURS = {
    "always": Hours(weekdays=(ALWAYS,), weekend=(ALWAYS,), holiday=(ALWAYS,)),
    "never": Hours(weekdays=(), weekend=(), holiday=()),
}


def _settings(task: str) -> st.SearchStrategy[dict[str, str]]:
    allowed = TASKS[task].settings
    return st.fixed_dictionaries({name: st.sampled_from(values or ("tariffs",)) for name, values in allowed.items()})


@st.composite
def _task(draw: st.DrawFn, ids: st.SearchStrategy[str]) -> Task:
    name = draw(st.sampled_from(sorted(TASKS)))
    outcomes = st.sampled_from(["done", "back", "main", "agent", "failed", "silent", "end"])
    return Task(
        title="t",
        task=name,
        settings=draw(_settings(name)),
        level=draw(st.sampled_from([None, 3])),
        then=draw(st.dictionaries(outcomes, ids, max_size=3)),
        next=draw(st.none() | ids),
    )


@st.composite
def trees(draw: st.DrawFn, zero_unkeyed: bool = False) -> Tree:
    """`zero_unkeyed`: no menu gives 0 a meaning of its own, and the operator is always there."""
    inner = [f"n{number}" for number in range(draw(st.integers(0, 6)))]
    ids = st.sampled_from([*inner, "main", "agent", "bye"])
    keys = st.sampled_from(KEYS.replace("0", "") if zero_unkeyed else KEYS)
    menus: st.SearchStrategy[Any] = st.builds(
        Menu,
        title=st.just("m"),
        prompts=PROMPTS,
        keys=st.dictionaries(keys, ids, min_size=1, max_size=6),
        if_silent=st.none() | ids,
    )
    says = st.builds(Say, title=st.just("s"), prompts=PROMPTS, barge_in=st.booleans(), next=ids)
    languages = st.builds(
        ChooseLanguage, title=st.just("l"), prompts=PROMPTS, keys=st.just({"1": "zh", "2": "en"}), next=ids
    )
    hours = st.none() if zero_unkeyed else st.sampled_from([None, "always", "never"])
    agents = st.builds(Agent, title=st.just("a"), queue=st.just("general"), hours=hours, closed=st.none() | ids)
    ends = st.builds(End, title=st.just("e"))
    nodes = {name: draw(st.one_of(menus, says, languages, _task(ids), agents, ends)) for name in inner}
    rules = st.builds(
        EntryRule,
        when=st.none() | st.sampled_from(list(Condition)),
        did=st.none() | st.just("10018"),
        to=st.none() | ids,
    )
    return Tree(
        title="t",
        languages=draw(st.sampled_from([("zh",), ("zh", "en"), ("en",)])),
        entry=tuple(draw(st.lists(rules, max_size=4))),
        start=draw(ids),
        main="main",
        operator="agent",
        bye="bye",
        nodes=nodes | {"main": draw(menus), "agent": draw(agents), "bye": draw(ends)},
        hours=HOURS,
        calendar=Calendar(),
    )
