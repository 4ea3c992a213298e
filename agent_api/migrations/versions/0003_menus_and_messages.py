"""Menus, announcements and messages."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message",
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("values", sa.JSON(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("fallbacks", sa.JSON(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("gateway_id", sa.String(length=65), nullable=True),
        sa.Column("receipt", sa.String(length=16), nullable=True),
        sa.Column("error", sa.String(length=200), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=True),
        sa.Column("call_id", sa.String(length=64), nullable=True),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_message")),
    )
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.create_index("ix_message_call", ["call_id"], unique=False)
        batch_op.create_index("ix_message_customer_created", ["customer_id", "created_at"], unique=False)
        batch_op.create_index("ix_message_due_at", ["due_at"], unique=False)
        batch_op.create_index("ix_message_gateway", ["gateway_id"], unique=False)

    op.create_table(
        "sink_text",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("text_id", name=op.f("pk_sink_text")),
    )
    with op.batch_alter_table("sink_text", schema=None) as batch_op:
        batch_op.create_index("ix_sink_text_number_at", ["number", "at"], unique=False)

    op.create_table(
        "sms_survey",
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=True),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_sms_survey")),
    )
    with op.batch_alter_table("sms_survey", schema=None) as batch_op:
        batch_op.create_index("ix_sms_survey_customer_asked", ["customer_id", "asked_at"], unique=False)
        batch_op.create_index("ix_sms_survey_number_asked", ["number", "asked_at"], unique=False)

    op.create_table(
        "announcement",
        sa.Column("announcement_id", sa.String(length=36), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("area", sa.String(length=20), nullable=True),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("prompts", sa.JSON(), nullable=False),
        sa.Column("barge_in", sa.Boolean(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_day", sa.Integer(), nullable=True),
        sa.Column("last_day", sa.Integer(), nullable=True),
        sa.Column("created_by", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_announcement_center_id")),
        sa.PrimaryKeyConstraint("announcement_id", name=op.f("pk_announcement")),
    )
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_announcement_center_id"), ["center_id"], unique=False)

    op.create_table(
        "menu_center",
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("live", sa.Integer(), nullable=True),
        sa.Column("dids", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_menu_center_center_id")),
        sa.PrimaryKeyConstraint("center_id", name=op.f("pk_menu_center")),
    )
    op.create_table(
        "menu_draft",
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("tree", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("author", sa.String(length=16), nullable=False),
        sa.Column("etag", sa.String(length=16), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_menu_draft_center_id")),
        sa.PrimaryKeyConstraint("center_id", name=op.f("pk_menu_draft")),
    )
    op.create_table(
        "menu_version",
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("tree", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("author", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("publish_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["center_id"], ["menu_center.center_id"], name=op.f("fk_menu_version_center_id")),
        sa.PrimaryKeyConstraint("center_id", "version", name=op.f("pk_menu_version")),
    )


def downgrade() -> None:
    op.drop_table("menu_version")
    op.drop_table("menu_draft")
    op.drop_table("menu_center")
    with op.batch_alter_table("announcement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_announcement_center_id"))

    op.drop_table("announcement")
    with op.batch_alter_table("sms_survey", schema=None) as batch_op:
        batch_op.drop_index("ix_sms_survey_number_asked")
        batch_op.drop_index("ix_sms_survey_customer_asked")

    op.drop_table("sms_survey")
    with op.batch_alter_table("sink_text", schema=None) as batch_op:
        batch_op.drop_index("ix_sink_text_number_at")

    op.drop_table("sink_text")
    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_index("ix_message_gateway")
        batch_op.drop_index("ix_message_due_at")
        batch_op.drop_index("ix_message_customer_created")
        batch_op.drop_index("ix_message_call")

    op.drop_table("message")
