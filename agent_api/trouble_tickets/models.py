"""Other systems that may use the interface, what they said of a ticket that has no column of ours, and listeners."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class ApiClient(Base):
    """Another system. Its token is kept as a hash; after a rotation the old one is good for a while."""

    __tablename__ = "api_client"

    client_id: Mapped[str] = mapped_column(String(6), primary_key=True)
    name: Mapped[str] = mapped_column(String(60))
    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"))
    rights: Mapped[list[str]]
    """create, update, resolve, close, delete; reading is for all."""
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    old_token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    old_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    rotated_at: Mapped[datetime]
    disabled: Mapped[bool]


class TicketExtra(Base):
    """What a system sent with a ticket and reads back, where our ticket has no column for it."""

    __tablename__ = "trouble_ticket_extra"

    ticket_no: Mapped[str] = mapped_column(ForeignKey("ticket.ticket_no"), primary_key=True)
    values: Mapped[dict[str, Any]]
    deleted_at: Mapped[datetime | None]
    """Gone from this interface; the ticket itself stays."""


class HubListener(Base):
    __tablename__ = "hub_listener"

    listener_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    client_id: Mapped[str] = mapped_column(ForeignKey("api_client.client_id"), index=True)
    callback: Mapped[str] = mapped_column(String(400))
    query: Mapped[str] = mapped_column(String(400))
    created_at: Mapped[datetime]
    failing_since: Mapped[datetime | None]


class HubDelivery(Base):
    """An event on its way to one listener. Of one listener the oldest goes first, the others wait for it."""

    __tablename__ = "hub_delivery"
    __table_args__ = (Index("ix_hub_delivery_listener", "listener_id", "delivery_id"),)

    delivery_id: Mapped[int] = mapped_column(primary_key=True)
    listener_id: Mapped[str] = mapped_column(ForeignKey("hub_listener.listener_id"))
    body: Mapped[dict[str, Any]]
    attempts: Mapped[int]
    due_at: Mapped[datetime]
    first_tried_at: Mapped[datetime | None]
