"""Tables of the menus: which version is live where, the versions, and the drafts."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class MenuCenter(Base):
    """A centre that has, or had, a menu of its own. `live` is None when it uses its parent's."""

    __tablename__ = "menu_center"

    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"), primary_key=True)
    live: Mapped[int | None]
    dids: Mapped[list[str]]
    """Numbers that belong to this centre."""


class MenuVersion(Base):
    """A tree that was published, or waits for its time. The tree of a version never changes."""

    __tablename__ = "menu_version"

    center_id: Mapped[str] = mapped_column(ForeignKey("menu_center.center_id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    """scheduled, live or retired."""
    tree: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(String(200))
    author: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    publish_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    replaced: Mapped[int | None]
    """The version that was live before this one first was: where a roll-back leads."""


class MenuDraft(Base):
    __tablename__ = "menu_draft"

    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"), primary_key=True)
    tree: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(String(200))
    author: Mapped[str] = mapped_column(String(16))
    etag: Mapped[str] = mapped_column(String(16))
    updated_at: Mapped[datetime]
