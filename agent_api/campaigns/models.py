"""Dunning cases and the attempts to call."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class DunningCase(Base):
    """One per debtor. What is owed is billing's to say and not kept here."""

    __tablename__ = "dunning_case"

    case_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    customer_id: Mapped[str] = mapped_column(ForeignKey("customer.customer_id"), unique=True)
    state: Mapped[str] = mapped_column(String(10))
    last_result: Mapped[str | None] = mapped_column(String(20))
    next_allowed_at: Mapped[datetime | None]
    promised_until: Mapped[datetime | None]
    dispute_ticket: Mapped[str | None] = mapped_column(String(20))
    opened_at: Mapped[datetime]


class DunningAttempt(Base):
    __tablename__ = "dunning_attempt"
    __table_args__ = (Index("ix_dunning_attempt_case_at", "case_id", "requested_at"),)

    attempt_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("dunning_case.case_id"))
    number: Mapped[str] = mapped_column(String(32))
    requested_by: Mapped[str] = mapped_column(String(6))
    requested_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    code: Mapped[str | None] = mapped_column(String(20))
    rule: Mapped[str | None] = mapped_column(String(20))
    hangup_cause: Mapped[int | None]
    talk_ms: Mapped[int | None]
    call_id: Mapped[str | None] = mapped_column(String(64))
