"""Peers, tickets held at several installations, and the messages that go between them."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class Peer(Base):
    """Another installation we exchange with."""

    __tablename__ = "exchange_peer"

    peer_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    """The name it gives itself."""
    url: Mapped[str] = mapped_column(String(200))
    key: Mapped[str] = mapped_column(String(200))
    """Shared secret that signs both directions; both sides need it in clear."""
    second_key: Mapped[str] = mapped_column(String(200), default="", server_default="")
    """While keys are changed: the one to come, or the one just replaced. It is believed, but signs nothing of ours."""
    key_since: Mapped[datetime | None]
    """When `key` came into use; unknown for peers that joined before keys had an age."""
    paused: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    heard_at: Mapped[datetime | None]
    """Last genuine message or answer."""
    trouble: Mapped[str] = mapped_column(String(200), default="")
    """Why the last try failed; empty when it did not."""


class SharedTicket(Base):
    """A ticket of which other installations hold a copy."""

    __tablename__ = "exchange_ticket"

    ticket_no: Mapped[str] = mapped_column(ForeignKey("ticket.ticket_no"), primary_key=True)
    upstream: Mapped[str] = mapped_column(String(20))
    """Peer on the way to the accepting centre; empty: it is here."""
    confirmed: Mapped[int]
    """How many entries of the timeline have their final place."""
    followed: Mapped[int] = mapped_column(server_default="0")
    """How many of these people, and the customer, were told of."""
    files: Mapped[list[dict[str, Any]]]
    """Files that lie elsewhere, each with the peer that knows the way."""


class TicketLink(Base):
    """Numbers of a ticket's messages to and from one peer (empty: between our own centres)."""

    __tablename__ = "exchange_link"

    ticket_no: Mapped[str] = mapped_column(String(20), primary_key=True)
    peer_id: Mapped[str] = mapped_column(String(20), primary_key=True)
    sent: Mapped[int] = mapped_column(default=0)
    received: Mapped[int] = mapped_column(default=0)
    told: Mapped[int | None]
    """How many confirmed entries it was sent; none: it is the one that tells us."""


class OutMessage(Base):
    """One message of a centre's outbox."""

    __tablename__ = "exchange_outbox"
    __table_args__ = (
        Index("ix_exchange_outbox_place", "peer_id", "ticket_no", "seq", unique=True),
        Index("ix_exchange_outbox_due", "state", "due_at"),
    )

    message_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    from_center: Mapped[str] = mapped_column(String(20), index=True)
    to_center: Mapped[str] = mapped_column(String(20))
    peer_id: Mapped[str] = mapped_column(String(20))
    type: Mapped[str] = mapped_column(String(10))
    ticket_no: Mapped[str] = mapped_column(String(20))
    seq: Mapped[int]
    payload: Mapped[dict[str, Any]]
    act_id: Mapped[str] = mapped_column(String(32), index=True)
    asked_by: Mapped[str] = mapped_column(String(20))
    """Peer whose act is passed on."""
    state: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int]
    due_at: Mapped[datetime | None]
    code: Mapped[str] = mapped_column(String(60))
    """Why it is dead, or what the last try met."""
    created_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    """The receiver has decided; later messages of the ticket may go."""


class InMessage(Base):
    """One message of a centre's inbox."""

    __tablename__ = "exchange_inbox"
    __table_args__ = (Index("ix_exchange_inbox_place", "peer_id", "ticket_no", "seq", unique=True),)

    message_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    from_center: Mapped[str] = mapped_column(String(20))
    to_center: Mapped[str] = mapped_column(String(20), index=True)
    peer_id: Mapped[str] = mapped_column(String(20))
    type: Mapped[str] = mapped_column(String(10))
    ticket_no: Mapped[str] = mapped_column(String(20))
    seq: Mapped[int]
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(10))
    code: Mapped[str] = mapped_column(String(60))
    received_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
