"""Migrations: they build what the models say, on both databases, and can be run again."""

from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection

from agent_api import schema
from agent_api.db import Database
from agent_api.models import metadata
from tests.component.agent_api.harness import Databases

pytestmark = pytest.mark.component


async def test_models_and_migrations_agree(empty_database: str) -> None:
    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        found: list[Any] = compare_metadata(context, metadata)
        return found

    db = Database(empty_database)
    async with db.engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await db.close()


async def test_migrating_twice_changes_nothing(empty_database: str) -> None:
    db = Database(empty_database)
    await schema.migrate(db)
    assert await schema.is_current(db)
    await db.close()


async def test_an_empty_database_is_not_current(databases: Databases) -> None:
    db = Database(databases._blank())
    assert not await schema.is_current(db)
    await db.close()
