"""Reads roles.toml and says in which line something is wrong. Knows no role and no permission by itself."""

import tomllib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError


class BadRoleFile(ValueError):
    """The process must not start with it."""


class RoleSheet(BaseModel):
    """One role of the file."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    title: str = Field(min_length=1, max_length=20)
    tiers: Annotated[str, Field(pattern="^N?P?C?$", min_length=1)]
    unmask_per_day: int | None = Field(default=None, ge=0)
    may: list[str]


def read_roles(path: Path, permissions: Collection[str]) -> Mapping[str, RoleSheet]:
    """Every permission must be given to somebody, and every given one must exist."""
    text = path.read_text(encoding="utf-8")
    try:
        sheets = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:  # tells the line itself
        raise BadRoleFile(f"{path.name}: {error}") from None
    found = {role: _sheet(path, text, role, sheet) for role, sheet in sheets.items()}
    for role, sheet in found.items():
        for permission in sheet.may:
            if permission not in permissions:
                raise _wrong(path, text, role, permission, "no such permission")
            if sheet.may.count(permission) > 1:
                raise _wrong(path, text, role, permission, "named twice")
    if missing := sorted(set(permissions) - {each for sheet in found.values() for each in sheet.may}):
        raise BadRoleFile(f"{path.name}: no role has {', '.join(missing)}")
    return found


def _sheet(path: Path, text: str, role: str, sheet: object) -> RoleSheet:
    try:
        return RoleSheet.model_validate(sheet)
    except ValidationError as error:
        first = error.errors()[0]
        word = str(first["loc"][0]) if first["loc"] else ""
        raise _wrong(path, text, role, word, first["msg"]) from None


def _wrong(path: Path, text: str, role: str, word: str, why: str) -> BadRoleFile:
    return BadRoleFile(f"{path.name}, line {_line_of(text, role, word)}: role {role}: {word}: {why}")


def _line_of(text: str, role: str, word: str) -> int:
    """Of the word inside the role's part; of the role's heading where the word is not there."""
    lines = text.splitlines()
    heading = next((number for number, line in enumerate(lines, 1) if line.strip() == f"[{role}]"), 1)
    for number, line in enumerate(lines[heading:], heading + 1):
        if line.startswith("["):
            break
        if f'"{word}"' in line or line.startswith(f"{word} "):
            return number
    return heading
