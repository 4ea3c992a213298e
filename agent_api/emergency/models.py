"""Emergency stops and restores of lines."""

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
