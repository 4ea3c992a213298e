"""Every error branch of every node of the shipped tree, walked; what became of the caller stands in var/branches.json.

The leaves are walked on a real Asterisk (tests/telephony/test_walk.py); here are the ways nobody plans: silence, wrong
keys, a directory that is away or throws the caller out, hanging up.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from acd.contracts.menu import tasks
from acd.contracts.menu.tree import Menu, PublishedTree, Task
from acd.contracts.vocabulary import IvrOutcome
from ivr.flows.dialog import MAX_TRIES, TaskOver
from ivr.flows.hotline import hotline
from ivr.flows.tree import nodes
from ivr.lookups.callers import Caller, FindCaller
from ivr.menus import shipped
from ivr.phrases import Phrase
from ivr.ports import Unavailable
from ivr.rehearsal import SampleCompany
from ivr.sample_answers import OWN
from ivr.steps import Collect, Flow, LookUp
from tests.unit.ivr.transcript import GONE, Heard, call, silent, walk

pytestmark = pytest.mark.unit

REPORT = Path(os.environ.get("HOTLINE_BRANCH_REPORT", "var/branches.json"))
TREE = shipped().tree
MENUS = {name: node for name, node in TREE.nodes.items() if isinstance(node, Menu)}
TASKS = {name: node for name, node in TREE.nodes.items() if isinstance(node, Task)}
WRONG_KEYS = {name: next(key for key in "7654321#" if key not in node.keys) for name, node in MENUS.items()}


class Away(SampleCompany):
    """Knows who is calling; whatever else is asked, nobody answers."""

    def look_up(self, question: LookUp[Any]) -> Any:
        if isinstance(question, FindCaller):
            return self.caller
        raise Unavailable


@pytest.fixture(scope="module")
def report() -> Iterator[dict[str, dict[str, str]]]:
    found: dict[str, dict[str, str]] = {}
    yield found
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    count = sum(len(branches) for branches in found.values())
    written = {"nodes": len(found), "branches": count, "ends": found}
    REPORT.write_text(json.dumps(written, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def enter(
    node: str, *keys: str, company: SampleCompany | None = None, then: Callable[[Collect], str] = silent
) -> Heard:
    """A call whose first node is this one."""
    company = company or SampleCompany(caller=Caller(True, "C1", own_number=OWN, language="zh"))
    company.menus = PublishedTree(center="js", version=1, tree=TREE.model_copy(update={"start": node, "entry": ()}))
    return walk(hotline(call()), *keys, company=company, then=then)


def end_of(heard: Heard) -> str:
    return "gone" if heard.leave is None else f"agent:{heard.leave.queue}" if heard.leave.queue else heard.leave.outcome


@pytest.mark.parametrize("name", sorted(MENUS))
def test_a_menu_never_leaves_the_caller_alone(name: str, report: dict[str, dict[str, str]]) -> None:
    wrong = WRONG_KEYS[name]
    walks = {
        "silence": enter(name),
        "wrong keys": enter(name, then=lambda step: wrong),
        "back": enter(name, "*"),
        "again": enter(name, "9"),
        "operator": enter(name, "0"),
        "hang-up": enter(name, GONE),
    }
    assert end_of(walks["hang-up"]) == "gone"
    for branch in ("silence", "wrong keys", "operator", "again", "back"):
        leave = walks[branch].leave
        assert leave is not None, branch
        assert leave.outcome is IvrOutcome.AGENT or set(walks[branch].said) & {"goodbye", *_last_words()}, branch
    if MENUS[name].if_silent is None and "9" not in MENUS[name].keys:
        assert walks["silence"].said.count(Phrase.NO_INPUT) >= MAX_TRIES - 1
        assert walks["again"].said.count(MENUS[name].prompts[-1]) > walks["silence"].said.count(MENUS[name].prompts[-1])
    report[name] = {branch: end_of(heard) for branch, heard in walks.items()}


def _last_words() -> set[str]:
    return {prompt for node in TREE.nodes.values() if node.kind == "end" for prompt in node.prompts}


@pytest.mark.parametrize("name", sorted(TASKS))
def test_a_task_never_leaves_the_caller_alone(
    name: str, report: dict[str, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    company = Away(caller=Caller(True, "C1", own_number=OWN, language="zh"))
    away = enter(name, company=company, then=lambda step: "1")
    ends = {"directory away": away, "silence": enter(name), "hang-up": enter(name, GONE)}
    for branch in ("directory away", "silence"):
        heard = ends[branch]
        assert heard.leave is not None, branch
        assert heard.leave.outcome is IvrOutcome.AGENT or heard.said, branch
    asked = [step for step in away.steps if isinstance(step, LookUp) and not isinstance(step, FindCaller)]
    assert not asked or set(away.said) & {Phrase.BILLING_DOWN, "notice/sorry", "to_agent"}
    for outcome in (*tasks.EVERY, *tasks.TASKS[TASKS[name].task].outcomes):
        monkeypatch.setattr(nodes, "FLOWS", {TASKS[name].task: _ending(outcome)})
        heard = ends[f"outcome {outcome}"] = enter(name)
        assert heard.leave is not None, outcome
        wanted = TASKS[name].then.get(outcome)
        assert wanted is None or wanted in {visit[0] for visit in heard.visits} | {TREE.operator} or heard.leave.queue
    report[name] = {branch: end_of(heard) for branch, heard in ends.items()}


def _ending(outcome: str) -> Callable[..., Flow[None]]:
    def flow(session: object, job: object) -> Flow[None]:
        yield from ()
        raise TaskOver(outcome)

    return flow


def test_every_node_with_a_choice_is_in_the_report(report: dict[str, dict[str, str]]) -> None:
    assert set(report) == {*MENUS, *TASKS}
    assert all(len(branches) >= 6 for branches in report.values())
