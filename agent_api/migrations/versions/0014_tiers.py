"""What tiers keep about each other; indexes of open tickets."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

OPEN_TICKETS = {
    "ix_ticket_open_updated": ["updated_at"],
    "ix_ticket_open_due": ["due_at"],
    "ix_ticket_open_number": ["contact_number"],
    "ix_ticket_open_matter": ["category", "area"],
}


def upgrade() -> None:
    still_open = sa.text("closed_at IS NULL")
    for name, columns in OPEN_TICKETS.items():
        op.create_index(name, "ticket", columns, postgresql_where=still_open, sqlite_where=still_open)
    op.add_column("exchange_ticket", sa.Column("followed", sa.Integer, nullable=False, server_default="0"))
    op.add_column("exchange_peer", sa.Column("second_key", sa.String(200), nullable=False, server_default=""))
    op.add_column("exchange_peer", sa.Column("key_since", sa.DateTime(timezone=True)))
    op.execute("UPDATE exchange_ticket SET followed = confirmed")


def downgrade() -> None:
    op.drop_column("exchange_peer", "key_since")
    op.drop_column("exchange_peer", "second_key")
    op.drop_column("exchange_ticket", "followed")
    for name in OPEN_TICKETS:
        op.drop_index(name, "ticket")
