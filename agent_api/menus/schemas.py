"""Menus as the editor and the voice menu see them."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from acd.contracts.menu.tree import PublishedTree, Tree

SMALL_TREE: dict[str, Any] = {
    "title": "示例流程",
    "start": "main",
    "main": "main",
    "operator": "agent",
    "bye": "bye",
    "nodes": {
        "main": {"kind": "menu", "title": "主菜单", "prompts": ["menu/closed"], "keys": {"1": "message", "2": "agent"}},
        "message": {"kind": "task", "title": "留言", "task": "message", "settings": {"about": "general"}},
        "agent": {"kind": "agent", "title": "人工服务", "queue": "general"},
        "bye": {"kind": "end", "title": "再见"},
    },
}


class TaskOut(BaseModel):
    name: str
    title: str
    title_en: str
    level: int
    settings: dict[str, list[str]]
    """Setting to its allowed values; an empty list allows any text."""
    outcomes: list[str]


class Named(BaseModel):
    name: str
    title: str


class PromptOut(BaseModel):
    id: str
    zh: str
    en: str
    seconds: dict[str, float | None]
    own: bool
    state: Literal["ready", "pending", "failed"]


class CatalogueOut(BaseModel):
    tasks: list[TaskOut]
    conditions: list[Named]
    queues: list[Named]
    prompts: list[PromptOut]


class MenuCenterOut(BaseModel):
    center: str
    name: str
    live: int | None
    inherited_from: str | None
    has_draft: bool


VersionState = Literal["draft", "scheduled", "live", "retired"]


class VersionRow(BaseModel):
    version: int
    state: VersionState
    note: str
    author: str
    created_at: datetime
    published_at: datetime | None
    publish_at: datetime | None


class CenterVersions(BaseModel):
    center: str
    live: int | None
    inherited_from: str | None
    numbers: list[str]
    """Dialled numbers whose callers hear this centre's tree; all others hear the tree of their home."""
    versions: list[VersionRow]


class ProblemOut(BaseModel):
    node: str | None
    field: str
    code: str
    message: str
    severity: Literal["error", "warning"]


class VersionOut(VersionRow):
    tree: Tree
    problems: list[ProblemOut]
    etag: str
    """Names this content; goes back as `based_on` when a draft is saved over it."""


class DraftIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"tree": SMALL_TREE, "note": "新增留言", "based_on": None}]}
    )

    tree: Tree
    note: str = Field(default="", max_length=200)
    based_on: str | None = None
    """`etag` of the draft this was made from; null when there was none."""


class TreeIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"tree": SMALL_TREE}]})

    tree: Tree


class ProblemList(BaseModel):
    problems: list[ProblemOut]


class PublishIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"note": "国庆期间流程", "at": "2026-11-30T16:00:00Z"}]})

    note: str = Field(default="", max_length=200)
    at: datetime | None = None
    """When it goes live; null: now."""


class NumbersIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"numbers": ["02510010"]}]})

    numbers: list[Annotated[str, Field(pattern=r"^[0-9]{3,12}$")]] = Field(max_length=50)


class RolledBack(BaseModel):
    version: int | None
    """Live now; null when the centre uses the tree of the centre above again."""


class MenusQuestion(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"known": {"cn": 3}}]})

    known: dict[str, int] = {}
    """Centre to the version the voice menu has."""


class MenusAnswer(BaseModel):
    result: Literal["ok"] = "ok"
    changed: list[PublishedTree]
    gone: list[str]
    """Centres that have no tree of their own any more."""
    homes: dict[str, str]
    """Every centre to the centre whose tree its callers hear; "" stands for callers nobody knows."""
