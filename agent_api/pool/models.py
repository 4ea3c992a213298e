"""Who holds a work item of the pool until when, and what was sent back to the front line."""

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
