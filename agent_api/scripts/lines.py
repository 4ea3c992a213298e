"""A sentence for a situation, and which ones fit the call at hand. Pure."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Situation = Literal[
    "greeting",
    "silence",
    "unclear",
    "not_understood",
    "number_needed",
    "hard_to_reach",
    "searching",
    "long_search",
    "note_down",
    "confirm",
    "not_offered",
    "complaint",
    "transfer",
    "hold",
    "abusive",
    "ending",
]
"""requirements.md 4.7, in its order."""
Moment = Literal["ringing", "talking", "hold", "wrap_up"]
VARIABLES = frozenset({"brand", "agent", "customer", "minutes", "limit"})
"""What a sentence may leave open: {brand}, {agent}'s number, {customer} as 张先生/女士, and two to say by hand."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class Line(BaseModel):
    model_config = ConfigDict(frozen=True)

    situation: Situation
    text: Text
    title: str = Field(default="", max_length=30, description="What tells it from others of the situation")
    language: Literal["zh", "en"] = "zh"
    queue: str = Field(default="", max_length=40, description="Only for calls of this queue")
    reason: str = Field(default="", max_length=40, description="Only for contact reasons that begin with this code")
    moments: tuple[Moment, ...] = Field(default=(), description="When it is offered; empty: always")


def fitting(
    lines: Iterable[Line],
    *,
    situation: str | None = None,
    queue: str = "",
    reason: str = "",
    language: str | None = None,
    moment: str | None = None,
) -> list[Line]:
    """Those that fit, in their order. Sentences of the queue or reason take the place of general ones."""
    fits = [
        line
        for line in lines
        if situation in (None, line.situation)
        and language in (None, line.language)
        and line.queue in ("", queue)
        and (not line.reason or reason == line.reason or reason.startswith(f"{line.reason}."))
        and (moment is None or not line.moments or moment in line.moments)
    ]
    own = {(line.situation, line.language) for line in fits if line.queue or line.reason}
    return [line for line in fits if line.queue or line.reason or (line.situation, line.language) not in own]


def unknown_variables(lines: Iterable[Line]) -> list[str]:
    """Names in braces nobody fills in; a brace that is not closed counts as one."""
    found: set[str] = set()
    for line in lines:
        for part in line.text.split("{")[1:]:
            name, closed, _ = part.partition("}")
            if not closed or name not in VARIABLES:
                found.add(name)
    return sorted(found)
