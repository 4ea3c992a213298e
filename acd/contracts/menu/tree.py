"""What a menu tree is made of. A tree is complete in itself: one centre's menus, hours and calendar in one version.

Names follow requirements.md 4.5. A target is the id of a node; every key, outcome and `next` names one.
"""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field

NodeId: TypeAlias = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_.]{0,39}$")]
PromptId: TypeAlias = Annotated[str, Field(pattern=r"^[a-z0-9_]+(/[A-Za-z0-9_.-]+)*$", max_length=80)]
Key: TypeAlias = Literal["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "#"]
Language: TypeAlias = Literal["zh", "en"]
Clock: TypeAlias = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Menu(_Part):
    """Speaks `prompts` and waits for a key. `9` repeats, `*` goes back and `0` asks for an agent unless keyed here."""

    kind: Literal["menu"] = "menu"
    title: str = Field(max_length=40)
    prompts: tuple[PromptId, ...] = Field(min_length=1, max_length=6)
    keys: dict[Key, NodeId] = Field(min_length=1)
    first_key_seconds: float = Field(default=5, ge=1, le=20)
    if_silent: NodeId | None = None
    """Where one silence leads, instead of three tries: for menus that only offer something."""


class Say(_Part):
    kind: Literal["say"] = "say"
    title: str = Field(max_length=40)
    prompts: tuple[PromptId, ...] = Field(min_length=1, max_length=6)
    barge_in: bool = True
    """False for what the law wants heard in full; once heard it is not repeated in the same call."""
    next: NodeId


class ChooseLanguage(_Part):
    """Asks only when there is more than one language and the caller's is not known. Silence takes the first."""

    kind: Literal["language"] = "language"
    title: str = Field(max_length=40)
    prompts: tuple[PromptId, ...] = Field(min_length=1, max_length=6)
    keys: dict[Key, Language] = Field(min_length=1)
    next: NodeId


class Task(_Part):
    """A piece of self-service from the catalogue (tasks.py). `level` may ask for more proof than the catalogue does."""

    kind: Literal["task"] = "task"
    title: str = Field(max_length=40)
    task: str
    settings: dict[str, str] = Field(default_factory=dict)
    level: int | None = Field(default=None, ge=0, le=3)
    then: dict[str, NodeId] = Field(default_factory=dict)
    """Outcome of the task to node; an outcome not named here goes to `next`."""
    next: NodeId | None = None
    """None: back to the menu the caller came from."""


class Agent(_Part):
    """To the people. Outside `hours` the caller goes to `closed`."""

    kind: Literal["agent"] = "agent"
    title: str = Field(max_length=40)
    queue: str = Field(pattern=r"^[a-z][a-z0-9_]{0,31}$")
    priority: int = Field(default=0, ge=0, le=100)
    prompts: tuple[PromptId, ...] = ("to_agent",)
    """Spoken on the way; may be empty."""
    hours: str | None = None
    closed: NodeId | None = None


class End(_Part):
    kind: Literal["end"] = "end"
    title: str = Field(max_length=40)
    prompts: tuple[PromptId, ...] = ("goodbye",)


Node: TypeAlias = Annotated[Menu | Say | ChooseLanguage | Task | Agent | End, Field(discriminator="kind")]


class Condition(StrEnum):
    """What may be asked about a caller before the first menu (requirements.md 4.3)."""

    BLACKLISTED = "blacklisted"
    ANNOUNCED = "announced"  # there are announcements for the caller's area: they are spoken at this place
    VIP = "vip"
    SENIOR = "senior"
    DEALER = "dealer"
    OPEN_TICKET = "open_ticket"
    SUSPENDED = "suspended"


class EntryRule(_Part):
    """`when` holds, or the caller dialled `did`: go to `to`, or (without one) go on with the next rule."""

    when: Condition | None = None
    did: str | None = Field(default=None, pattern=r"^[0-9]{3,12}$")
    to: NodeId | None = None


class Span(_Part):
    open: Clock
    close: Clock


class Hours(_Part):
    """Opening hours in the centre's own time zone. A holiday follows `holiday`, a worked weekend day `weekdays`."""

    weekdays: tuple[Span, ...]
    weekend: tuple[Span, ...]
    holiday: tuple[Span, ...]


class Calendar(_Part):
    timezone: str = "Asia/Shanghai"
    holidays: dict[date, str] = Field(default_factory=dict)
    """Day to its name (春节)."""
    workdays: tuple[date, ...] = ()
    """Weekend days that are worked (调休)."""


class Tree(_Part):
    format: Literal[1] = 1
    title: str = Field(max_length=60)
    languages: tuple[Language, ...] = Field(default=("zh",), min_length=1)
    entry: tuple[EntryRule, ...] = ()
    start: NodeId
    main: NodeId
    """Where key 8 leads from a leaf."""
    operator: NodeId
    """Where key 0 leads."""
    bye: NodeId
    nodes: dict[NodeId, Node] = Field(min_length=1, max_length=300)
    hours: dict[str, Hours] = Field(default_factory=dict)
    calendar: Calendar = Calendar()
    quick: tuple[NodeId, ...] = ()
    """The tasks most callers want: at most three keys away (requirements.md 4.2)."""


class Announcement(_Part):
    """A notice switched on for a while without publishing a tree: a mass fault, the settlement days, a holiday."""

    announcement_id: str
    place: str
    """`entry`, or the id of the node it is spoken at."""
    prompts: tuple[PromptId, ...] = Field(min_length=1)
    barge_in: bool = True


class PublishedTree(_Part):
    """What the voice menu gets: one centre's live version."""

    center: str
    version: int = Field(ge=1)
    dids: tuple[str, ...] = ()
    """Numbers that belong to this centre; a call to any other number goes by the caller's home."""
    tree: Tree
