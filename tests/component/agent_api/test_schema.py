"""Migrations: they build what the models say, on both databases, and can be run again."""

from datetime import date, datetime
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, Table

from agent_api import schema
from agent_api.calls.models import AgentLeg
from agent_api.customers.models import Product, ServicePassword
from agent_api.db import Database
from agent_api.models import metadata
from agent_api.tickets import word_index
from agent_api.tickets.models import TicketEvent
from tests.component.agent_api.harness import NOW, TODAY, Databases

pytestmark = pytest.mark.component


def _of_models(name: str | None, _kind: str, _parents: object) -> bool:
    return name != word_index.NAME


async def test_models_and_migrations_agree(empty_database: str) -> None:
    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": _of_models})
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


ROWS = (
    # what a running installation of the first schema holds, the parents first
    ("center", {"center_id": "js"}),
    ("customer", {"customer_id": "C1", "center_id": "js"}),
    ("product", {"product_id": "P1", "customer_id": "C1", "status": "suspended"}),
    ("service_password", {"number": "1"}),
    ("bill", {"bill_id": 1, "product_id": "P1", "customer_id": "C1"}),
    ("payment", {"payment_id": 1, "customer_id": "C1"}),
    ("ticket", {"ticket_no": "TS1", "customer_id": "C1", "center_id": "js"}),
    ("ticket_event", {"ticket_no": "TS1", "seq": 1}),
    ("call", {"call_id": "c1", "agent_no": "8001", "connected_at": NOW, "talk_ms": 5000}),
)
FILLERS = {str: "x", int: 0, bool: False, datetime: NOW, date: TODAY, dict: []}


def _fill(connection: Connection) -> None:
    """The other columns hold something of their type."""
    for name, given in ROWS:
        table = Table(name, MetaData(), autoload_with=connection)
        needed = [column for column in table.columns if not column.nullable and column.name not in given]
        row = given | {column.name: FILLERS[column.type.python_type] for column in needed}
        connection.execute(table.insert().values(row))


async def test_an_installation_with_data_is_migrated(databases: Databases) -> None:
    """SQLite copies a table for some changes, and cannot drop the old one while rows refer to it."""
    db = Database(databases._blank())
    config = schema.alembic_config(db.url)

    def first_schema(connection: Connection) -> None:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        _fill(connection)

    async with db.engine.begin() as connection:
        await connection.run_sync(first_schema)
    await schema.migrate(db)
    async with db.read() as session:
        product = await session.get_one(Product, "P1")
        assert (product.suspended_for, product.services, product.reminder) == ("arrears", {}, False)
        assert (await session.get_one(ServicePassword, "1")).initial is False
        assert await session.get(TicketEvent, ("TS1", 1)) is not None
        leg = await session.get_one(AgentLeg, ("c1", 1))
        assert (leg.agent_no, leg.talk_ms, leg.connected_at) == ("8001", 5000, NOW)
    await db.close()


async def test_an_empty_database_is_not_current(databases: Databases) -> None:
    db = Database(databases._blank())
    assert not await schema.is_current(db)
    await db.close()
