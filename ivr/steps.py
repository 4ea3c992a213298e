"""What a flow may ask for, what it gets back, and how a call leaves the menu. Values only: no I/O, no clock."""

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

from acd.contracts.dialplan import UserEvent
from acd.contracts.vocabulary import AttemptCode, IvrOutcome
from ivr.ports import Bill, Caller, DunningScript, Verification

AnswerT = TypeVar("AnswerT")
ResultT = TypeVar("ResultT")

Prompts: TypeAlias = tuple[str, ...]


class Step(Generic[AnswerT]):
    """One request of a flow. The type argument is the type of the answer."""

    __slots__ = ()


Flow: TypeAlias = Generator[Step[Any], Any, ResultT]


def ask(step: Step[AnswerT]) -> Flow[AnswerT]:
    """Yield one step and return its answer; used as `answer = yield from ask(step)`."""
    answer: AnswerT = yield step
    return answer


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What is known when a flow starts. Numbers are digits only, or empty when withheld or unusable."""

    call_id: str
    caller_number: str = field(default="", repr=False)
    did: str = ""
    attempt_id: str = ""
    restarted: bool = False
    """The menu died once in this call: the caller has heard the greeting already."""


@dataclass(frozen=True, slots=True)
class Play(Step[bool]):
    """Speak; true when heard to the end. A key counts for the next Collect and, unless mandatory, cuts it short."""

    prompts: Prompts
    barge_in: bool = True


@dataclass(frozen=True, slots=True)
class Entry:
    """What the caller keyed. `*` in an entry deletes what came before; `*` as the first key stands alone."""

    keys: str = field(default="", repr=False)
    ended: bool = False
    """`#` closed the entry."""

    @property
    def key(self) -> str:
        """The entry as a single key: "#" when only that was pressed, "" for silence."""
        return self.keys or ("#" if self.ended else "")


@dataclass(frozen=True, slots=True)
class Collect(Step[Entry]):
    """Speak and take up to `length` keys."""

    prompts: Prompts
    length: int = 1
    first_key_seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class FindCaller(Step[Caller]):
    number: str = field(repr=False)
    did: str


@dataclass(frozen=True, slots=True)
class VerifyPassword(Step[Verification]):
    number: str = field(repr=False)
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FetchBill(Step[Bill]):
    number: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FetchDunningScript(Step[DunningScript]):
    attempt_id: str


@dataclass(frozen=True, slots=True)
class Report(Step[None]):
    """Tell the rest of the centre, through Asterisk, so that it stays in order with the call's other events."""

    event: UserEvent
    fields: tuple[tuple[str, str], ...]


def visited(node: str, key: str, outcome: str) -> Report:
    """The caller passed a menu node. `key` is a choice, never part of a number or password."""
    return Report(UserEvent.IVR_VISITED, (("Node", node), ("Key", key), ("Outcome", outcome)))


def identified(customer_id: str, auth_level: int) -> Report:
    return Report(UserEvent.IDENTIFIED, (("Customer", customer_id), ("AuthLevel", str(auth_level))))


def surveyed(satisfaction: int, reason: str = "") -> Report:
    return Report(UserEvent.SURVEY_ANSWERED, (("Satisfaction", str(satisfaction)), ("Reason", reason)))


def attempt_result(attempt_id: str, code: AttemptCode) -> Report:
    return Report(UserEvent.ATTEMPT_RESULT, (("AttemptId", attempt_id), ("Code", code.value)))


@dataclass(frozen=True, slots=True)
class Leave:
    """How the call goes on: to the agents of `queue`, or to its end."""

    outcome: IvrOutcome
    queue: str = ""
    priority: int = 0
    reason: str = ""
    """Why an agent was asked for, for the statistics."""
