"""Raw events, how far each stream was read, and gaps in it."""

from datetime import datetime

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class StoredEvent(Base):
    """One event as received. Its key makes this table the inbox: a second delivery finds the row."""

    __tablename__ = "stored_event"
    __table_args__ = (
        Index("ix_stored_event_subject", "kind", "subject"),
        Index("ix_stored_event_stream_seq", "stream", "seq"),
        Index("ix_stored_event_at", "at"),
    )

    event_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    stream: Mapped[str] = mapped_column(String(36))
    seq: Mapped[int]
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(10))
    """call, agent, attempt, callback, command, acd ...: the part of the type before the dot."""
    type: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(64))
    """Call id, agent number, attempt or call-back id."""
    payload: Mapped[str] = mapped_column(Text)
    """JSON, word for word what the codec writes."""


class StreamPosition(Base):
    """How far this replica has read a stream; written in the transaction of the events' effects."""

    __tablename__ = "stream_position"

    consumer: Mapped[str] = mapped_column(String(40), primary_key=True)
    stream: Mapped[str] = mapped_column(String(36), primary_key=True)
    last_seq: Mapped[int]
    last_at: Mapped[datetime]
    touched_at: Mapped[datetime]


class StreamGap(Base):
    """Sequence numbers that were skipped. Open until they arrive by replay, or nobody can send them any more."""

    __tablename__ = "stream_gap"
    __table_args__ = (Index("ix_stream_gap_state", "state"),)

    stream: Mapped[str] = mapped_column(String(36), primary_key=True)
    first_seq: Mapped[int] = mapped_column(primary_key=True)
    last_seq: Mapped[int]
    from_at: Mapped[datetime]
    to_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10))
    """open, filled or lost."""
