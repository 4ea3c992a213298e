"""What centres change of what roles may do, and when a person last touched a desk."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("desk_session", sa.Column("touched_at", MOMENT, nullable=True))
    op.add_column("ticket", sa.Column("own_limits", sa.JSON(), nullable=True))
    op.create_table(
        "role_version",
        sa.Column("center_id", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("author", sa.String(6), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("decided_by", sa.String(6), nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("remark", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_role_version_center_id")),
        sa.PrimaryKeyConstraint("center_id", "version", name=op.f("pk_role_version")),
    )
    op.create_index("ix_role_version_state", "role_version", ["state"])


def downgrade() -> None:
    op.drop_index("ix_role_version_state", table_name="role_version")
    op.drop_table("role_version")
    op.drop_column("ticket", "own_limits")
    op.drop_column("desk_session", "touched_at")
