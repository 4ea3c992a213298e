"""Written contacts with their files, history and replies; reply templates; what the public page remembers."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class Interaction(Base):
    """One written contact. `state` repeats what its steps say, for lists. Calls are not kept here but in `call`."""

    __tablename__ = "interaction"
    __table_args__ = (
        Index("ix_interaction_source", "source", unique=True),
        Index("ix_interaction_state_at", "state", "at"),
        Index("ix_interaction_customer_at", "customer_id", "at"),
        Index("ix_interaction_ticket", "ticket_no"),
        Index("ix_interaction_thread", "thread"),
    )

    interaction_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10))
    direction: Mapped[str] = mapped_column(String(10))
    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"))
    customer_id: Mapped[str | None] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(200))
    """Where it came from: an e-mail address, a number, a postal address. Shown masked."""
    contact_number: Mapped[str] = mapped_column(String(32))
    name: Mapped[str] = mapped_column(String(100))
    at: Mapped[datetime]
    reason_code: Mapped[str] = mapped_column(String(40))
    kind: Mapped[str] = mapped_column(String(10))
    """Type of ticket it asks for, as far as one can say; "" while nobody knows."""
    state: Mapped[str] = mapped_column(String(12))
    ticket_no: Mapped[str | None] = mapped_column(String(20))
    call_id: Mapped[str | None] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(200))
    body: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(120))
    """What it was made from; the same source twice is one interaction."""
    thread: Mapped[str] = mapped_column(String(250))
    """Message-ID of a mail, for the answers to it."""
    assigned_to: Mapped[str] = mapped_column(String(6))
    note: Mapped[str] = mapped_column(String(200))
    """Why it is where it is: automatic, judged spam by its mark, ..."""
    updated_at: Mapped[datetime]


class InteractionStep(Base):
    __tablename__ = "interaction_step"

    interaction_id: Mapped[str] = mapped_column(ForeignKey("interaction.interaction_id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    fact: Mapped[str] = mapped_column(String(16))
    from_state: Mapped[str] = mapped_column(String(12))
    to_state: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(16))
    comment: Mapped[str] = mapped_column(String(500))


class InteractionFile(Base):
    """A file of a contact, below the attachments folder under its id. Only what was found clean is ever shown."""

    __tablename__ = "interaction_file"
    __table_args__ = (Index("ix_interaction_file_state", "state", "created_at"),)

    file_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    interaction_id: Mapped[str] = mapped_column(ForeignKey("interaction.interaction_id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    file_name: Mapped[str] = mapped_column(String(120))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    pages: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    """waiting, clean, unchecked (no scanner is set up), infected (in quarantine)."""
    finding: Mapped[str] = mapped_column(String(100))
    attachment_id: Mapped[str] = mapped_column(String(32))
    """Its copy among the ticket's attachments; "" while there is none."""
    created_at: Mapped[datetime]


class InteractionReply(Base):
    __tablename__ = "interaction_reply"
    __table_args__ = (Index("ix_interaction_reply_message", "message_id"),)

    reply_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    interaction_id: Mapped[str] = mapped_column(ForeignKey("interaction.interaction_id"), index=True)
    template_id: Mapped[str] = mapped_column(String(40))
    template_version: Mapped[int]
    channel: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    free: Mapped[bool]
    """Written by hand, or a template's text changed: needs another person's approval."""
    state: Mapped[str] = mapped_column(String(10))
    """draft, refused, approved, sent, bounced."""
    drafted_by: Mapped[str] = mapped_column(String(6))
    drafted_at: Mapped[datetime]
    decided_by: Mapped[str] = mapped_column(String(6))
    decided_at: Mapped[datetime | None]
    message_id: Mapped[str | None] = mapped_column(String(36))


class ReplyTemplate(Base):
    """One version of a text for customers. The highest published version counts."""

    __tablename__ = "reply_template"

    template_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str] = mapped_column(String(100))
    ticket_type: Mapped[str] = mapped_column(String(10))
    reason_code: Mapped[str] = mapped_column(String(40))
    channel: Mapped[str] = mapped_column(String(10))
    """ "" in these three: any."""
    subject: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(String(10))
    """draft, published, withdrawn."""
    written_by: Mapped[str] = mapped_column(String(6))
    written_at: Mapped[datetime]
    approved_by: Mapped[str] = mapped_column(String(6))
    approved_at: Mapped[datetime | None]


class ContactSession(Base):
    """A customer signed in on the public page."""

    __tablename__ = "contact_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[str] = mapped_column(String(32))
    customer_id: Mapped[str] = mapped_column(String(40))
    proof: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]


class ContactHit(Base):
    """Something that may be done only so often in an hour, done once more."""

    __tablename__ = "contact_hit"
    __table_args__ = (Index("ix_contact_hit_kind_subject_at", "kind", "subject", "at"),)

    hit_id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(64))
    """A hash: nobody reads numbers or addresses here."""
    at: Mapped[datetime]


class ContactRating(Base):
    """What a customer said about the handling of a ticket on the public page."""

    __tablename__ = "contact_rating"

    ticket_no: Mapped[str] = mapped_column(ForeignKey("ticket.ticket_no"), primary_key=True)
    stars: Mapped[int]
    comment: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime]
