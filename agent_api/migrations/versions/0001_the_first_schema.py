"""The first schema."""

# ruff: noqa: PLR0915 - one long list, as generated from the models

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agent_span",
        sa.Column("agent_no", sa.String(length=6), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=True),
        sa.Column("call_id", sa.String(length=64), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("agent_no", "started_at", name=op.f("pk_agent_span")),
    )
    with op.batch_alter_table("agent_span", schema=None) as batch_op:
        batch_op.create_index("ix_agent_span_call", ["call_id"], unique=False)
        batch_op.create_index("ix_agent_span_ended_at", ["ended_at"], unique=False)

    op.create_table(
        "audit_entry",
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=16), nullable=False),
        sa.Column("roles", sa.String(length=200), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("ip", sa.String(length=64), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=20), nullable=False),
        sa.Column("subject_id", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("entry_hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_audit_entry")),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index("ix_audit_entry_actor_action_at", ["actor", "action", "at"], unique=False)

    op.create_table(
        "call",
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("direction", sa.String(length=10), nullable=False),
        sa.Column("did", sa.String(length=32), nullable=False),
        sa.Column("caller_number", sa.String(length=32), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=True),
        sa.Column("auth_level", sa.Integer(), nullable=False),
        sa.Column("queue", sa.String(length=40), nullable=True),
        sa.Column("agent_no", sa.String(length=6), nullable=True),
        sa.Column("decision", sa.String(length=400), nullable=False),
        sa.Column("ivr_path", sa.JSON(), nullable=False),
        sa.Column("ivr_outcome", sa.String(length=20), nullable=True),
        sa.Column("transfers", sa.JSON(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ivr_answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agent_requested_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_ring_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("connected_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("abandon_stage", sa.String(length=10), nullable=True),
        sa.Column("wait_ms", sa.Integer(), nullable=True),
        sa.Column("ring_ms", sa.Integer(), nullable=True),
        sa.Column("talk_ms", sa.Integer(), nullable=False),
        sa.Column("hold_ms", sa.Integer(), nullable=False),
        sa.Column("missed_rings", sa.Integer(), nullable=False),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("dissatisfaction_reason", sa.String(length=40), nullable=False),
        sa.Column("hangup_side", sa.String(length=10), nullable=True),
        sa.Column("hangup_cause", sa.Integer(), nullable=True),
        sa.Column("dropped", sa.Boolean(), nullable=False),
        sa.Column("incomplete", sa.Boolean(), nullable=False),
        sa.Column("disposition", sa.String(length=20), nullable=True),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("resolved", sa.Boolean(), nullable=True),
        sa.Column("wrapped_up_by", sa.String(length=6), nullable=True),
        sa.Column("wrapped_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("call_id", name=op.f("pk_call")),
    )
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.create_index("ix_call_agent_offered", ["agent_no", "offered_at"], unique=False)
        batch_op.create_index("ix_call_customer_offered", ["customer_id", "offered_at"], unique=False)
        batch_op.create_index("ix_call_offered_at", ["offered_at"], unique=False)

    op.create_table(
        "center",
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=1), nullable=False),
        sa.Column("parent_id", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["parent_id"], ["center.center_id"], name=op.f("fk_center_parent_id")),
        sa.PrimaryKeyConstraint("center_id", name=op.f("pk_center")),
    )
    op.create_table(
        "login_failure",
        sa.Column("failure_id", sa.Integer(), nullable=False),
        sa.Column("agent_no", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("failure_id", name=op.f("pk_login_failure")),
    )
    with op.batch_alter_table("login_failure", schema=None) as batch_op:
        batch_op.create_index("ix_login_failure_agent_at", ["agent_no", "at"], unique=False)

    op.create_table(
        "service_password",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("wrong_day", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_service_password")),
    )
    op.create_table(
        "stored_event",
        sa.Column("event_id", sa.String(length=36), nullable=False),
        sa.Column("stream", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("type", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_stored_event")),
    )
    with op.batch_alter_table("stored_event", schema=None) as batch_op:
        batch_op.create_index("ix_stored_event_at", ["at"], unique=False)
        batch_op.create_index("ix_stored_event_stream_seq", ["stream", "seq"], unique=False)
        batch_op.create_index("ix_stored_event_subject", ["kind", "subject"], unique=False)

    op.create_table(
        "stream_gap",
        sa.Column("stream", sa.String(length=36), nullable=False),
        sa.Column("first_seq", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("from_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("to_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.PrimaryKeyConstraint("stream", "first_seq", name=op.f("pk_stream_gap")),
    )
    with op.batch_alter_table("stream_gap", schema=None) as batch_op:
        batch_op.create_index("ix_stream_gap_state", ["state"], unique=False)

    op.create_table(
        "stream_position",
        sa.Column("consumer", sa.String(length=40), nullable=False),
        sa.Column("stream", sa.String(length=36), nullable=False),
        sa.Column("last_seq", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("touched_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("consumer", "stream", name=op.f("pk_stream_position")),
    )
    op.create_table(
        "ticket_counter",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("prefix", sa.String(length=2), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "prefix", name=op.f("pk_ticket_counter")),
    )
    op.create_table(
        "customer",
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("star_level", sa.Integer(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("contact_number", sa.String(length=32), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=120), nullable=False),
        sa.Column("credit_level", sa.String(length=2), nullable=False),
        sa.Column("protected", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_customer_center_id")),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_customer")),
    )
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_customer_name"), ["name"], unique=False)

    op.create_table(
        "staff",
        sa.Column("agent_no", sa.String(length=6), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("queues", sa.JSON(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("phone_password", sa.String(length=64), nullable=False),
        sa.Column("browser_password", sa.String(length=64), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_staff_center_id")),
        sa.PrimaryKeyConstraint("agent_no", name=op.f("pk_staff")),
    )
    op.create_table(
        "desk_session",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("agent_no", sa.String(length=6), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ip", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["agent_no"], ["staff.agent_no"], name=op.f("fk_desk_session_agent_no")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_desk_session")),
    )
    op.create_table(
        "dunning_case",
        sa.Column("case_id", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("last_result", sa.String(length=20), nullable=True),
        sa.Column("next_allowed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("promised_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dispute_ticket", sa.String(length=20), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_dunning_case_customer_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_dunning_case")),
        sa.UniqueConstraint("customer_id", name=op.f("uq_dunning_case_customer_id")),
    )
    op.create_table(
        "payment",
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("registered_by", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_payment_customer_id")),
        sa.PrimaryKeyConstraint("payment_id", name=op.f("pk_payment")),
    )
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_payment_customer_id"), ["customer_id"], unique=False)

    op.create_table(
        "product",
        sa.Column("product_id", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("type", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("plan", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_product_customer_id")),
        sa.PrimaryKeyConstraint("product_id", name=op.f("pk_product")),
    )
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_product_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_product_number"), ["number"], unique=False)

    op.create_table(
        "ticket",
        sa.Column("ticket_no", sa.String(length=20), nullable=False),
        sa.Column("type", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("vip", sa.Boolean(), nullable=False),
        sa.Column("tier", sa.String(length=1), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=True),
        sa.Column("call_id", sa.String(length=64), nullable=True),
        sa.Column("contact_number", sa.String(length=32), nullable=False),
        sa.Column("repeat_of", sa.String(length=20), nullable=True),
        sa.Column("created_by", sa.String(length=6), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("target", sa.String(length=40), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("urge_count", sa.Integer(), nullable=False),
        sa.Column("return_count", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_ticket_center_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_ticket_customer_id")),
        sa.PrimaryKeyConstraint("ticket_no", name=op.f("pk_ticket")),
    )
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_call_id"), ["call_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_ticket_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index("ix_ticket_state_updated", ["state", "updated_at"], unique=False)

    op.create_table(
        "bill",
        sa.Column("bill_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.String(length=40), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("paid", sa.BigInteger(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("components", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_bill_customer_id")),
        sa.ForeignKeyConstraint(["product_id"], ["product.product_id"], name=op.f("fk_bill_product_id")),
        sa.PrimaryKeyConstraint("bill_id", name=op.f("pk_bill")),
        sa.UniqueConstraint("product_id", "month", name=op.f("uq_bill_product_id_month")),
    )
    with op.batch_alter_table("bill", schema=None) as batch_op:
        batch_op.create_index("ix_bill_customer_month", ["customer_id", "month"], unique=False)

    op.create_table(
        "dunning_attempt",
        sa.Column("attempt_id", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("requested_by", sa.String(length=6), nullable=False),
        sa.Column("requested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("rule", sa.String(length=20), nullable=True),
        sa.Column("hangup_cause", sa.Integer(), nullable=True),
        sa.Column("talk_ms", sa.Integer(), nullable=True),
        sa.Column("call_id", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["dunning_case.case_id"], name=op.f("fk_dunning_attempt_case_id")),
        sa.PrimaryKeyConstraint("attempt_id", name=op.f("pk_dunning_attempt")),
    )
    with op.batch_alter_table("dunning_attempt", schema=None) as batch_op:
        batch_op.create_index("ix_dunning_attempt_case_at", ["case_id", "requested_at"], unique=False)

    op.create_table(
        "ticket_event",
        sa.Column("ticket_no", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=30), nullable=False),
        sa.Column("from_state", sa.String(length=20), nullable=False),
        sa.Column("to_state", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=16), nullable=False),
        sa.Column("role", sa.String(length=200), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_no"], ["ticket.ticket_no"], name=op.f("fk_ticket_event_ticket_no")),
        sa.PrimaryKeyConstraint("ticket_no", "seq", name=op.f("pk_ticket_event")),
    )


def downgrade() -> None:
    op.drop_table("ticket_event")
    with op.batch_alter_table("dunning_attempt", schema=None) as batch_op:
        batch_op.drop_index("ix_dunning_attempt_case_at")

    op.drop_table("dunning_attempt")
    with op.batch_alter_table("bill", schema=None) as batch_op:
        batch_op.drop_index("ix_bill_customer_month")

    op.drop_table("bill")
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index("ix_ticket_state_updated")
        batch_op.drop_index(batch_op.f("ix_ticket_customer_id"))
        batch_op.drop_index(batch_op.f("ix_ticket_call_id"))

    op.drop_table("ticket")
    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_product_number"))
        batch_op.drop_index(batch_op.f("ix_product_customer_id"))

    op.drop_table("product")
    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_payment_customer_id"))

    op.drop_table("payment")
    op.drop_table("dunning_case")
    op.drop_table("desk_session")
    op.drop_table("staff")
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_customer_name"))

    op.drop_table("customer")
    op.drop_table("ticket_counter")
    op.drop_table("stream_position")
    with op.batch_alter_table("stream_gap", schema=None) as batch_op:
        batch_op.drop_index("ix_stream_gap_state")

    op.drop_table("stream_gap")
    with op.batch_alter_table("stored_event", schema=None) as batch_op:
        batch_op.drop_index("ix_stored_event_subject")
        batch_op.drop_index("ix_stored_event_stream_seq")
        batch_op.drop_index("ix_stored_event_at")

    op.drop_table("stored_event")
    op.drop_table("service_password")
    with op.batch_alter_table("login_failure", schema=None) as batch_op:
        batch_op.drop_index("ix_login_failure_agent_at")

    op.drop_table("login_failure")
    op.drop_table("center")
    with op.batch_alter_table("call", schema=None) as batch_op:
        batch_op.drop_index("ix_call_offered_at")
        batch_op.drop_index("ix_call_customer_offered")
        batch_op.drop_index("ix_call_agent_offered")

    op.drop_table("call")
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index("ix_audit_entry_actor_action_at")

    op.drop_table("audit_entry")
    with op.batch_alter_table("agent_span", schema=None) as batch_op:
        batch_op.drop_index("ix_agent_span_ended_at")
        batch_op.drop_index("ix_agent_span_call")

    op.drop_table("agent_span")
