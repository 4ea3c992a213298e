"""Administration: second factor, passwords that were, stages of a sign-in; views of tickets, mentions; own managers.

Columns are added in place: batch mode would copy `staff`, which other tables refer to.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("customer", sa.Column("manager", sa.String(6), server_default="", nullable=False))
    op.add_column("staff", sa.Column("mobile", sa.String(20), server_default="", nullable=False))
    op.add_column("staff", sa.Column("password_set_at", MOMENT, nullable=True))
    op.add_column("staff", sa.Column("password_is_initial", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column("desk_session", sa.Column("stage", sa.String(10), server_default="open", nullable=False))
    op.create_table(
        "former_password",
        sa.Column("former_id", sa.Integer(), nullable=False),
        sa.Column("agent_no", sa.String(6), nullable=False),
        sa.Column("password_hash", sa.String(200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["agent_no"], ["staff.agent_no"], name=op.f("fk_former_password_agent_no")),
        sa.PrimaryKeyConstraint("former_id", name=op.f("pk_former_password")),
    )
    op.create_index("ix_former_password_agent_at", "former_password", ["agent_no", "at"])
    op.create_table(
        "second_factor",
        sa.Column("agent_no", sa.String(6), nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("recovery_hashes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["agent_no"], ["staff.agent_no"], name=op.f("fk_second_factor_agent_no")),
        sa.PrimaryKeyConstraint("agent_no", name=op.f("pk_second_factor")),
    )
    _worklists()


def _worklists() -> None:
    op.create_table(
        "ticket_view",
        sa.Column("view_id", sa.String(32), nullable=False),
        sa.Column("owner", sa.String(6), nullable=False),
        sa.Column("center_id", sa.String(20), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("title", sa.String(40), nullable=False),
        sa.Column("wanted", sa.JSON(), nullable=False),
        sa.Column("columns", sa.JSON(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["owner"], ["staff.agent_no"], name=op.f("fk_ticket_view_owner")),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_ticket_view_center_id")),
        sa.PrimaryKeyConstraint("view_id", name=op.f("pk_ticket_view")),
    )
    op.create_index(op.f("ix_ticket_view_owner"), "ticket_view", ["owner"])
    op.create_index(op.f("ix_ticket_view_center_id"), "ticket_view", ["center_id"])
    op.create_table(
        "ticket_mention",
        sa.Column("mention_id", sa.Integer(), nullable=False),
        sa.Column("ticket_no", sa.String(20), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("agent_no", sa.String(6), nullable=False),
        sa.Column("by", sa.String(16), nullable=False),
        sa.Column("words", sa.String(200), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["ticket_no"], ["ticket.ticket_no"], name=op.f("fk_ticket_mention_ticket_no")),
        sa.PrimaryKeyConstraint("mention_id", name=op.f("pk_ticket_mention")),
    )
    op.create_index(op.f("ix_ticket_mention_ticket_no"), "ticket_mention", ["ticket_no"])
    op.create_index("ix_ticket_mention_agent_read", "ticket_mention", ["agent_no", "read_at"])
    op.create_index("ix_ticket_updated_at", "ticket", ["updated_at"])


def downgrade() -> None:
    op.drop_index("ix_ticket_updated_at", "ticket")
    for table in ("ticket_mention", "ticket_view", "second_factor", "former_password"):
        op.drop_table(table)
    op.drop_column("desk_session", "stage")
    op.drop_column("staff", "password_is_initial")
    op.drop_column("staff", "password_set_at")
    op.drop_column("staff", "mobile")
    op.drop_column("customer", "manager")
