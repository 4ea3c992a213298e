"""Walks a flow with a list of keys and keeps what was said, asked and reported."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from acd.contracts.dialplan import UserEvent
from ivr.cli import typed_entry
from ivr.rehearsal import SampleCompany, rehearse
from ivr.steps import CallFacts, Collect, Flow, Leave, Play, Report, Step

OWN = "13900000001"


def silent(step: Collect) -> str:
    return ""


class OutOfKeys(AssertionError):
    """The flow asked for more keys than the test gave."""


@dataclass
class Heard:
    leave: Leave
    steps: list[Step[Any]] = field(default_factory=list)

    @property
    def prompts(self) -> list[str]:
        return [prompt for step in self.steps if isinstance(step, Play | Collect) for prompt in step.prompts]

    @property
    def visits(self) -> list[tuple[str, ...]]:
        return [tuple(fields.values()) for fields in self.reported(UserEvent.IVR_VISITED)]

    def reported(self, event: str) -> list[dict[str, str]]:
        return [dict(step.fields) for step in self.steps if isinstance(step, Report) and step.event == event]


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
            case Collect(_, length) if left:
                return typed_entry(left.pop(0), length)
            case Collect(_, length):
                if then is None:
                    raise OutOfKeys(steps)
                return typed_entry(then(step), length)
            case Play(_, barge_in):
                return not (cut and barge_in)
            case Report():
                return None
            case _:
                return company.answer(step)

    return Heard(rehearse(flow, answer), steps)
