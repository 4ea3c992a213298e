"""What an audited act changed and for which ticket; exports of recordings that wait for a second person."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
WORDS = (("before_hash", 64), ("after_hash", 64), ("ticket_no", 20))


def upgrade() -> None:
    for name, length in WORDS:
        op.add_column("audit_entry", sa.Column(name, sa.String(length), nullable=False, server_default=""))
    op.create_table(
        "recording_export",
        sa.Column("export_id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.String(64), nullable=False),
        sa.Column("center_id", sa.String(20), nullable=False),
        sa.Column("asked_by", sa.String(6), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("decided_by", sa.String(6), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("remark", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("export_id", name=op.f("pk_recording_export")),
    )
    op.create_index("ix_recording_export_call_id", "recording_export", ["call_id"])
    op.create_index("ix_recording_export_state", "recording_export", ["state"])


def downgrade() -> None:
    op.drop_table("recording_export")
    for name, _ in WORDS:
        op.drop_column("audit_entry", name)
