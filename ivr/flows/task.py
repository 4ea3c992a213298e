"""What a task is given and may say about its end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from acd.contracts.menu.tasks import TASKS
from acd.contracts.menu.tree import Task
from ivr.flows.session import Session
from ivr.steps import Flow


@dataclass(frozen=True, slots=True)
class Job:
    """One node's order to a task."""

    settings: Mapping[str, str]
    level: int
    """Identity level to reach: what the catalogue asks for, or the node if it asks for more."""

    @property
    def product(self) -> str:
        return self.settings.get("product", "mobile")


Run: TypeAlias = Callable[[Session, Job], Flow[None]]
"""Returning is the outcome `done`; every other end is a TaskOver."""


def job_of(node: Task) -> Job:
    spec = TASKS.get(node.task)
    return Job(node.settings, max(spec.level if spec else 0, node.level or 0))
