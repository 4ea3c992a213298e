"""Who holds a work item of the pool until when, what was sent back to the front line, which orders came of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class PoolLease(Base):
    __tablename__ = "pool_lease"

    ticket_no: Mapped[str] = mapped_column(ForeignKey("ticket.ticket_no"), primary_key=True)
    agent_no: Mapped[str] = mapped_column(String(16), index=True)
    claimed_at: Mapped[datetime]
    until: Mapped[datetime] = mapped_column(index=True)


class FrontReturn(Base):
    """A mistake of the front line, counted by quality assurance."""

    __tablename__ = "front_return"

    return_id: Mapped[int] = mapped_column(primary_key=True)
    ticket_no: Mapped[str] = mapped_column(ForeignKey("ticket.ticket_no"), index=True)
    agent_no: Mapped[str] = mapped_column(String(16), index=True)
    reason: Mapped[str] = mapped_column(String(30))
    comment: Mapped[str] = mapped_column(String(500))
    returned_by: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]


class PoolHold(Base):
    """Work that is no ticket: a ticket's owner stands in its timeline, nobody's name stands on these."""

    __tablename__ = "pool_hold"

    kind: Mapped[str] = mapped_column(String(10), primary_key=True)
    number: Mapped[str] = mapped_column(String(64), primary_key=True)
    agent_no: Mapped[str] = mapped_column(String(16), index=True)
    claimed_at: Mapped[datetime]
    until: Mapped[datetime] = mapped_column(index=True)


class PoolOrder(Base):
    """A business order that was placed to settle a ticket."""

    __tablename__ = "pool_order"

    ticket_no: Mapped[str] = mapped_column(ForeignKey("ticket.ticket_no"), primary_key=True)
    order_no: Mapped[str] = mapped_column(ForeignKey("service_order.order_no"), primary_key=True)
    agent_no: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime]
