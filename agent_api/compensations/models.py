"""What was proposed as compensation for a ticket, who decided, and when it was booked."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class Compensation(Base):
    __tablename__ = "compensation"

    compensation_id: Mapped[int] = mapped_column(primary_key=True)
    ticket_no: Mapped[str] = mapped_column(ForeignKey("ticket.ticket_no"), index=True)
    basis: Mapped[str] = mapped_column(String(20))
    days: Mapped[int]
    amount: Mapped[Decimal]
    reason: Mapped[str] = mapped_column(String(500))
    state: Mapped[str] = mapped_column(String(10), index=True)
    proposed_by: Mapped[str] = mapped_column(String(16))
    proposed_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(String(16))
    decided_at: Mapped[datetime | None]
    decision: Mapped[str] = mapped_column(String(500))
    booked_at: Mapped[datetime | None]
    """On the customer's account; billing may have been away when it was approved."""
