"""Orders, emergency cases, dealers, articles, codes, top-up cards; what lines and tickets know more.

Unique as an index, not as a constraint: SQLite would copy `ticket`, which its timeline refers to.
"""

# ruff: noqa: PLR0915 - one long list, as generated from the models

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "article",
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("prompt", sa.String(length=80), nullable=False),
        sa.Column("created_by", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("topic", "language", "version", name=op.f("pk_article")),
    )
    op.create_table(
        "blocked_number",
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("created_by", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_blocked_number")),
    )
    op.create_table(
        "sms_code",
        sa.Column("code_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("code_hash", sa.String(length=200), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("code_id", name=op.f("pk_sms_code")),
    )
    with op.batch_alter_table("sms_code", schema=None) as batch_op:
        batch_op.create_index("ix_sms_code_number_sent", ["number", "sent_at"], unique=False)

    op.create_table(
        "wrong_tries",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=64), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "subject", "day", name=op.f("pk_wrong_tries")),
    )
    op.create_table(
        "dealer",
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("wrong_tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_dealer_center_id")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_dealer")),
        sa.UniqueConstraint("phone", name=op.f("uq_dealer_phone")),
    )
    op.create_table(
        "dealer_card",
        sa.Column("card", sa.String(length=20), nullable=False),
        sa.Column("dealer_code", sa.String(length=12), nullable=False),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["dealer_code"], ["dealer.code"], name=op.f("fk_dealer_card_dealer_code")),
        sa.PrimaryKeyConstraint("card", name=op.f("pk_dealer_card")),
    )
    with op.batch_alter_table("dealer_card", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dealer_card_dealer_code"), ["dealer_code"], unique=False)

    op.create_table(
        "dealer_commission",
        sa.Column("dealer_code", sa.String(length=12), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["dealer_code"], ["dealer.code"], name=op.f("fk_dealer_commission_dealer_code")),
        sa.PrimaryKeyConstraint("dealer_code", "month", name=op.f("pk_dealer_commission")),
    )
    op.create_table(
        "dealer_order",
        sa.Column("order_no", sa.String(length=20), nullable=False),
        sa.Column("dealer_code", sa.String(length=12), nullable=False),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["dealer_code"], ["dealer.code"], name=op.f("fk_dealer_order_dealer_code")),
        sa.PrimaryKeyConstraint("order_no", name=op.f("pk_dealer_order")),
    )
    with op.batch_alter_table("dealer_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_dealer_order_dealer_code"), ["dealer_code"], unique=False)

    op.create_table(
        "emergency_case",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("before", sa.String(length=10), nullable=True),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("review_ticket", sa.String(length=20), nullable=True),
        sa.ForeignKeyConstraint(["product_id"], ["product.product_id"], name=op.f("fk_emergency_case_product_id")),
        sa.PrimaryKeyConstraint("case_id", name=op.f("pk_emergency_case")),
    )
    with op.batch_alter_table("emergency_case", schema=None) as batch_op:
        batch_op.create_index("ix_emergency_case_product_at", ["product_id", "at"], unique=False)

    op.create_table(
        "service_order",
        sa.Column("order_no", sa.String(length=20), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("product_id", sa.String(length=40), nullable=False),
        sa.Column("product_type", sa.String(length=20), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("service", sa.String(length=20), nullable=False),
        sa.Column("choice", sa.String(length=40), nullable=True),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("promised_for", sa.Date(), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("info_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("call_id", sa.String(length=64), nullable=True),
        sa.Column("created_by", sa.String(length=16), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_service_order_center_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_service_order_customer_id")),
        sa.ForeignKeyConstraint(["product_id"], ["product.product_id"], name=op.f("fk_service_order_product_id")),
        sa.PrimaryKeyConstraint("order_no", name=op.f("pk_service_order")),
    )
    with op.batch_alter_table("service_order", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_service_order_call_id"), ["call_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_order_customer_id"), ["customer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_service_order_product_id"), ["product_id"], unique=False)
        batch_op.create_index("ix_service_order_state_updated", ["state", "updated_at"], unique=False)

    op.create_table(
        "ticket_attachment",
        sa.Column("attachment_id", sa.String(length=32), nullable=False),
        sa.Column("ticket_no", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("seconds", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_no"], ["ticket.ticket_no"], name=op.f("fk_ticket_attachment_ticket_no")),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_ticket_attachment")),
    )
    with op.batch_alter_table("ticket_attachment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_ticket_attachment_ticket_no"), ["ticket_no"], unique=False)

    op.create_table(
        "top_up_card",
        sa.Column("serial", sa.String(length=8), nullable=False),
        sa.Column("pin_hash", sa.String(length=200), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_for", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["used_for"], ["product.product_id"], name=op.f("fk_top_up_card_used_for")),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_top_up_card")),
    )
    op.create_table(
        "service_order_event",
        sa.Column("order_no", sa.String(length=20), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("fact", sa.String(length=20), nullable=False),
        sa.Column("from_state", sa.String(length=20), nullable=False),
        sa.Column("to_state", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["order_no"], ["service_order.order_no"], name=op.f("fk_service_order_event_order_no")),
        sa.PrimaryKeyConstraint("order_no", "seq", name=op.f("pk_service_order_event")),
    )
    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("area", sa.String(length=8), server_default="", nullable=False))
        batch_op.add_column(sa.Column("alternative_number", sa.String(length=32), server_default="", nullable=False))
        batch_op.add_column(sa.Column("id_last6_hash", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("points", sa.Integer(), server_default="0", nullable=False))

    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("product_id", sa.String(length=40), nullable=True))
        batch_op.create_index(batch_op.f("ix_payment_product_id"), ["product_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_payment_product_id"), "product", ["product_id"], ["product_id"])

    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.add_column(sa.Column("suspended_for", sa.String(length=10), nullable=True))
        batch_op.add_column(sa.Column("valid_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("paid_until", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("minutes_left", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("mb_left", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("messages_left", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("services", sa.JSON(), server_default="{}", nullable=False))
        batch_op.add_column(sa.Column("forward_to", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("reminder", sa.Boolean(), server_default="0", nullable=False))

    op.execute("UPDATE product SET suspended_for = 'arrears' WHERE status = 'suspended'")

    with op.batch_alter_table("service_password", schema=None) as batch_op:
        batch_op.add_column(sa.Column("initial", sa.Boolean(), server_default="0", nullable=False))

    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.add_column(sa.Column("limit_hours", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("source", sa.String(length=120), nullable=True))
        batch_op.create_index("ix_ticket_source", ["source"], unique=True)


def downgrade() -> None:
    with op.batch_alter_table("ticket", schema=None) as batch_op:
        batch_op.drop_index("ix_ticket_source")
        batch_op.drop_column("source")
        batch_op.drop_column("limit_hours")

    with op.batch_alter_table("service_password", schema=None) as batch_op:
        batch_op.drop_column("initial")

    with op.batch_alter_table("product", schema=None) as batch_op:
        batch_op.drop_column("reminder")
        batch_op.drop_column("forward_to")
        batch_op.drop_column("services")
        batch_op.drop_column("messages_left")
        batch_op.drop_column("mb_left")
        batch_op.drop_column("minutes_left")
        batch_op.drop_column("paid_until")
        batch_op.drop_column("valid_until")
        batch_op.drop_column("suspended_for")

    with op.batch_alter_table("payment", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_payment_product_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_payment_product_id"))
        batch_op.drop_column("product_id")

    with op.batch_alter_table("customer", schema=None) as batch_op:
        batch_op.drop_column("points")
        batch_op.drop_column("id_last6_hash")
        batch_op.drop_column("alternative_number")
        batch_op.drop_column("area")

    op.drop_table("service_order_event")
    op.drop_table("top_up_card")
    with op.batch_alter_table("ticket_attachment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_ticket_attachment_ticket_no"))

    op.drop_table("ticket_attachment")
    with op.batch_alter_table("service_order", schema=None) as batch_op:
        batch_op.drop_index("ix_service_order_state_updated")
        batch_op.drop_index(batch_op.f("ix_service_order_product_id"))
        batch_op.drop_index(batch_op.f("ix_service_order_customer_id"))
        batch_op.drop_index(batch_op.f("ix_service_order_call_id"))

    op.drop_table("service_order")
    with op.batch_alter_table("emergency_case", schema=None) as batch_op:
        batch_op.drop_index("ix_emergency_case_product_at")

    op.drop_table("emergency_case")
    with op.batch_alter_table("dealer_order", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dealer_order_dealer_code"))

    op.drop_table("dealer_order")
    op.drop_table("dealer_commission")
    with op.batch_alter_table("dealer_card", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_dealer_card_dealer_code"))

    op.drop_table("dealer_card")
    op.drop_table("dealer")
    op.drop_table("wrong_tries")
    with op.batch_alter_table("sms_code", schema=None) as batch_op:
        batch_op.drop_index("ix_sms_code_number_sent")

    op.drop_table("sms_code")
    op.drop_table("blocked_number")
    op.drop_table("article")
