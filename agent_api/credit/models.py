"""How a customer's credit stands, and the changes people asked for."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class CreditProfile(Base):
    """The level is the customer's own column; `state` repeats what the rules say, for lists."""

    __tablename__ = "credit_profile"

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.customer_id"), primary_key=True)
    state: Mapped[str] = mapped_column(String(10))
    credit_limit: Mapped[Decimal]
    blacklisted: Mapped[bool]
    watched_until: Mapped[date | None]
    over_limit_since: Mapped[datetime | None]
    changed_at: Mapped[datetime]


class CreditChange(Base):
    """Asked for by one person, decided by another with another role. Never deleted: it is the change log."""

    __tablename__ = "credit_change"
    __table_args__ = (Index("ix_credit_change_state_asked", "state", "asked_at"),)

    change_id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.customer_id"), index=True)
    kind: Mapped[str] = mapped_column(String(10))
    """manual, appeal or rules."""
    state: Mapped[str] = mapped_column(String(10))
    """APPEALED, PROPOSED, APPROVED or REFUSED."""
    before: Mapped[dict[str, Any]]
    after: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(String(200))
    asked_by: Mapped[str] = mapped_column(String(16))
    asked_at: Mapped[datetime]
    proposed_by: Mapped[str] = mapped_column(String(16))
    decided_by: Mapped[str] = mapped_column(String(16))
    decided_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(200))
