"""Saved views of the ticket list, and who was mentioned where."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class TicketView(Base):
    """A filter with a name: for its owner, or for everybody of the owner's centre and those below."""

    __tablename__ = "ticket_view"

    view_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner: Mapped[str] = mapped_column(ForeignKey("staff.agent_no"), index=True)
    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"), index=True)
    shared: Mapped[bool]
    title: Mapped[str] = mapped_column(String(40))
    wanted: Mapped[dict[str, Any]]
    columns: Mapped[list[str]]
    changed_at: Mapped[datetime]


class TicketMention(Base):
    """@number in the words of an act."""

    __tablename__ = "ticket_mention"
    __table_args__ = (Index("ix_ticket_mention_agent_read", "agent_no", "read_at"),)

    mention_id: Mapped[int] = mapped_column(primary_key=True)
    ticket_no: Mapped[str] = mapped_column(ForeignKey("ticket.ticket_no"), index=True)
    seq: Mapped[int]
    agent_no: Mapped[str] = mapped_column(String(6))
    by: Mapped[str] = mapped_column(String(16))
    words: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    read_at: Mapped[datetime | None]
