"""Other systems' access to trouble tickets, and their listeners."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "api_client",
        sa.Column("client_id", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("rights", sa.JSON(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("old_token_hash", sa.String(length=64), nullable=True),
        sa.Column("old_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rotated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_api_client_center_id")),
        sa.PrimaryKeyConstraint("client_id", name=op.f("pk_api_client")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_client_token_hash")),
        sa.UniqueConstraint("old_token_hash", name=op.f("uq_api_client_old_token_hash")),
    )
    op.create_table(
        "trouble_ticket_extra",
        sa.Column("ticket_no", sa.String(length=20), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["ticket_no"], ["ticket.ticket_no"], name=op.f("fk_trouble_ticket_extra_ticket_no")),
        sa.PrimaryKeyConstraint("ticket_no", name=op.f("pk_trouble_ticket_extra")),
    )
    op.create_table(
        "hub_listener",
        sa.Column("listener_id", sa.String(length=32), nullable=False),
        sa.Column("client_id", sa.String(length=6), nullable=False),
        sa.Column("callback", sa.String(length=400), nullable=False),
        sa.Column("query", sa.String(length=400), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["client_id"], ["api_client.client_id"], name=op.f("fk_hub_listener_client_id")),
        sa.PrimaryKeyConstraint("listener_id", name=op.f("pk_hub_listener")),
    )
    op.create_index(op.f("ix_hub_listener_client_id"), "hub_listener", ["client_id"])
    op.create_table(
        "hub_delivery",
        sa.Column("delivery_id", sa.Integer(), nullable=False),
        sa.Column("listener_id", sa.String(length=32), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("first_tried_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["listener_id"], ["hub_listener.listener_id"], name=op.f("fk_hub_delivery_listener_id")
        ),
        sa.PrimaryKeyConstraint("delivery_id", name=op.f("pk_hub_delivery")),
    )
    op.create_index("ix_hub_delivery_listener", "hub_delivery", ["listener_id", "delivery_id"])


def downgrade() -> None:
    for table in ("hub_delivery", "hub_listener", "trouble_ticket_extra", "api_client"):
        op.drop_table(table)
