"""Alarms about people who opened customers' records, and the customers whose record is watched."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class AccessAlarm(Base):
    __tablename__ = "access_alarm"
    __table_args__ = (Index("ix_access_alarm_agent_at", "agent_no", "at"), Index("ix_access_alarm_at", "at"))

    alarm_id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    """no_contact, watched or unmask_limit."""
    at: Mapped[datetime]
    agent_no: Mapped[str] = mapped_column(String(6))
    agent_name: Mapped[str] = mapped_column(String(40))
    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"))
    """The person's, not the customer's."""
    customer_id: Mapped[str] = mapped_column(String(40))
    count_today: Mapped[int]
    """The how-manieth of this person today."""
    checked_by: Mapped[str] = mapped_column(String(6))
    checked_at: Mapped[datetime | None]
    finding: Mapped[str] = mapped_column(String(200))


class WatchedPerson(Base):
    """A look at this record is an alarm whatever the reason: well-known people, relatives of staff."""

    __tablename__ = "watched_person"

    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.customer_id"), primary_key=True)
    reason: Mapped[str] = mapped_column(String(200))
    added_by: Mapped[str] = mapped_column(String(6))
    added_at: Mapped[datetime]
