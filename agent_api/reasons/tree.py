"""The tree of contact reasons as data: three levels, leaves with a form. Pure."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from agent_api.tickets.words import Level, TicketType

Title = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9.]{0,38}$")]
FieldKind = Literal["text", "number", "amount", "date", "choice", "phone"]
DEPTH = 3


class FormField(BaseModel):
    """One thing to ask for this reason."""

    model_config = ConfigDict(frozen=True)

    name: str = Field(pattern=r"^[a-z][a-z0-9_]{0,29}$")
    title: Title
    kind: FieldKind = "text"
    required: bool = False
    choices: tuple[Title, ...] = Field(default=(), max_length=30)
    hint: str = Field(default="", max_length=80)


class Reason(BaseModel):
    """A node; the fields after `children` count on the third level only."""

    model_config = ConfigDict(frozen=True)

    code: Code
    title: Title
    children: tuple["Reason", ...] = Field(default=(), max_length=40)
    ticket_type: TicketType | None = None
    level: Level = Level.NORMAL
    fields: tuple[FormField, ...] = Field(default=(), max_length=15)
    unit: str = Field(default="", max_length=40, description="Who it is for: a centre, or centre/department")
    queue: str = Field(default="", max_length=40, description="Where to transfer the call to")
    words: str = Field(default="", max_length=60, description="What to look for among the articles")
    topic: str = Field(default="", max_length=40, description="Topic of the voice menu the caller can be sent to")
    script: str = Field(default="", max_length=200, description="What the agent says")


class Problem(BaseModel):
    code: str
    """Of the reason."""
    problem: Literal["too_deep", "no_leaves", "repeated_code", "no_choices", "repeated_field"]


def leaves(tree: Sequence[Reason]) -> Iterator[tuple[str, Reason]]:
    """Each leaf with its full path in words."""
    for top in tree:
        for middle in top.children:
            for leaf in middle.children:
                yield f"{top.title}>{middle.title}>{leaf.title}", leaf


def titles(tree: Sequence[Reason]) -> dict[str, str]:
    return {leaf.code: path for path, leaf in leaves(tree)}


def leaf_of(tree: Sequence[Reason], code: str) -> Reason | None:
    return next((leaf for _, leaf in leaves(tree) if leaf.code == code), None)


def problems(tree: Sequence[Reason]) -> list[Problem]:
    """What keeps a tree from being published."""
    found: list[Problem] = []
    seen: set[str] = set()
    for depth, node in _walk(tree, 1):
        if node.code in seen:
            found.append(Problem(code=node.code, problem="repeated_code"))
        seen.add(node.code)
        if depth < DEPTH and not node.children:
            found.append(Problem(code=node.code, problem="no_leaves"))
        if depth == DEPTH and node.children:
            found.append(Problem(code=node.code, problem="too_deep"))
        found += _of_form(node)
    return found


def _of_form(node: Reason) -> Iterator[Problem]:
    names = [field.name for field in node.fields]
    if len(names) != len(set(names)):
        yield Problem(code=node.code, problem="repeated_field")
    if any(field.kind == "choice" and not field.choices for field in node.fields):
        yield Problem(code=node.code, problem="no_choices")


def _walk(nodes: Sequence[Reason], depth: int) -> Iterator[tuple[int, Reason]]:
    for node in nodes:
        yield depth, node
        yield from _walk(node.children, depth + 1)
