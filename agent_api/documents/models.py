"""Versions of a centre's documents (contact reasons, scripts), whole, one row a version."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class CenterDocument(Base):
    __tablename__ = "center_document"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    note: Mapped[str] = mapped_column(String(200))
    author: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
