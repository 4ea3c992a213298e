"""Queues, decisions, stints of agents, promises to call back, open desks and notices to them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

EMPTY_LIST = sa.text("'[]'")
STINTS_SO_FAR = sa.text(
    "INSERT INTO agent_leg (call_id, number, agent_no, queue, connected_at, ended_at, wait_ms, talk_ms, hold_ms,"
    " consult_ms) SELECT call_id, 1, agent_no, queue, connected_at, ended_at, COALESCE(wait_ms, 0), talk_ms, hold_ms, 0"
    ' FROM "call" WHERE connected_at IS NOT NULL AND agent_no IS NOT NULL'
)
"""Calls could not be passed on before: who talked had the whole call."""


def upgrade() -> None:
    op.add_column("call", sa.Column("decisions", sa.JSON(), nullable=False, server_default=EMPTY_LIST))
    op.add_column("call", sa.Column("happenings", sa.JSON(), nullable=False, server_default=EMPTY_LIST))
    op.add_column("call", sa.Column("queue_exit", sa.String(length=12), nullable=True))
    op.create_table(
        "agent_leg",
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("agent_no", sa.String(length=6), nullable=False),
        sa.Column("queue", sa.String(length=40), nullable=True),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("wait_ms", sa.Integer(), nullable=False),
        sa.Column("talk_ms", sa.Integer(), nullable=False),
        sa.Column("hold_ms", sa.Integer(), nullable=False),
        sa.Column("consult_ms", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("call_id", "number", name=op.f("pk_agent_leg")),
    )
    op.create_index("ix_agent_leg_agent_connected", "agent_leg", ["agent_no", "connected_at"])
    op.execute(STINTS_SO_FAR)
    op.create_table(
        "desk_socket",
        sa.Column("agent_no", sa.String(length=6), nullable=False),
        sa.Column("session", sa.String(length=40), nullable=False),
        sa.Column("consumer", sa.String(length=40), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("agent_no", "session", "consumer", name=op.f("pk_desk_socket")),
    )
    op.create_table(
        "routing_version",
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("author", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("replaced", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_routing_version")),
    )
    _promises_and_notices()


def _promises_and_notices() -> None:
    op.create_table(
        "callback",
        sa.Column("callback_id", sa.String(length=40), nullable=False),
        sa.Column("queue", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=True),
        sa.Column("call_id", sa.String(length=64), nullable=True),
        sa.Column("talk_call_id", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("place_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("booked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agent_no", sa.String(length=6), nullable=True),
        sa.Column("cause", sa.String(length=40), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("callback_id", name=op.f("pk_callback")),
    )
    op.create_index("ix_callback_call", "callback", ["call_id"])
    op.create_index("ix_callback_number_booked", "callback", ["number", "booked_at"])
    op.create_index("ix_callback_state_place", "callback", ["state", "place_at"])
    op.create_table(
        "floor_notice",
        sa.Column("notice_id", sa.String(length=36), nullable=False),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.Column("author", sa.String(length=6), nullable=False),
        sa.Column("author_name", sa.String(length=40), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("queue", sa.String(length=40), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("notice_id", name=op.f("pk_floor_notice")),
    )
    op.create_index("ix_floor_notice_expires_at", "floor_notice", ["expires_at"])


def downgrade() -> None:
    for table in ("floor_notice", "callback", "routing_version", "desk_socket", "agent_leg"):
        op.drop_table(table)
    for column in ("queue_exit", "happenings", "decisions"):
        op.drop_column("call", column)
