"""Emergency stops and restores of lines, and what the review of the next day found."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class EmergencyCase(Base):
    __tablename__ = "emergency_case"
    __table_args__ = (Index("ix_emergency_case_product_at", "product_id", "at"),)

    case_id: Mapped[int] = mapped_column(primary_key=True)
    product_id: Mapped[str] = mapped_column(ForeignKey("product.product_id"))
    kind: Mapped[str] = mapped_column(String(10))
    """stop or restore."""
    at: Mapped[datetime]
    call_id: Mapped[str] = mapped_column(String(64))
    before: Mapped[str | None] = mapped_column(String(10))
    """Why the line was suspended before; None when it was not."""
    until: Mapped[datetime | None]
    """End of a restore."""
    ended_at: Mapped[datetime | None]
    review_ticket: Mapped[str | None] = mapped_column(String(20))


class EmergencyReview(Base):
    __tablename__ = "emergency_review"

    case_id: Mapped[int] = mapped_column(ForeignKey("emergency_case.case_id"), primary_key=True)
    outcome: Mapped[str] = mapped_column(String(20))
    comment: Mapped[str] = mapped_column(String(500))
    reviewed_by: Mapped[str] = mapped_column(String(16))
    reviewed_at: Mapped[datetime]
    late: Mapped[bool]
    """After the end of the next day."""
    follow_up: Mapped[str] = mapped_column(String(20))
    """The ticket that was opened because of what was found."""
