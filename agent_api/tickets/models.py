"""A ticket, its timeline, and the counter behind ticket numbers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class TicketRow(Base):
    """`state` and the counters repeat what the timeline says, for lists; the timeline decides."""

    __tablename__ = "ticket"
    __table_args__ = (
        Index("ix_ticket_state_updated", "state", "updated_at"),
        Index("ix_ticket_source", "source", unique=True),
    )

    ticket_no: Mapped[str] = mapped_column(String(20), primary_key=True)
    type: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text)
    category: Mapped[str] = mapped_column(String(40))
    level: Mapped[str] = mapped_column(String(10))
    vip: Mapped[bool]
    tier: Mapped[str] = mapped_column(String(1))
    """Tier of the centre that accepted it."""

    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customer.customer_id"), index=True)
    call_id: Mapped[str | None] = mapped_column(String(64), index=True)
    contact_number: Mapped[str] = mapped_column(String(32))
    repeat_of: Mapped[str | None] = mapped_column(String(20))
    created_by: Mapped[str] = mapped_column(String(6))
    """First owner: is told the result."""
    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"))
    """The accepting centre: owns the customer relation."""
    target: Mapped[str] = mapped_column(String(40))
    """Unit that works on it now."""
    limit_hours: Mapped[int | None]
    """A limit of its own instead of the type's: 48 or 72 hours for a fault."""
    source: Mapped[str | None] = mapped_column(String(120))
    """What it was made from, where that may come twice (a recording, an emergency report)."""

    round: Mapped[int]
    urge_count: Mapped[int]
    return_count: Mapped[int]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class TicketEvent(Base):
    __tablename__ = "ticket_event"

    ticket_no: Mapped[str] = mapped_column(ForeignKey("ticket.ticket_no"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(String(30))
    from_state: Mapped[str] = mapped_column(String(20))
    to_state: Mapped[str] = mapped_column(String(20))
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(16))
    role: Mapped[str] = mapped_column(String(200))
    center_id: Mapped[str] = mapped_column(String(20))
    comment: Mapped[str] = mapped_column(Text)
    data: Mapped[dict[str, Any]]


class TicketAttachment(Base):
    """A file that belongs to a ticket; it lies in the attachments folder under its id."""

    __tablename__ = "ticket_attachment"

    attachment_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    ticket_no: Mapped[str] = mapped_column(ForeignKey("ticket.ticket_no"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    seconds: Mapped[int]
    created_at: Mapped[datetime]


class TicketCounter(Base):
    """Last number given out for a day and type."""

    __tablename__ = "ticket_counter"

    day: Mapped[date] = mapped_column(primary_key=True)
    prefix: Mapped[str] = mapped_column(String(2), primary_key=True)
    last: Mapped[int]
