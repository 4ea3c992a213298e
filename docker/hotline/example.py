"""Writes .env.example from the settings models: python -m hotline.example > .env.example (a test compares)."""

import ast
import inspect
import textwrap
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from pydantic import BaseModel, SecretStr, TypeAdapter
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings

from acd.settings import AcdSettings
from agent_api.settings import Settings as DeskSettings
from hotline.settings import HotlineSettings
from ivr.settings import IvrSettings

HEADER = """\
# Every setting with its default. Copy to .env beside the Makefile and change what you need.
# Generated from the settings models by `python -m hotline.example`; a test compares.
# `hotline run` sets the addresses, paths and secrets of IVR_, ACD_ and DESK_ itself from HOTLINE_ and var/.
"""
TITLES: dict[type[BaseSettings], str] = {
    HotlineSettings: "the installation",
    IvrSettings: "voice menu",
    AcdSettings: "call distribution",
    DeskSettings: "desk, tickets, statistics",
}


def example() -> str:
    return HEADER + "".join(f"\n# ---- {title}\n" + "".join(_settings(model)) for model, title in TITLES.items())


def _settings(model: type[BaseSettings]) -> Iterator[str]:
    prefix = str(model.model_config.get("env_prefix", ""))
    words = _docstrings(model)
    for name, field in model.model_fields.items():
        for line in textwrap.wrap(words.get(name, ""), 116):
            yield f"# {line}\n"
        yield from (f"#{variable}={value}\n" for variable, value in _variables(prefix + name.upper(), field))


def _variables(variable: str, field: FieldInfo) -> Iterator[tuple[str, str]]:
    """A nested model is one variable a field; a default made at start (a path, a token) is left empty."""
    default = field.default if field.default_factory is None else None
    if isinstance(default, BaseModel):
        for name, inner in type(default).model_fields.items():
            yield from _variables(f"{variable}__{name.upper()}", inner)
    else:
        yield variable, _shown(default)


def _shown(value: Any) -> str:
    if value is None or value is ... or isinstance(value, SecretStr) or str(value) == "PydanticUndefined":
        return ""
    if isinstance(value, timedelta | tuple):
        return TypeAdapter(type(value)).dump_json(value).decode().strip('"')
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return "" if text.startswith("/") else text


def _docstrings(model: type[BaseSettings]) -> dict[str, str]:
    """The string below each field, as pydantic keeps none of them."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(model))).body[0]
    assert isinstance(tree, ast.ClassDef)
    found = {}
    for field, after in zip(tree.body, tree.body[1:], strict=False):
        words = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) and after.value.value
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(words, str):
            found[field.target.id] = " ".join(words.split())
    return found


if __name__ == "__main__":
    print(example(), end="")
