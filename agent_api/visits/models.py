"""Visits to customers with every attempt, and plans that visit a list of customers."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, false
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class VisitPlan(Base):
    """A list of customers to be visited for one purpose."""

    __tablename__ = "visit_plan"

    plan_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    title: Mapped[str] = mapped_column(String(100))
    rule_id: Mapped[str] = mapped_column(String(40))
    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"), index=True)
    created_by: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    left_out: Mapped[dict[str, Any]]
    """Customers of the list that are not visited: id and why."""


class Visit(Base):
    """`state`, `result` and `attempts` repeat what the attempts say, for lists."""

    __tablename__ = "visit"
    __table_args__ = (
        Index("ix_visit_subject", "subject_kind", "subject_no", "round", "rule_id", unique=True),
        Index("ix_visit_state_next", "state", "next_at"),
        Index("ix_visit_customer_at", "customer_id", "planned_at"),
    )

    visit_no: Mapped[str] = mapped_column(String(20), primary_key=True)
    rule_id: Mapped[str] = mapped_column(String(40))
    subject_kind: Mapped[str] = mapped_column(String(10))
    """ticket, order, emergency or plan: what is asked about."""
    subject_no: Mapped[str] = mapped_column(String(60))
    round: Mapped[int]
    plan_id: Mapped[str | None] = mapped_column(ForeignKey("visit_plan.plan_id"), index=True)
    title: Mapped[str] = mapped_column(String(200))
    customer_id: Mapped[str | None] = mapped_column(ForeignKey("customer.customer_id"))
    contact_number: Mapped[str] = mapped_column(String(32))
    center_id: Mapped[str] = mapped_column(ForeignKey("center.center_id"), index=True)
    first_owner: Mapped[str] = mapped_column(String(16))
    """Who took the matter down: is told what the customer says (首问负责)."""
    priority: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    result: Mapped[str] = mapped_column(String(14))
    agent_no: Mapped[str] = mapped_column(String(16), index=True)
    """Who has it; nobody in particular while it waits."""
    held_until: Mapped[datetime | None]
    called_at: Mapped[datetime | None]
    """When the number was last given to the agent's telephone."""
    attempts: Mapped[int]
    planned_at: Mapped[datetime]
    next_at: Mapped[datetime]
    """Not before."""
    due_at: Mapped[datetime]
    overdue: Mapped[bool] = mapped_column(server_default=false())
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    answers: Mapped[dict[str, Any]]
    follow_up: Mapped[str] = mapped_column(String(20))
    """The ticket that was reopened, sent back or opened because of what the customer said."""


class VisitAttempt(Base):
    __tablename__ = "visit_attempt"

    visit_no: Mapped[str] = mapped_column(ForeignKey("visit.visit_no"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    agent_no: Mapped[str] = mapped_column(String(16))
    outcome: Mapped[str] = mapped_column(String(14))
    comment: Mapped[str] = mapped_column(String(500))
    next_at: Mapped[datetime | None]
    call_id: Mapped[str | None] = mapped_column(String(64))
