"""How long each agent was in which state, and which desks are open."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class AgentSpan(Base):
    """One stay in one state; open while `ended_at` is null. Signed-out time is not kept."""

    __tablename__ = "agent_span"
    __table_args__ = (Index("ix_agent_span_call", "call_id"), Index("ix_agent_span_ended_at", "ended_at"))

    agent_no: Mapped[str] = mapped_column(String(6), primary_key=True)
    started_at: Mapped[datetime] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str | None] = mapped_column(String(20))
    call_id: Mapped[str | None] = mapped_column(String(64))
    ended_at: Mapped[datetime | None]


class DeskSocket(Base):
    """A desk that is open at one replica; `seen_at` is renewed while it is, so that a dead replica's rows grow old."""

    __tablename__ = "desk_socket"

    agent_no: Mapped[str] = mapped_column(String(6), primary_key=True)
    session: Mapped[str] = mapped_column(String(40), primary_key=True)
    consumer: Mapped[str] = mapped_column(String(40), primary_key=True)
    seen_at: Mapped[datetime]
