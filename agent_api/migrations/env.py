"""Alembic's entry: runs migrations on the connection handed over by agent_api.schema."""

from alembic import context
from sqlalchemy import Connection, text

from agent_api.models import metadata


def run(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        # A migration that cannot get its lock fails; it must not queue up in front of the running service.
        connection.execute(text("SET LOCAL lock_timeout = '5s'"))
    context.configure(connection=connection, target_metadata=metadata, compare_type=True, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


run(context.config.attributes["connection"])
