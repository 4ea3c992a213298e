"""Contacts by web, e-mail, fax, letter and counter."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contact_hit",
        sa.Column("hit_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("hit_id", name=op.f("pk_contact_hit")),
    )
    with op.batch_alter_table("contact_hit", schema=None) as batch_op:
        batch_op.create_index("ix_contact_hit_kind_subject_at", ["kind", "subject", "at"], unique=False)

    op.create_table(
        "contact_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("proof", sa.String(length=10), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_contact_session")),
    )
    op.create_table(
        "reply_template",
        sa.Column("template_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("ticket_type", sa.String(length=10), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("written_by", sa.String(length=6), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_by", sa.String(length=6), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("template_id", "version", name=op.f("pk_reply_template")),
    )
    op.create_table(
        "interaction",
        sa.Column("interaction_id", sa.String(length=36), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=True),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("contact_number", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("ticket_no", sa.String(length=20), nullable=True),
        sa.Column("call_id", sa.String(length=64), nullable=True),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=False),
        sa.Column("thread", sa.String(length=250), nullable=False),
        sa.Column("assigned_to", sa.String(length=6), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_interaction_center_id")),
        sa.PrimaryKeyConstraint("interaction_id", name=op.f("pk_interaction")),
    )
    with op.batch_alter_table("interaction", schema=None) as batch_op:
        batch_op.create_index("ix_interaction_customer_at", ["customer_id", "at"], unique=False)
        batch_op.create_index("ix_interaction_source", ["source"], unique=True)
        batch_op.create_index("ix_interaction_state_at", ["state", "at"], unique=False)
        batch_op.create_index("ix_interaction_thread", ["thread"], unique=False)
        batch_op.create_index("ix_interaction_ticket", ["ticket_no"], unique=False)

    op.create_table(
        "interaction_file",
        sa.Column("file_id", sa.String(length=32), nullable=False),
        sa.Column("interaction_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("finding", sa.String(length=100), nullable=False),
        sa.Column("attachment_id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interaction.interaction_id"], name=op.f("fk_interaction_file_interaction_id")
        ),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_interaction_file")),
    )
    with op.batch_alter_table("interaction_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interaction_file_interaction_id"), ["interaction_id"], unique=False)
        batch_op.create_index("ix_interaction_file_state", ["state", "created_at"], unique=False)

    op.create_table(
        "interaction_reply",
        sa.Column("reply_id", sa.String(length=36), nullable=False),
        sa.Column("interaction_id", sa.String(length=36), nullable=False),
        sa.Column("template_id", sa.String(length=40), nullable=False),
        sa.Column("template_version", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=10), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("free", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("drafted_by", sa.String(length=6), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(length=6), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("message_id", sa.String(length=36), nullable=True),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interaction.interaction_id"], name=op.f("fk_interaction_reply_interaction_id")
        ),
        sa.PrimaryKeyConstraint("reply_id", name=op.f("pk_interaction_reply")),
    )
    with op.batch_alter_table("interaction_reply", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_interaction_reply_interaction_id"), ["interaction_id"], unique=False)
        batch_op.create_index("ix_interaction_reply_message", ["message_id"], unique=False)

    op.create_table(
        "interaction_step",
        sa.Column("interaction_id", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("fact", sa.String(length=16), nullable=False),
        sa.Column("from_state", sa.String(length=12), nullable=False),
        sa.Column("to_state", sa.String(length=12), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=16), nullable=False),
        sa.Column("comment", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(
            ["interaction_id"], ["interaction.interaction_id"], name=op.f("fk_interaction_step_interaction_id")
        ),
        sa.PrimaryKeyConstraint("interaction_id", "seq", name=op.f("pk_interaction_step")),
    )
    op.create_table(
        "contact_rating",
        sa.Column("ticket_no", sa.String(length=20), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("comment", sa.String(length=500), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_no"], ["ticket.ticket_no"], name=op.f("fk_contact_rating_ticket_no")),
        sa.PrimaryKeyConstraint("ticket_no", name=op.f("pk_contact_rating")),
    )


def downgrade() -> None:
    op.drop_table("contact_rating")
    op.drop_table("interaction_step")
    with op.batch_alter_table("interaction_reply", schema=None) as batch_op:
        batch_op.drop_index("ix_interaction_reply_message")
        batch_op.drop_index(batch_op.f("ix_interaction_reply_interaction_id"))

    op.drop_table("interaction_reply")
    with op.batch_alter_table("interaction_file", schema=None) as batch_op:
        batch_op.drop_index("ix_interaction_file_state")
        batch_op.drop_index(batch_op.f("ix_interaction_file_interaction_id"))

    op.drop_table("interaction_file")
    with op.batch_alter_table("interaction", schema=None) as batch_op:
        batch_op.drop_index("ix_interaction_ticket")
        batch_op.drop_index("ix_interaction_thread")
        batch_op.drop_index("ix_interaction_state_at")
        batch_op.drop_index("ix_interaction_source")
        batch_op.drop_index("ix_interaction_customer_at")

    op.drop_table("interaction")
    op.drop_table("reply_template")
    op.drop_table("contact_session")
    with op.batch_alter_table("contact_hit", schema=None) as batch_op:
        batch_op.drop_index("ix_contact_hit_kind_subject_at")

    op.drop_table("contact_hit")
