"""A ticket, its timeline, and the counter behind ticket numbers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


def _of_open(name: str, *columns: str) -> Index:
    """Few tickets are open, and most questions are about those."""
    still_open = text("closed_at IS NULL")
    return Index(name, *columns, postgresql_where=still_open, sqlite_where=still_open)


class TicketRow(Base):
    """`state` and the counters repeat what the timeline says, for lists; the timeline decides."""

    __tablename__ = "ticket"
    __table_args__ = (
        Index("ix_ticket_state_updated", "state", "updated_at"),
        Index("ix_ticket_updated_at", "updated_at"),
        Index("ix_ticket_source", "source", unique=True),
        Index("ix_ticket_external", "external_system", "external_id"),
        _of_open("ix_ticket_open_updated", "updated_at"),
        _of_open("ix_ticket_open_due", "due_at"),
        _of_open("ix_ticket_open_number", "contact_number"),
        _of_open("ix_ticket_open_matter", "category", "area"),
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
    own_limits: Mapped[dict[str, Any] | None]
    """Minutes by step, where the centre had its own when the ticket was opened; none: the shipped ones."""
    """A limit of its own instead of the type's: 48 or 72 hours for a fault."""
    source: Mapped[str | None] = mapped_column(String(120))
    """What it was made from, where that may come twice (a recording, an emergency report)."""
    flow: Mapped[str] = mapped_column(String(12), server_default="")
    """Machine it was opened under; kept when the type's machine changes later."""
    first_level: Mapped[str] = mapped_column(String(10), server_default="NORMAL")
    """Level it was opened with; `level` is the present one."""
    legal_rule: Mapped[str] = mapped_column(String(40), server_default="")
    """Version of the rule that gives its legal limit, as it stood at the opening."""
    channel: Mapped[str] = mapped_column(String(10), server_default="voice")
    reason_code: Mapped[str] = mapped_column(String(40), server_default="")
    """Leaf of the tree of contact reasons."""
    external_id: Mapped[str] = mapped_column(String(64), server_default="")
    external_system: Mapped[str] = mapped_column(String(40), server_default="")
    """Who else knows this ticket, and under which number."""

    handling_tier: Mapped[str] = mapped_column(String(1), server_default="")
    """N, P or C: who audits and dispatches now."""
    owner: Mapped[str] = mapped_column(String(16), server_default="", index=True)
    """Who works on it; nobody in particular while it waits in the pool of `target`."""
    owner_center: Mapped[str] = mapped_column(String(20), server_default="", index=True)
    """Centre of `target`."""
    leader: Mapped[str] = mapped_column(String(16), server_default="")
    parent_no: Mapped[str | None] = mapped_column(String(20), index=True)
    """The incident it is a case of."""
    merged_into: Mapped[str | None] = mapped_column(String(20), index=True)
    is_regulator: Mapped[bool] = mapped_column(server_default=false())
    overdue: Mapped[bool] = mapped_column(server_default=false())
    priority: Mapped[int] = mapped_column(server_default="0")
    """Grows with level and urging: what comes first."""
    waive_fee: Mapped[bool] = mapped_column(server_default=false())
    """A fault repaired too late: no monthly fee for these days (telecom regulations, article 32)."""
    satisfaction: Mapped[str] = mapped_column(String(12), server_default="")
    """What the customer said of the result: satisfied, neutral, unreached."""
    duplicate_of: Mapped[str | None] = mapped_column(String(20))
    """A complaint of the same number and class that was open then."""
    area: Mapped[str] = mapped_column(String(8), server_default="")
    details: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    """What the reason's form asked for."""
    attention_at: Mapped[datetime | None] = mapped_column(index=True)
    """When something will happen to it by itself."""
    yellow_at: Mapped[datetime | None]
    """80 % of the first clock to run out; like `due_at` empty while the clock stands."""
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    legal_due_at: Mapped[datetime | None]

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
    """Length of a recording; 0 for what is no sound."""
    media_type: Mapped[str] = mapped_column(String(100), server_default="audio/wav")
    file_name: Mapped[str] = mapped_column(String(120), server_default="")
    """As the sender called it: shown, never used as a path."""
    size: Mapped[int] = mapped_column(server_default="0")
    added_by: Mapped[str] = mapped_column(String(16), server_default="")
    created_at: Mapped[datetime]


class TicketNews(Base):
    """An act that another system has not been told yet."""

    __tablename__ = "ticket_news"
    __table_args__ = (Index("ix_ticket_news_place", "consumer", "ticket_no", "seq", unique=True),)

    news_id: Mapped[int] = mapped_column(primary_key=True)
    consumer: Mapped[str] = mapped_column(String(12))
    ticket_no: Mapped[str] = mapped_column(ForeignKey("ticket.ticket_no"))
    seq: Mapped[int]
    at: Mapped[datetime]


class TicketAlert(Base):
    """What one person should know about a ticket."""

    __tablename__ = "ticket_alert"
    __table_args__ = (Index("ix_ticket_alert_agent_seen", "agent_no", "seen_at"),)

    alert_id: Mapped[int] = mapped_column(primary_key=True)
    agent_no: Mapped[str] = mapped_column(String(16))
    ticket_no: Mapped[str] = mapped_column(ForeignKey("ticket.ticket_no"))
    kind: Mapped[str] = mapped_column(String(20))
    data: Mapped[dict[str, Any]]
    at: Mapped[datetime] = mapped_column(index=True)
    seen_at: Mapped[datetime | None]


class SupervisionOrder(Base):
    """A supervisor's demand on a unit; its steps decide what `state` repeats."""

    __tablename__ = "supervision_order"

    order_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    ticket_no: Mapped[str] = mapped_column(ForeignKey("ticket.ticket_no"), index=True)
    center_id: Mapped[str] = mapped_column(String(20), index=True)
    """The unit's centre, whose leader signs."""
    issued_by: Mapped[str] = mapped_column(String(16))
    issuer_center: Mapped[str] = mapped_column(String(20), index=True)
    reason: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10), index=True)
    issued_at: Mapped[datetime]
    due_at: Mapped[datetime | None] = mapped_column(index=True)
    """By when it must be signed, or the next report come; empty when it is the issuer's turn."""
    late: Mapped[int]
    """How many of these times were missed."""


class SupervisionStep(Base):
    __tablename__ = "supervision_step"

    order_id: Mapped[str] = mapped_column(ForeignKey("supervision_order.order_id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    act: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)


class WorkingDayException(Base):
    """A day that a centre works, or does not, against the state's calendar. The latest version counts."""

    __tablename__ = "working_day_exception"

    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    works: Mapped[bool]
    removed: Mapped[bool] = mapped_column(server_default=false())
    """From this version on the state's calendar, or a centre above, says what the day is."""
    reason: Mapped[str] = mapped_column(String(200))
    changed_by: Mapped[str] = mapped_column(String(16))
    changed_at: Mapped[datetime]


class TicketCounter(Base):
    """Last number given out for a day and type."""

    __tablename__ = "ticket_counter"

    day: Mapped[date] = mapped_column(primary_key=True)
    prefix: Mapped[str] = mapped_column(String(2), primary_key=True)
    last: Mapped[int]
