"""Complaints through three tiers: what a ticket knows of its owner, channel, limits and other systems.

Columns are added in place: batch mode would copy `ticket`, which its timeline refers to.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TICKET: tuple[tuple[str, TypeEngine[Any], Any], ...] = (
    # column, type, what it holds in rows that are there; None: nothing
    ("flow", sa.String(12), ""),
    ("first_level", sa.String(10), "NORMAL"),
    ("legal_rule", sa.String(40), ""),
    ("channel", sa.String(10), "voice"),
    ("reason_code", sa.String(40), ""),
    ("external_id", sa.String(64), ""),
    ("external_system", sa.String(40), ""),
    ("handling_tier", sa.String(1), ""),
    ("owner", sa.String(16), ""),
    ("owner_center", sa.String(20), ""),
    ("leader", sa.String(16), ""),
    ("parent_no", sa.String(20), None),
    ("merged_into", sa.String(20), None),
    ("is_regulator", sa.Boolean(), sa.false()),
    ("overdue", sa.Boolean(), sa.false()),
    ("priority", sa.Integer(), "0"),
    ("waive_fee", sa.Boolean(), sa.false()),
    ("satisfaction", sa.String(12), ""),
    ("duplicate_of", sa.String(20), None),
    ("area", sa.String(8), ""),
    ("details", sa.JSON(), "{}"),
    ("attention_at", sa.DateTime(timezone=True), None),
    ("yellow_at", sa.DateTime(timezone=True), None),
    ("due_at", sa.DateTime(timezone=True), None),
    ("legal_due_at", sa.DateTime(timezone=True), None),
)
TICKET_INDEXES = {
    "ix_ticket_external": ["external_system", "external_id"],
    "ix_ticket_owner": ["owner"],
    "ix_ticket_owner_center": ["owner_center"],
    "ix_ticket_parent_no": ["parent_no"],
    "ix_ticket_merged_into": ["merged_into"],
    "ix_ticket_due_at": ["due_at"],
    "ix_ticket_attention_at": ["attention_at"],
}
ATTACHMENT: tuple[tuple[str, TypeEngine[Any], Any], ...] = (
    ("media_type", sa.String(100), "audio/wav"),
    ("file_name", sa.String(120), ""),
    ("size", sa.Integer(), "0"),
    ("added_by", sa.String(16), ""),
)
SO_FAR = (
    "UPDATE ticket SET first_level = level, handling_tier = tier, attention_at = created_at",
    "UPDATE ticket SET flow = CASE type WHEN 'complaint' THEN 'complaint' WHEN 'consult' THEN 'consult' "
    "ELSE 'simple' END",
    "UPDATE ticket SET owner_center = COALESCE((SELECT center_id FROM center WHERE center_id = ticket.target), "
    "ticket.center_id)",
)

TABLES = (
    "front_return", "pool_lease", "working_day_exception", "supervision_step", "supervision_order", "ticket_alert",
    "ticket_news",
)  # fmt: skip


def upgrade() -> None:
    for table, added in (("ticket", TICKET), ("ticket_attachment", ATTACHMENT)):
        for name, kind, default in added:
            op.add_column(table, sa.Column(name, kind, server_default=default, nullable=default is None))
    for statement in SO_FAR:
        op.execute(statement)
    for name, columns in TICKET_INDEXES.items():
        op.create_index(name, "ticket", columns)
    op.create_table(
        "ticket_news",
        sa.Column("news_id", sa.Integer(), nullable=False),
        sa.Column("consumer", sa.String(length=12), nullable=False),
        sa.Column("ticket_no", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_no"], ["ticket.ticket_no"], name=op.f("fk_ticket_news_ticket_no")),
        sa.PrimaryKeyConstraint("news_id", name=op.f("pk_ticket_news")),
    )
    op.create_index("ix_ticket_news_place", "ticket_news", ["consumer", "ticket_no", "seq"], unique=True)
    _alerts()
    _supervision()
    _calendar()
    _pool()


def _alerts() -> None:
    op.create_table(
        "ticket_alert",
        sa.Column("alert_id", sa.Integer(), nullable=False),
        sa.Column("agent_no", sa.String(length=16), nullable=False),
        sa.Column("ticket_no", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ticket_no"], ["ticket.ticket_no"], name=op.f("fk_ticket_alert_ticket_no")),
        sa.PrimaryKeyConstraint("alert_id", name=op.f("pk_ticket_alert")),
    )
    op.create_index("ix_ticket_alert_agent_seen", "ticket_alert", ["agent_no", "seen_at"])
    op.create_index("ix_ticket_alert_at", "ticket_alert", ["at"])


def _supervision() -> None:
    op.create_table(
        "supervision_order",
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("ticket_no", sa.String(length=20), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("issued_by", sa.String(length=16), nullable=False),
        sa.Column("issuer_center", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_no"], ["ticket.ticket_no"], name=op.f("fk_supervision_order_ticket_no")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_supervision_order")),
    )
    for column in ("ticket_no", "center_id", "issuer_center", "state", "due_at"):
        op.create_index(f"ix_supervision_order_{column}", "supervision_order", [column])
    op.create_table(
        "supervision_step",
        sa.Column("order_id", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["supervision_order.order_id"], name=op.f("fk_supervision_step_order_id")
        ),
        sa.PrimaryKeyConstraint("order_id", "seq", name=op.f("pk_supervision_step")),
    )


def _pool() -> None:
    op.create_table(
        "pool_lease",
        sa.Column("ticket_no", sa.String(length=20), nullable=False),
        sa.Column("agent_no", sa.String(length=16), nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_no"], ["ticket.ticket_no"], name=op.f("fk_pool_lease_ticket_no")),
        sa.PrimaryKeyConstraint("ticket_no", name=op.f("pk_pool_lease")),
    )
    op.create_index("ix_pool_lease_agent_no", "pool_lease", ["agent_no"])
    op.create_index("ix_pool_lease_until", "pool_lease", ["until"])
    op.create_table(
        "front_return",
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("ticket_no", sa.String(length=20), nullable=False),
        sa.Column("agent_no", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("comment", sa.String(length=500), nullable=False),
        sa.Column("returned_by", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_no"], ["ticket.ticket_no"], name=op.f("fk_front_return_ticket_no")),
        sa.PrimaryKeyConstraint("return_id", name=op.f("pk_front_return")),
    )
    op.create_index("ix_front_return_ticket_no", "front_return", ["ticket_no"])
    op.create_index("ix_front_return_agent_no", "front_return", ["agent_no"])


def _calendar() -> None:
    op.create_table(
        "working_day_exception",
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("changed_by", sa.String(length=16), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_working_day_exception_center_id")),
        sa.PrimaryKeyConstraint("center_id", "day", "version", name=op.f("pk_working_day_exception")),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    for name in TICKET_INDEXES:
        op.drop_index(name, "ticket")
    for table, columns in (("ticket_attachment", ATTACHMENT), ("ticket", TICKET)):
        for name, _, _ in columns:
            op.drop_column(table, name)
