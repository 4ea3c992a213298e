"""One row per promise to call back, projected from its events."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class Callback(Base):
    __tablename__ = "callback"
    __table_args__ = (
        Index("ix_callback_state_place", "state", "place_at"),
        Index("ix_callback_number_booked", "number", "booked_at"),
        Index("ix_callback_call", "call_id"),
    )

    callback_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    queue: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(32))
    customer_id: Mapped[str | None] = mapped_column(String(40))
    call_id: Mapped[str | None] = mapped_column(String(64))
    """The call whose place was kept."""
    talk_call_id: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(12))
    """waiting, dialling, or how it ended (CallbackEnd)."""
    place_at: Mapped[datetime | None]
    booked_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    attempts: Mapped[int]
    next_at: Mapped[datetime | None]
    agent_no: Mapped[str | None] = mapped_column(String(6))
    cause: Mapped[str] = mapped_column(String(40))
    """Of the last attempt that came to nothing."""
    closed_at: Mapped[datetime | None]
