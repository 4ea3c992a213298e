"""Articles and their versions, what was done with them, questions nobody could answer, words that mean the same."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class Article(Base):
    __tablename__ = "article"

    article_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"), index=True)
    """Used there and below, unless one below has an own article of the same family."""
    family: Mapped[str] = mapped_column(String(36), index=True)
    """Id of the article it stands in for; its own when it stands for itself."""
    topic: Mapped[str] = mapped_column(String(40), index=True)
    """The voice menu's name for it; empty when it is not spoken."""
    language: Mapped[str] = mapped_column(String(2))
    category: Mapped[str] = mapped_column(String(40))
    created_by: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]


class ArticleVersion(Base):
    __tablename__ = "article_version"
    __table_args__ = (Index("ix_article_version_state_changed", "state", "changed_at"),)

    article_id: Mapped[str] = mapped_column(ForeignKey("article.article_id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    body: Mapped[str] = mapped_column(Text)
    spoken: Mapped[str] = mapped_column(String(500))
    """What the machine reads aloud; empty: the body."""
    keywords: Mapped[list[str]]
    public: Mapped[bool]
    """May be sent to customers; else for staff only."""
    state: Mapped[str] = mapped_column(String(10))
    """draft, review or released; whether a released one is in force is a matter of time (lifecycle.py)."""
    valid_from: Mapped[datetime | None]
    """Empty until it is released: at once."""
    valid_until: Mapped[datetime | None]
    prompt: Mapped[str] = mapped_column(String(80))
    """What the voice menu plays: a shipped prompt, or own/<name>; empty when it has no topic."""
    author: Mapped[str] = mapped_column(String(16))
    reviewer: Mapped[str] = mapped_column(String(16))
    remark: Mapped[str] = mapped_column(String(500))
    """What the reviewer said."""
    created_at: Mapped[datetime]
    changed_at: Mapped[datetime]


class ArticleUse(Base):
    __tablename__ = "article_use"
    __table_args__ = (Index("ix_article_use_article_kind", "article_id", "kind"),)

    use_id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[str] = mapped_column(ForeignKey("article.article_id"))
    version: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    """copied, sent, answered, helpful or unhelpful."""
    agent_no: Mapped[str] = mapped_column(String(16))
    call_id: Mapped[str] = mapped_column(String(64))
    ticket_no: Mapped[str] = mapped_column(String(20))
    comment: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


class ArticleRequest(Base):
    """A question without an article, once for a centre however often it is asked."""

    __tablename__ = "article_request"
    __table_args__ = (UniqueConstraint("center_id", "gist"), Index("ix_article_request_state_asked", "state", "asked"))

    request_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"))
    gist: Mapped[str] = mapped_column(String(120))
    """The question without what does not matter: two askings with the same gist are one request."""
    question: Mapped[str] = mapped_column(String(200))
    reason_code: Mapped[str] = mapped_column(String(40))
    asked: Mapped[int]
    state: Mapped[str] = mapped_column(String(10))
    """open, answered or declined."""
    article_id: Mapped[str] = mapped_column(String(36))
    ticket_nos: Mapped[list[str]] = mapped_column(JSON)
    first_asked_at: Mapped[datetime]
    last_asked_at: Mapped[datetime]
    closed_by: Mapped[str] = mapped_column(String(16))


class SynonymGroup(Base):
    __tablename__ = "synonym_group"

    group_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    words: Mapped[list[str]]
    changed_by: Mapped[str] = mapped_column(String(16))
    changed_at: Mapped[datetime]
