"""Every table of queues that was ever in force."""

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class RoutingVersion(Base):
    """The content of a version never changes. Version 0, the shipped table, is not stored."""

    __tablename__ = "routing_version"

    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(String(200))
    author: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10))
    """live or retired."""
    replaced: Mapped[int]
    """What was live before this content first was: where a roll-back leads. 0 is the shipped table."""
