"""One row per call and one per agent's stint in it, projected from events; the wrap-up part is the agent's own."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from agent_api.db import Base


class Call(Base):
    __tablename__ = "call"
    __table_args__ = (
        Index("ix_call_offered_at", "offered_at"),
        Index("ix_call_agent_offered", "agent_no", "offered_at"),
        Index("ix_call_customer_offered", "customer_id", "offered_at"),
    )

    call_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    direction: Mapped[str] = mapped_column(String(10))
    did: Mapped[str] = mapped_column(String(32))
    caller_number: Mapped[str] = mapped_column(String(32))
    customer_id: Mapped[str | None] = mapped_column(String(40))
    auth_level: Mapped[int]
    queue: Mapped[str | None] = mapped_column(String(40))
    agent_no: Mapped[str | None] = mapped_column(String(6))
    """Who talked last; while it rings, whose telephone rings."""
    decision: Mapped[str] = mapped_column(String(400))
    ivr_path: Mapped[list[dict[str, Any]]]
    ivr_outcome: Mapped[str | None] = mapped_column(String(20))
    transfers: Mapped[list[dict[str, Any]]]
    decisions: Mapped[list[dict[str, Any]]]
    """Every choice of an agent with its reasons."""
    happenings: Mapped[list[dict[str, Any]]]
    """What agents, supervisors and the queue did with it (happenings.py)."""
    queue_exit: Mapped[str | None] = mapped_column(String(12))
    """How the caller left the waiting room for something else than an agent."""

    offered_at: Mapped[datetime]
    ivr_answered_at: Mapped[datetime | None]
    agent_requested_at: Mapped[datetime | None]
    queued_at: Mapped[datetime | None]
    first_ring_at: Mapped[datetime | None]
    connected_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    abandon_stage: Mapped[str | None] = mapped_column(String(10))
    wait_ms: Mapped[int | None]
    ring_ms: Mapped[int | None]
    talk_ms: Mapped[int]
    hold_ms: Mapped[int]
    missed_rings: Mapped[int]
    satisfaction: Mapped[int | None]
    dissatisfaction_reason: Mapped[str] = mapped_column(String(40))
    hangup_side: Mapped[str | None] = mapped_column(String(10))
    hangup_cause: Mapped[int | None]
    dropped: Mapped[bool]
    incomplete: Mapped[bool]

    disposition: Mapped[str | None] = mapped_column(String(20))
    notes: Mapped[str] = mapped_column(Text, default="")
    resolved: Mapped[bool | None]
    wrapped_up_by: Mapped[str | None] = mapped_column(String(6))
    wrapped_up_at: Mapped[datetime | None]


class AgentLeg(Base):
    """One agent's stint in a call; the sums over a call's legs are the call's own times."""

    __tablename__ = "agent_leg"
    __table_args__ = (Index("ix_agent_leg_agent_connected", "agent_no", "connected_at"),)

    call_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    agent_no: Mapped[str] = mapped_column(String(6))
    queue: Mapped[str | None] = mapped_column(String(40))
    connected_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    wait_ms: Mapped[int]
    talk_ms: Mapped[int]
    hold_ms: Mapped[int]
    consult_ms: Mapped[int]
