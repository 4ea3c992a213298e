"""Notices that are spoken while they are switched on and their time has come."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class Notice(Base):
    __tablename__ = "announcement"

    announcement_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"), index=True)
    title: Mapped[str] = mapped_column(String(60))
    area: Mapped[str | None] = mapped_column(String(20))
    """Area code; None for everybody of the centre and of the centres below it."""
    place: Mapped[str] = mapped_column(String(40))
    prompts: Mapped[list[str]]
    barge_in: Mapped[bool]
    active: Mapped[bool]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    first_day: Mapped[int | None]
    """With last_day: only on these days of every month, counted in the centre's time zone."""
    last_day: Mapped[int | None]
    created_by: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
