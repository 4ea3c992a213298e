"""Visits to customers, holds of the pool, reviews of emergencies, compensations."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _visits()
    _pool()
    _emergencies()
    _compensations()


def _at(name: str, nullable: bool = False) -> "sa.Column[datetime]":
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _visits() -> None:
    op.create_table(
        "visit_plan",
        sa.Column("plan_id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("rule_id", sa.String(length=40), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("created_by", sa.String(length=16), nullable=False),
        _at("created_at"),
        _at("due_at"),
        sa.Column("left_out", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_visit_plan_center_id")),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_visit_plan")),
    )
    op.create_index(op.f("ix_visit_plan_center_id"), "visit_plan", ["center_id"])
    op.create_table(
        "visit",
        sa.Column("visit_no", sa.String(length=20), nullable=False),
        sa.Column("rule_id", sa.String(length=40), nullable=False),
        sa.Column("subject_kind", sa.String(length=10), nullable=False),
        sa.Column("subject_no", sa.String(length=60), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.String(length=32), nullable=True),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=True),
        sa.Column("contact_number", sa.String(length=32), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("first_owner", sa.String(length=16), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("result", sa.String(length=14), nullable=False),
        sa.Column("agent_no", sa.String(length=16), nullable=False),
        _at("held_until", nullable=True),
        _at("called_at", nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _at("planned_at"),
        _at("next_at"),
        _at("due_at"),
        sa.Column("overdue", sa.Boolean(), server_default=sa.false(), nullable=False),
        _at("closed_at", nullable=True),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("follow_up", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["visit_plan.plan_id"], name=op.f("fk_visit_plan_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_visit_customer_id")),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_visit_center_id")),
        sa.PrimaryKeyConstraint("visit_no", name=op.f("pk_visit")),
    )
    op.create_index("ix_visit_subject", "visit", ["subject_kind", "subject_no", "round", "rule_id"], unique=True)
    op.create_index("ix_visit_state_next", "visit", ["state", "next_at"])
    op.create_index("ix_visit_customer_at", "visit", ["customer_id", "planned_at"])
    for column in ("plan_id", "center_id", "agent_no", "closed_at"):
        op.create_index(op.f(f"ix_visit_{column}"), "visit", [column])
    op.create_table(
        "visit_attempt",
        sa.Column("visit_no", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        _at("at"),
        sa.Column("agent_no", sa.String(length=16), nullable=False),
        sa.Column("outcome", sa.String(length=14), nullable=False),
        sa.Column("comment", sa.String(length=500), nullable=False),
        _at("next_at", nullable=True),
        sa.Column("call_id", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["visit_no"], ["visit.visit_no"], name=op.f("fk_visit_attempt_visit_no")),
        sa.PrimaryKeyConstraint("visit_no", "seq", name=op.f("pk_visit_attempt")),
    )


def _pool() -> None:
    op.create_table(
        "pool_hold",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("number", sa.String(length=64), nullable=False),
        sa.Column("agent_no", sa.String(length=16), nullable=False),
        _at("claimed_at"),
        _at("until"),
        sa.PrimaryKeyConstraint("kind", "number", name=op.f("pk_pool_hold")),
    )
    op.create_index(op.f("ix_pool_hold_agent_no"), "pool_hold", ["agent_no"])
    op.create_index(op.f("ix_pool_hold_until"), "pool_hold", ["until"])
    op.create_table(
        "pool_order",
        sa.Column("ticket_no", sa.String(length=20), nullable=False),
        sa.Column("order_no", sa.String(length=20), nullable=False),
        sa.Column("agent_no", sa.String(length=16), nullable=False),
        _at("at"),
        sa.ForeignKeyConstraint(["ticket_no"], ["ticket.ticket_no"], name=op.f("fk_pool_order_ticket_no")),
        sa.ForeignKeyConstraint(["order_no"], ["service_order.order_no"], name=op.f("fk_pool_order_order_no")),
        sa.PrimaryKeyConstraint("ticket_no", "order_no", name=op.f("pk_pool_order")),
    )


def _emergencies() -> None:
    op.create_table(
        "emergency_review",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("comment", sa.String(length=500), nullable=False),
        sa.Column("reviewed_by", sa.String(length=16), nullable=False),
        _at("reviewed_at"),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("follow_up", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["emergency_case.case_id"], name=op.f("fk_emergency_review_case_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_emergency_review")),
    )


def _compensations() -> None:
    op.create_table(
        "compensation",
        sa.Column("compensation_id", sa.Integer(), nullable=False),
        sa.Column("ticket_no", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.String(length=20), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("proposed_by", sa.String(length=16), nullable=False),
        _at("proposed_at"),
        sa.Column("decided_by", sa.String(length=16), nullable=False),
        _at("decided_at", nullable=True),
        sa.Column("decision", sa.String(length=500), nullable=False),
        _at("booked_at", nullable=True),
        sa.ForeignKeyConstraint(["ticket_no"], ["ticket.ticket_no"], name=op.f("fk_compensation_ticket_no")),
        sa.PrimaryKeyConstraint("compensation_id", name=op.f("pk_compensation")),
    )
    op.create_index(op.f("ix_compensation_ticket_no"), "compensation", ["ticket_no"])
    op.create_index(op.f("ix_compensation_state"), "compensation", ["state"])
    op.create_table(
        "account_credit",
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        _at("at"),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_account_credit_customer_id")),
        sa.PrimaryKeyConstraint("reference", name=op.f("pk_account_credit")),
    )
    op.create_index(op.f("ix_account_credit_customer_id"), "account_credit", ["customer_id"])


def downgrade() -> None:
    for table in (
        "account_credit", "compensation", "emergency_review", "pool_order", "pool_hold", "visit_attempt", "visit",
        "visit_plan",
    ):  # fmt: skip
        op.drop_table(table)
