"""Messages between centres of different installations."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def _text(name: str, length: int) -> sa.Column[str]:
    return sa.Column(name, sa.String(length=length), nullable=False)


def _number(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)


def _moment(name: str, nullable: bool = True) -> sa.Column[Any]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.add_column("center", sa.Column("home", sa.String(length=20), nullable=True))
    op.create_table(
        "installation",
        _text("name", 20),
        _text("number_code", 2),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_installation")),
    )
    op.create_table(
        "exchange_peer",
        _text("peer_id", 20),
        _text("url", 200),
        _text("key", 200),
        sa.Column("paused", sa.Boolean(), nullable=False),
        _moment("created_at", nullable=False),
        _moment("heard_at"),
        _text("trouble", 200),
        sa.PrimaryKeyConstraint("peer_id", name=op.f("pk_exchange_peer")),
    )
    op.create_table(
        "exchange_ticket",
        _text("ticket_no", 20),
        _text("upstream", 20),
        _number("confirmed"),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_no"], ["ticket.ticket_no"], name=op.f("fk_exchange_ticket_ticket_no")),
        sa.PrimaryKeyConstraint("ticket_no", name=op.f("pk_exchange_ticket")),
    )
    op.create_table(
        "exchange_link",
        _text("ticket_no", 20),
        _text("peer_id", 20),
        _number("sent"),
        _number("received"),
        _number("told", nullable=True),
        sa.PrimaryKeyConstraint("ticket_no", "peer_id", name=op.f("pk_exchange_link")),
    )
    _messages()


def _messages() -> None:
    def addressed() -> list[sa.Column[Any]]:
        return [
            _text("message_id", 36), _text("from_center", 20), _text("to_center", 20), _text("peer_id", 20),
            _text("type", 10), _text("ticket_no", 20), _number("seq"),
            sa.Column("payload", sa.JSON(), nullable=False),
        ]  # fmt: skip

    op.create_table(
        "exchange_outbox",
        *addressed(),
        _text("act_id", 32),
        _text("asked_by", 20),
        _text("state", 10),
        _number("attempts"),
        _moment("due_at"),
        _text("code", 60),
        _moment("created_at", nullable=False),
        _moment("answered_at"),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_exchange_outbox")),
    )
    op.create_index("ix_exchange_outbox_place", "exchange_outbox", ["peer_id", "ticket_no", "seq"], unique=True)
    op.create_index("ix_exchange_outbox_due", "exchange_outbox", ["state", "due_at"])
    op.create_index("ix_exchange_outbox_from_center", "exchange_outbox", ["from_center"])
    op.create_index("ix_exchange_outbox_act_id", "exchange_outbox", ["act_id"])
    op.create_table(
        "exchange_inbox",
        *addressed(),
        _text("state", 10),
        _text("code", 60),
        _moment("received_at", nullable=False),
        _moment("done_at"),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_exchange_inbox")),
    )
    op.create_index("ix_exchange_inbox_place", "exchange_inbox", ["peer_id", "ticket_no", "seq"], unique=True)
    op.create_index("ix_exchange_inbox_to_center", "exchange_inbox", ["to_center"])


def downgrade() -> None:
    for table in ("exchange_inbox", "exchange_outbox", "exchange_link", "exchange_ticket", "exchange_peer"):
        op.drop_table(table)
    op.drop_table("installation")
    op.drop_column("center", "home")
