"""Codes sent by text message, and wrong tries of any kind counted by day."""

from datetime import date, datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class SmsCode(Base):
    __tablename__ = "sms_code"
    __table_args__ = (Index("ix_sms_code_number_sent", "number", "sent_at"),)

    code_id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(32))
    code_hash: Mapped[str] = mapped_column(String(200))
    sent_at: Mapped[datetime]
    wrong_tries: Mapped[int]
    used_at: Mapped[datetime | None]


class WrongTries(Base):
    """How often a subject (a number, a dealer, a call) was wrong at something on one day."""

    __tablename__ = "wrong_tries"

    kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    count: Mapped[int]
