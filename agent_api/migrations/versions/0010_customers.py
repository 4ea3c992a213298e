"""Customers: search, versions, groups, credit, who opened whom, imports."""

import sqlalchemy as sa
from alembic import op

from agent_api.customers.rules import initials

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BATCH = 1000


def upgrade() -> None:
    _customer()
    _product()
    _records()
    _access()


def _customer() -> None:
    # One by one: SQLite would copy the table for a batch, and cannot drop the old one while rows refer to it.
    for column in (
        sa.Column("kind", sa.String(length=8), server_default="person", nullable=False),
        sa.Column("account_no", sa.String(length=40), server_default="", nullable=False),
        sa.Column("external_id", sa.String(length=60), nullable=True),
        sa.Column("initials", sa.String(length=60), server_default="", nullable=False),
        sa.Column("consent", sa.JSON(), server_default="{}", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
    ):
        op.add_column("customer", column)
    _name_initials()
    op.create_index("ix_customer_name_start", "customer", ["name"], postgresql_ops={"name": "varchar_pattern_ops"})
    op.create_index(
        "ix_customer_initials_start", "customer", ["initials"], postgresql_ops={"initials": "varchar_pattern_ops"}
    )
    op.create_index(op.f("ix_customer_contact_number"), "customer", ["contact_number"])
    op.create_index(op.f("ix_customer_account_no"), "customer", ["account_no"])
    op.create_index(op.f("ix_customer_external_id"), "customer", ["external_id"], unique=True)


def _name_initials() -> None:
    customer = sa.table("customer", sa.column("customer_id"), sa.column("name"), sa.column("initials"))
    connection, last = op.get_bind(), ""
    change = (
        sa.update(customer)
        .where(customer.c.customer_id == sa.bindparam("key"))
        .values(initials=sa.bindparam("letters"))
    )
    page = sa.select(customer.c.customer_id, customer.c.name).order_by(customer.c.customer_id).limit(BATCH)
    while rows := connection.execute(page.where(customer.c.customer_id > last)).all():
        connection.execute(change, [{"key": key, "letters": initials(name)} for key, name in rows])
        last = rows[-1][0]


def _product() -> None:
    op.add_column("product", sa.Column("tail", sa.String(length=4), server_default="", nullable=False))
    op.execute("UPDATE product SET tail = substr(number, length(number) - 3) WHERE length(number) > 3")
    op.create_index(op.f("ix_product_tail"), "product", ["tail"])


def _records() -> None:
    op.create_table(
        "customer_version",
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.String(length=16), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.customer_id"], name=op.f("fk_customer_version_customer_id")
        ),
        sa.PrimaryKeyConstraint("customer_id", "version", name=op.f("pk_customer_version")),
    )
    op.create_table(
        "group_contract",
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("contract_no", sa.String(length=40), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("manager_no", sa.String(length=6), nullable=False),
        sa.Column("terms", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_group_contract_customer_id")),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_group_contract")),
    )
    op.create_table(
        "authorised_contact",
        sa.Column("contact_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("number", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customer.customer_id"], name=op.f("fk_authorised_contact_customer_id")
        ),
        sa.PrimaryKeyConstraint("contact_id", name=op.f("pk_authorised_contact")),
    )
    op.create_index(op.f("ix_authorised_contact_customer_id"), "authorised_contact", ["customer_id"])
    op.create_table(
        "credit_profile",
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("credit_limit", sa.BigInteger(), nullable=False),
        sa.Column("blacklisted", sa.Boolean(), nullable=False),
        sa.Column("watched_until", sa.Date(), nullable=True),
        sa.Column("over_limit_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_credit_profile_customer_id")),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_credit_profile")),
    )
    op.create_table(
        "credit_change",
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("asked_by", sa.String(length=16), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.String(length=16), nullable=False),
        sa.Column("decided_by", sa.String(length=16), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_credit_change_customer_id")),
        sa.PrimaryKeyConstraint("change_id", name=op.f("pk_credit_change")),
    )
    op.create_index(op.f("ix_credit_change_customer_id"), "credit_change", ["customer_id"])
    op.create_index("ix_credit_change_state_asked", "credit_change", ["state", "asked_at"])


def _access() -> None:
    op.create_table(
        "access_alarm",
        sa.Column("alarm_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("agent_no", sa.String(length=6), nullable=False),
        sa.Column("agent_name", sa.String(length=40), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("count_today", sa.Integer(), nullable=False),
        sa.Column("checked_by", sa.String(length=6), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finding", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_access_alarm_center_id")),
        sa.PrimaryKeyConstraint("alarm_id", name=op.f("pk_access_alarm")),
    )
    op.create_index("ix_access_alarm_agent_at", "access_alarm", ["agent_no", "at"])
    op.create_index("ix_access_alarm_at", "access_alarm", ["at"])
    op.create_table(
        "watched_person",
        sa.Column("customer_id", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("added_by", sa.String(length=6), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.customer_id"], name=op.f("fk_watched_person_customer_id")),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_watched_person")),
    )
    op.create_table(
        "customer_import",
        sa.Column("import_id", sa.String(length=32), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column("dry_run", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("created", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("same", sa.Integer(), nullable=False),
        sa.Column("header", sa.JSON(), nullable=False),
        sa.Column("errors", sa.JSON(), nullable=False),
        sa.Column("started_by", sa.String(length=16), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("import_id", name=op.f("pk_customer_import")),
    )
    op.create_index(op.f("ix_customer_import_started_at"), "customer_import", ["started_at"])


def downgrade() -> None:
    tables = (
        "customer_import", "watched_person", "access_alarm", "credit_change", "credit_profile",
        "authorised_contact", "group_contract", "customer_version",
    )  # fmt: skip
    for table in tables:
        op.drop_table(table)
    op.drop_index(op.f("ix_product_tail"), "product")
    op.drop_column("product", "tail")
    for name in ("name_start", "initials_start", "contact_number", "account_no", "external_id"):
        op.drop_index(f"ix_customer_{name}", "customer")
    for name in ("kind", "account_no", "external_id", "initials", "consent", "version"):
        op.drop_column("customer", name)
