"""One recording a call, and how long each centre keeps its own."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class Recording(Base):
    """`due_at`: when the worker looks at it next; null when there is nothing to do."""

    __tablename__ = "recording"
    __table_args__ = (
        Index("ix_recording_due_at", "due_at"),
        Index("ix_recording_state_started", "state", "started_at"),
    )

    call_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    node: Mapped[str] = mapped_column(String(40))
    file: Mapped[str] = mapped_column(String(120))
    state: Mapped[str] = mapped_column(String(12))
    center_id: Mapped[str | None] = mapped_column(ForeignKey("center.center_id"), index=True)
    """Of the agent who talked last."""
    agents: Mapped[list[str]]
    started_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    due_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str] = mapped_column(String(200), default="")

    length_ms: Mapped[int] = mapped_column(default=0)
    pauses: Mapped[list[dict[str, Any]]]
    key: Mapped[str] = mapped_column(String(200), default="")
    """Name in the store."""
    size: Mapped[int] = mapped_column(default=0)
    sealed: Mapped[bool] = mapped_column(default=False)
    sha256: Mapped[str] = mapped_column(String(64), default="")
    """Of the sound file before it was encrypted: what was stored is what was recorded."""
    peaks: Mapped[str] = mapped_column(Text, default="", deferred=True)

    held_by: Mapped[str] = mapped_column(String(6), default="")
    """Legal hold: not deleted while this is set."""
    held_reason: Mapped[str] = mapped_column(String(200), default="")
    held_at: Mapped[datetime | None]


class RecordingRetention(Base):
    __tablename__ = "recording_retention"

    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"), primary_key=True)
    days: Mapped[int]
    changed_by: Mapped[str] = mapped_column(String(6))
    changed_at: Mapped[datetime]


class RecordingExport(Base):
    """A recording somebody wants as a file, and what a second person said."""

    __tablename__ = "recording_export"
    __table_args__ = (
        Index("ix_recording_export_call_id", "call_id"),
        Index("ix_recording_export_state", "state"),
    )

    export_id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[str] = mapped_column(String(64))
    center_id: Mapped[str] = mapped_column(String(20))
    """Of the recording; empty: nobody knows."""
    asked_by: Mapped[str] = mapped_column(String(6))
    asked_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10))
    """waiting, granted or refused."""
    decided_by: Mapped[str] = mapped_column(String(6))
    decided_at: Mapped[datetime | None]
    remark: Mapped[str] = mapped_column(String(200))
