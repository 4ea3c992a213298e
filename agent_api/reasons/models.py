"""What was filled in on the form of a contact reason. The trees themselves are documents of kind `reasons`."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class TicketForm(Base):
    __tablename__ = "ticket_form"

    ticket_no: Mapped[str] = mapped_column(ForeignKey("ticket.ticket_no"), primary_key=True)
    reason_code: Mapped[str] = mapped_column(String(40))
    center_id: Mapped[str] = mapped_column(String(20))
    """Whose tree it was; empty for the shipped one."""
    version: Mapped[int]
    fields: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    """name, title and value as they were: a later change of the form changes nothing here."""
    filled_at: Mapped[datetime]
