"""Walks a flow with a list of keys and keeps what was said, asked and reported."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from acd.contracts.dialplan import UserEvent
from acd.contracts.menu.tree import Agent, End, Menu, PublishedTree, Task, Tree
from ivr.cli import typed_entry
from ivr.flows.hotline import hotline
from ivr.rehearsal import SampleCompany, rehearse
from ivr.sample_answers import OWN
from ivr.speech.values import Saying
from ivr.steps import CallFacts, Collect, Flow, HungUp, Leave, LookUp, Play, Record, Recording, Report, Step

__all__ = ["GONE", "OWN", "Heard", "OutOfKeys", "call", "hotline_call", "silent", "task_call", "walk"]

GONE = "hang up"
"""Instead of keys: the caller hangs up."""


def silent(step: Collect) -> str:
    return ""


class OutOfKeys(AssertionError):
    """The flow asked for more keys than the test gave."""


@dataclass
class Heard:
    leave: Leave | None
    """None: the caller hung up."""
    steps: list[Step[Any]] = field(default_factory=list)

    @property
    def said(self) -> list[str]:
        """Ids of sentences and templates in the order they were heard."""
        return [
            item.template if isinstance(item, Saying) else str(item)
            for step in self.steps
            if isinstance(step, Play | Collect)
            for item in step.prompts
        ]

    @property
    def sayings(self) -> list[Saying]:
        return [
            item
            for step in self.steps
            if isinstance(step, Play | Collect)
            for item in step.prompts
            if isinstance(item, Saying)
        ]

    @property
    def visits(self) -> list[tuple[str, ...]]:
        return [tuple(fields.values()) for fields in self.reported(UserEvent.IVR_VISITED)]

    @property
    def outcome(self) -> str:
        """How the call left: queue, or the word."""
        assert self.leave is not None
        return self.leave.queue or self.leave.outcome

    def reported(self, event: str) -> list[dict[str, str]]:
        return [dict(step.fields) for step in self.steps if isinstance(step, Report) and step.event == event]

    def asked(self, kind: type[LookUp[Any]]) -> list[Any]:
        return [step for step in self.steps if isinstance(step, kind)]


def call(caller_number: str = OWN, did: str = "10010", attempt_id: str = "a1", restarted: bool = False) -> CallFacts:
    return CallFacts("n1-1.1", caller_number, did, attempt_id, restarted)


def walk(
    flow: Flow[Leave],
    *keys: str,
    company: SampleCompany | None = None,
    then: Callable[[Collect], str] | None = None,
    cut: bool = False,
) -> Heard:
    """Each of `keys` is one entry: "" is silence, a `#` in it ends it. `then` gives the entries after these.

    `cut`: every prompt is cut short.
    """
    company = company or SampleCompany()
    left = list(keys)
    steps: list[Step[Any]] = []

    def answer(step: Step[Any]) -> Any:
        steps.append(step)
        match step:
            case Collect() if left and left[0] == GONE:
                raise HungUp
            case Record(take) if left and left[0] == GONE:
                return Recording(f"m-{take}.wav", company.message_seconds, hung_up=True)
            case Collect(_, length):
                if not left and then is None:
                    raise OutOfKeys(steps)
                text = left.pop(0) if left else then(step)  # type: ignore[misc]  # checked above
                return typed_entry(text, length, step.star_is_letter)
            case Play(_, barge_in):
                return not (cut and barge_in)
            case Report():
                return None
            case _:
                return company.answer(step)

    try:
        return Heard(rehearse(flow, answer), steps)
    except HungUp:
        return Heard(None, steps)


def hotline_call(*keys: str, company: SampleCompany | None = None, tree: Tree | None = None, **facts: Any) -> Heard:
    """A call to the hotline; with `tree` instead of the shipped menus."""
    company = company or SampleCompany()
    if tree is not None:
        company.menus = PublishedTree(center="js", version=1, tree=tree)
    return walk(hotline(call(**facts)), *keys, company=company)


def task_call(task: str, *keys: str, company: SampleCompany | None = None, did: str = "10010", **more: Any) -> Heard:
    """A call that begins with one task; afterwards a menu `main`. `more`: settings, level, caller_number."""
    caller_number, level = more.pop("caller_number", OWN), more.pop("level", None)
    tree = Tree(
        title="t",
        languages=("zh", "en"),
        start="task",
        main="main",
        operator="agent",
        bye="bye",
        nodes={
            "task": Task(title="t", task=task, settings=more, level=level),
            "main": Menu(title="m", prompts=("menu/main",), keys={"1": "task"}),
            "agent": Agent(title="a", queue="general"),
            "bye": End(title="b"),
        },
    )
    return hotline_call(*keys, company=company, tree=tree, caller_number=caller_number, did=did)
