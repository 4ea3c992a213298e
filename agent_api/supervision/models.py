"""What supervisors told the desks."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class FloorNotice(Base):
    """Shown on the desks of a centre and those below, or of a queue's agents there, until it expires."""

    __tablename__ = "floor_notice"
    __table_args__ = (Index("ix_floor_notice_expires_at", "expires_at"),)

    notice_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    text: Mapped[str] = mapped_column(String(500))
    author: Mapped[str] = mapped_column(String(6))
    author_name: Mapped[str] = mapped_column(String(40))
    center_id: Mapped[str] = mapped_column(String(20))
    queue: Mapped[str | None] = mapped_column(String(40))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
