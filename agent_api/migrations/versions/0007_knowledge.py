"""Knowledge, contact reasons and scripts.

Articles get an identity, a centre and a life; those of the voice menu keep their versions, in force since they were
written.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

FORMER = sa.table(
    "article",
    *(sa.column(name) for name in ("topic", "language", "version", "title", "text", "prompt", "created_by")),
    sa.column("created_at", sa.DateTime(timezone=True)),
)


def upgrade() -> None:
    connection = op.get_bind()
    former = connection.execute(sa.select(FORMER).order_by(FORMER.c.topic, FORMER.c.language, FORMER.c.version)).all()
    op.drop_table("article")
    _create_articles()
    _create_versions()
    _create_requests()
    _create_documents()
    _create_readings()
    _keep(connection, former)


def _keep(connection: sa.Connection, former: Sequence[sa.Row[Any]]) -> None:
    """Each topic and language becomes an article of the top centre."""
    meta = sa.MetaData()
    article, version = (sa.Table(name, meta, autoload_with=connection) for name in ("article", "article_version"))
    top = connection.scalar(sa.text("SELECT center_id FROM center WHERE parent_id IS NULL"))
    for (topic, language), rows in groupby(former, key=lambda row: (row.topic, row.language)):
        versions, article_id = list(rows), str(uuid4())
        connection.execute(
            article.insert().values(
                article_id=article_id,
                center_id=top,
                family=article_id,
                topic=topic,
                language=language,
                category="语音播报",
                created_by=versions[0].created_by,
                created_at=versions[0].created_at,
            )
        )
        for row in versions:
            connection.execute(version.insert().values(article_id=article_id, **_released(row)))


def _released(row: sa.Row[Any]) -> dict[str, Any]:
    return {
        "version": row.version,
        "title": row.title,
        "body": row.text,
        "spoken": "",
        "keywords": [],
        "public": True,
        "state": "released",
        "valid_from": row.created_at,
        "valid_until": None,
        "prompt": row.prompt,
        "author": row.created_by,
        "reviewer": "",
        "remark": "",
        "created_at": row.created_at,
        "changed_at": row.created_at,
    }


def _create_articles() -> None:
    op.create_table(
        "article",
        sa.Column("article_id", sa.String(length=36), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("family", sa.String(length=36), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("created_by", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_article_center_id")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article")),
    )
    with op.batch_alter_table("article", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_article_center_id"), ["center_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_article_family"), ["family"], unique=False)
        batch_op.create_index(batch_op.f("ix_article_topic"), ["topic"], unique=False)
    op.create_table(
        "synonym_group",
        sa.Column("group_id", sa.String(length=36), nullable=False),
        sa.Column("words", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.String(length=16), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("group_id", name=op.f("pk_synonym_group")),
    )


def _create_versions() -> None:
    op.create_table(
        "article_version",
        sa.Column("article_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("spoken", sa.String(length=500), nullable=False),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("valid_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("prompt", sa.String(length=80), nullable=False),
        sa.Column("author", sa.String(length=16), nullable=False),
        sa.Column("reviewer", sa.String(length=16), nullable=False),
        sa.Column("remark", sa.String(length=500), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.article_id"], name=op.f("fk_article_version_article_id")),
        sa.PrimaryKeyConstraint("article_id", "version", name=op.f("pk_article_version")),
    )
    with op.batch_alter_table("article_version", schema=None) as batch_op:
        batch_op.create_index("ix_article_version_state_changed", ["state", "changed_at"], unique=False)
    op.create_table(
        "article_use",
        sa.Column("use_id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.String(length=36), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("agent_no", sa.String(length=16), nullable=False),
        sa.Column("call_id", sa.String(length=64), nullable=False),
        sa.Column("ticket_no", sa.String(length=20), nullable=False),
        sa.Column("comment", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.article_id"], name=op.f("fk_article_use_article_id")),
        sa.PrimaryKeyConstraint("use_id", name=op.f("pk_article_use")),
    )
    with op.batch_alter_table("article_use", schema=None) as batch_op:
        batch_op.create_index("ix_article_use_article_kind", ["article_id", "kind"], unique=False)


def _create_requests() -> None:
    op.create_table(
        "article_request",
        sa.Column("request_id", sa.String(length=36), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("gist", sa.String(length=120), nullable=False),
        sa.Column("question", sa.String(length=200), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("article_id", sa.String(length=36), nullable=False),
        sa.Column("ticket_nos", sa.JSON(), nullable=False),
        sa.Column("first_asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by", sa.String(length=16), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_article_request_center_id")),
        sa.PrimaryKeyConstraint("request_id", name=op.f("pk_article_request")),
        sa.UniqueConstraint("center_id", "gist", name=op.f("uq_article_request_center_id_gist")),
    )
    with op.batch_alter_table("article_request", schema=None) as batch_op:
        batch_op.create_index("ix_article_request_state_asked", ["state", "asked"], unique=False)


def _create_documents() -> None:
    op.create_table(
        "center_document",
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("author", sa.String(length=16), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["center_id"], ["center.center_id"], name=op.f("fk_center_document_center_id")),
        sa.PrimaryKeyConstraint("kind", "center_id", "version", name=op.f("pk_center_document")),
    )


def _create_readings() -> None:
    op.create_table(
        "ticket_form",
        sa.Column("ticket_no", sa.String(length=20), nullable=False),
        sa.Column("reason_code", sa.String(length=40), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("filled_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["ticket_no"], ["ticket.ticket_no"], name=op.f("fk_ticket_form_ticket_no")),
        sa.PrimaryKeyConstraint("ticket_no", name=op.f("pk_ticket_form")),
    )
    op.create_table(
        "script_reading",
        sa.Column("agent_no", sa.String(length=6), nullable=False),
        sa.Column("center_id", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agent_no"], ["staff.agent_no"], name=op.f("fk_script_reading_agent_no")),
        sa.PrimaryKeyConstraint("agent_no", "center_id", "version", name=op.f("pk_script_reading")),
    )


def downgrade() -> None:
    """The articles of the voice menu are not brought back: their prompts still play."""
    for table in (
        "script_reading",
        "ticket_form",
        "center_document",
        "article_request",
        "article_use",
        "article_version",
        "synonym_group",
        "article",
    ):
        op.drop_table(table)
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
