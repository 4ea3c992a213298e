"""A centre's own words for messages, and with each message the words it was written in; exception days removed."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("message", sa.Column("wording", sa.JSON(), nullable=True))
    op.create_table(
        "message_text",
        sa.Column("template_id", sa.String(40), nullable=False),
        sa.Column("center_id", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("written_by", sa.String(16), nullable=False),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("approved_by", sa.String(16), nullable=False),
        sa.Column("approved_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_message_text_center_id")),
        sa.PrimaryKeyConstraint("template_id", "center_id", "version", name=op.f("pk_message_text")),
    )
    op.add_column(
        "working_day_exception", sa.Column("removed", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.create_index("ix_message_text_state", "message_text", ["state"])


def downgrade() -> None:
    op.drop_column("working_day_exception", "removed")
    op.drop_index("ix_message_text_state", table_name="message_text")
    op.drop_table("message_text")
    op.drop_column("message", "wording")
