"""Outgoing messages, the embedded SMS sink, and the questions of the SMS survey."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class Message(Base):
    """One message on its way. `state` as in TMF681; workflow.py owns the changes."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_due_at", "due_at"),
        Index("ix_message_customer_created", "customer_id", "created_at"),
        Index("ix_message_call", "call_id"),
        Index("ix_message_gateway", "gateway_id"),
    )

    message_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    template: Mapped[str] = mapped_column(String(40))
    language: Mapped[str] = mapped_column(String(8))
    values: Mapped[dict[str, Any]]
    wording: Mapped[dict[str, Any] | None]
    """The centre's words in use when it was written; none: the template's own."""
    document: Mapped[dict[str, Any] | None]
    state: Mapped[str] = mapped_column(String(12))
    channel: Mapped[str] = mapped_column(String(8))
    address: Mapped[str] = mapped_column(String(200))
    fallbacks: Mapped[list[dict[str, Any]]]
    attempts: Mapped[int]
    """On the present channel."""
    due_at: Mapped[datetime | None]
    """When the sender looks at it next; None when nothing is left to do. A sender that takes it moves it on."""
    gateway_id: Mapped[str | None] = mapped_column(String(65))
    receipt: Mapped[str | None] = mapped_column(String(16))
    error: Mapped[str] = mapped_column(String(200))
    customer_id: Mapped[str | None] = mapped_column(String(40))
    call_id: Mapped[str | None] = mapped_column(String(64))
    about: Mapped[str] = mapped_column(String(40))
    expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]


class MessageText(Base):
    """One version of a centre's words for a template. Its published version counts, there and below."""

    __tablename__ = "message_text"
    __table_args__ = (Index("ix_message_text_state", "state"),)

    template_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    words: Mapped[dict[str, Any]]
    """subject, subject_en, zh, en."""
    note: Mapped[str] = mapped_column(String(200))
    state: Mapped[str] = mapped_column(String(10))
    """draft, published, withdrawn."""
    written_by: Mapped[str] = mapped_column(String(16))
    written_at: Mapped[datetime]
    approved_by: Mapped[str] = mapped_column(String(16))
    approved_at: Mapped[datetime | None]


class SinkText(Base):
    """A text of the embedded SMS gateway: nobody's phone, readable in the desk."""

    __tablename__ = "sink_text"
    __table_args__ = (Index("ix_sink_text_number_at", "number", "at"),)

    text_id: Mapped[int] = mapped_column(primary_key=True)
    message_id: Mapped[str] = mapped_column(String(36))
    number: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class SmsSurvey(Base):
    """A survey asked by SMS because nobody answered it on the telephone."""

    __tablename__ = "sms_survey"
    __table_args__ = (
        Index("ix_sms_survey_number_asked", "number", "asked_at"),
        Index("ix_sms_survey_customer_asked", "customer_id", "asked_at"),
    )

    call_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    customer_id: Mapped[str | None] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(32))
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer: Mapped[int | None]
