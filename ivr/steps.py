"""What a flow may ask for, what it gets back, and how a call leaves the menu. Values only: no I/O, no clock."""

from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar, Generic, TypeAlias, TypeVar

from acd.contracts.dialplan import UserEvent
from acd.contracts.menu.tree import Language, PublishedTree
from acd.contracts.vocabulary import AttemptCode, IvrOutcome, QueueExit
from ivr.speech.values import Saying

AnswerT = TypeVar("AnswerT")
ResultT = TypeVar("ResultT")

Prompts: TypeAlias = tuple[str | Saying, ...]


class HungUp(Exception):
    """The caller has gone. A flow may still report and look up what must not be lost, then lets it pass."""


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
    number: str = field(default="", repr=False)
    """The number a caller is to prove, when an agent sent him."""
    queue: str = ""
    """Where the caller waited, when he comes from there."""
    language: Language = "zh"
    """What is spoken on the line at the start."""


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
    star_is_letter: bool = False
    """`*` stands for the letter of an identity number; alone it is still the way back."""


@dataclass(frozen=True, slots=True)
class Recording:
    """A message as it lies in the spool; `seconds` without the tone."""

    name: str
    seconds: int
    hung_up: bool = False
    """Most callers end a message by hanging up: it counts all the same."""


@dataclass(frozen=True, slots=True)
class Record(Step[Recording]):
    """Tone, then record until `#` or for `longest_seconds`. `take` tells a call's recordings apart."""

    take: int
    longest_seconds: int = 120


@dataclass(frozen=True, slots=True)
class PlayRecording(Step[bool]):
    name: str


@dataclass(frozen=True, slots=True)
class SetLanguage(Step[None]):
    """From here on the whole call is in this language, after the menu too."""

    language: Language


@dataclass(frozen=True, slots=True)
class Now(Step[datetime]):
    """The time, aware."""


@dataclass(frozen=True, slots=True)
class PickTree(Step[PublishedTree]):
    """The menus in force now for who dialled `did`, or else belongs to `center`."""

    did: str
    center: str


class LookUp(Step[AnswerT]):
    """A question to the directory: the fields are the body, `path` the place. Raises Unavailable in the flow."""

    __slots__ = ()
    path: ClassVar[str]
    patient: ClassVar[bool] = True
    """The caller has just keyed something and is told when the answer takes long."""


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


def password_checked(result: str) -> Report:
    """What the agent who sent the caller here is told: pass, fail or locked, and nothing else."""
    return Report(UserEvent.PASSWORD_CHECKED, (("Result", result),))


def queue_left(how: QueueExit) -> Report:
    """The caller has got something else than an agent."""
    return Report(UserEvent.QUEUE_LEFT, (("How", how.value),))


@dataclass(frozen=True, slots=True)
class Leave:
    """How the call goes on: to the agents of `queue`, or to its end."""

    outcome: IvrOutcome
    queue: str = ""
    priority: int = 0
    center: str = ""
    """The caller's own, as far as known: its agents come first."""
    vip: bool = False
    manager: str = ""
    manager_phone: str = field(default="", repr=False)
    """The customer's own manager: agent number, and telephone outside the house."""
    reason: str = ""
    """Why an agent was asked for, for the statistics."""
    fax_file: str = ""
    """A document to send on this very call once the menu is left."""
    callback_number: str = field(default="", repr=False)
    """Where the caller wants to be called back."""
