"""Articles, one row a version and language."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class Article(Base):
    __tablename__ = "article"

    topic: Mapped[str] = mapped_column(String(40), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    prompt: Mapped[str] = mapped_column(String(80))
    """What the voice menu plays: a shipped prompt, or own/<name> for an edited text."""
    created_by: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
