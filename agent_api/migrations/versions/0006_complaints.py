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
}
ATTACHMENT: tuple[tuple[str, TypeEngine[Any], Any], ...] = (
    ("media_type", sa.String(100), "audio/wav"),
    ("file_name", sa.String(120), ""),
    ("size", sa.Integer(), "0"),
    ("added_by", sa.String(16), ""),
)
SO_FAR = (
    "UPDATE ticket SET first_level = level, handling_tier = tier",
    "UPDATE ticket SET flow = CASE type WHEN 'complaint' THEN 'complaint' WHEN 'consult' THEN 'consult' "
    "ELSE 'simple' END",
    "UPDATE ticket SET owner_center = COALESCE((SELECT center_id FROM center WHERE center_id = ticket.target), "
    "ticket.center_id)",
)


def upgrade() -> None:
    for table, columns in (("ticket", TICKET), ("ticket_attachment", ATTACHMENT)):
        for name, kind, default in columns:
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


def downgrade() -> None:
    op.drop_table("ticket_news")
    for name in TICKET_INDEXES:
        op.drop_index(name, "ticket")
    for table, columns in (("ticket_attachment", ATTACHMENT), ("ticket", TICKET)):
        for name, _, _ in columns:
            op.drop_column(table, name)
