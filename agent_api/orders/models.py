"""A business order and its history."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class OrderRow(Base):
    """`state` and the counters repeat what the history says, for lists and the next step."""

    __tablename__ = "service_order"
    __table_args__ = (Index("ix_service_order_state_updated", "state", "updated_at"),)

    order_no: Mapped[str] = mapped_column(String(20), primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.customer_id"), index=True)
    product_id: Mapped[str] = mapped_column(ForeignKey("product.product_id"), index=True)
    product_type: Mapped[str] = mapped_column(String(20))
    number: Mapped[str] = mapped_column(String(32))
    service: Mapped[str] = mapped_column(String(20))
    choice: Mapped[str | None] = mapped_column(String(40))
    """Never a secret: a new PIN or a card number goes to billing and is not kept here."""
    fee: Mapped[Decimal]
    promised_for: Mapped[date | None]
    """Day of the visit, or the first day the service counts."""
    state: Mapped[str] = mapped_column(String(20))
    result: Mapped[str | None] = mapped_column(String(20))
    """COMPLETED, FAILED, REJECTED or CANCELLED once it is decided; NOTIFIED and ARCHIVED do not tell."""
    failures: Mapped[int]
    info_since: Mapped[datetime | None]
    call_id: Mapped[str | None] = mapped_column(String(64), index=True)
    created_by: Mapped[str] = mapped_column(String(16))
    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"))
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class OrderEvent(Base):
    __tablename__ = "service_order_event"

    order_no: Mapped[str] = mapped_column(ForeignKey("service_order.order_no"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    fact: Mapped[str] = mapped_column(String(20))
    from_state: Mapped[str] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(200))
