"""The tree of contact reasons as data: three levels, leaves with a form. Pure."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from agent_api.tickets.words import Level, TicketType

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9.]{0,38}$")]
FieldKind = Literal["text", "number", "amount", "date", "choice", "phone"]


class FormField(BaseModel):
    """One thing to ask for this reason."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,29}$")
    title: Title
    kind: FieldKind = "text"
    required: bool = False
    choices: tuple[Title, ...] = Field(default=(), max_length=30)
    hint: str = Field(default="", max_length=80)


class Leaf(BaseModel):
    """What can be chosen, and what choosing it opens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    title: Title
    ticket_type: TicketType | None = None
    level: Level = Level.NORMAL
    fields: tuple[FormField, ...] = Field(default=(), max_length=15)
    unit: str = Field(default="", max_length=40, description="Who it is for: a centre, or centre/department")
    queue: str = Field(default="", max_length=40, description="Where to transfer the call to")
    words: str = Field(default="", max_length=60, description="What to look for among the articles")
    topic: str = Field(default="", max_length=40, description="Topic of the voice menu the caller can be sent to")
    script: str = Field(default="", max_length=200, description="What the agent says")


class Branch(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    title: Title
    children: tuple[Leaf, ...] = Field(min_length=1, max_length=40)


class Reason(BaseModel):
    """The first of three levels."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Code
    title: Title
    children: tuple[Branch, ...] = Field(min_length=1, max_length=40)


class Problem(BaseModel):
    code: str
    """Of the reason."""
    problem: Literal["repeated_code", "no_choices", "repeated_field"]


def leaves(tree: Sequence[Reason]) -> Iterator[tuple[str, Leaf]]:
    """Each leaf with its full path in words."""
    for top in tree:
        for middle in top.children:
            for leaf in middle.children:
                yield f"{top.title}>{middle.title}>{leaf.title}", leaf


def titles(tree: Sequence[Reason]) -> dict[str, str]:
    return {leaf.code: path for path, leaf in leaves(tree)}


def leaf_of(tree: Sequence[Reason], code: str) -> Leaf | None:
    return next((leaf for _, leaf in leaves(tree) if leaf.code == code), None)


def problems(tree: Sequence[Reason]) -> list[Problem]:
    """What keeps a tree from being published."""
    found: list[Problem] = []
    seen: set[str] = set()
    for code in _codes(tree):
        if code in seen:
            found.append(Problem(code=code, problem="repeated_code"))
        seen.add(code)
    for _, leaf in leaves(tree):
        found += _of_form(leaf)
    return found


def _of_form(leaf: Leaf) -> Iterator[Problem]:
    names = [field.name for field in leaf.fields]
    if len(names) != len(set(names)):
        yield Problem(code=leaf.code, problem="repeated_field")
    if any(field.kind == "choice" and not field.choices for field in leaf.fields):
        yield Problem(code=leaf.code, problem="no_choices")


def _codes(tree: Sequence[Reason]) -> Iterator[str]:
    for top in tree:
        yield top.code
        for branch in top.children:
            yield branch.code
            yield from (leaf.code for leaf in branch.children)
