"""Units of work: writers one after the other, patience with another process, money and times as they were."""

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import bindparam, func, select, text
from sqlalchemy.exc import IntegrityError

from agent_api import db as database
from agent_api import schema, sqlite_in_place
from agent_api.auth.models import Center, LoginFailure
from agent_api.customers.models import Product
from agent_api.db import Database
from agent_api.errors import Unavailable
from agent_api.sqlite_in_place import InPlace
from tests.component.agent_api.harness import Desk

pytestmark = pytest.mark.component


async def test_many_writers_lose_nothing(empty_database: str) -> None:
    db = Database(empty_database)

    async def write(number: int) -> None:
        async with db.write() as session:
            session.add(LoginFailure(agent_no=str(number), at=datetime.now(UTC)))
            await session.flush()
            await asyncio.sleep(0)

    await asyncio.gather(*(write(number) for number in range(50)))
    async with db.read() as session:
        assert await session.scalar(select(func.count()).select_from(LoginFailure)) == 50
    await db.close()


async def test_a_failed_unit_of_work_leaves_nothing(empty_database: str) -> None:
    db = Database(empty_database)

    async def fail_in_the_middle() -> None:
        async with db.write() as session:
            session.add(Center(center_id="x", name="x", level="N"))
            await session.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail_in_the_middle()
    async with db.read() as session:
        assert await session.get(Center, "x") is None
    await db.close()


async def test_money_and_times_come_back_as_they_were(desk: Desk) -> None:
    at = datetime(2026, 11, 18, 14, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    async with desk.context.db.write() as session:
        failure = LoginFailure(agent_no="8001", at=at)
        session.add(failure)
        product = await session.get_one(Product, "C000001-MOBILE")
        product.balance = Decimal("-12345678.09")
    async with desk.context.db.read() as session:
        assert (await session.get_one(Product, "C000001-MOBILE")).balance == Decimal("-12345678.09")
        found = (await session.get_one(LoginFailure, failure.failure_id)).at
    assert (found, found.tzinfo) == (at, UTC)


async def new_sqlite(folder: Path) -> Database:
    db = Database(f"sqlite+aiosqlite:///{folder}/desk.sqlite3")
    await schema.migrate(db)
    return db


async def test_another_process_that_writes_is_waited_for_without_stopping_the_others(tmp_path: Path) -> None:
    db = await new_sqlite(tmp_path)
    other = sqlite3.connect(tmp_path / "desk.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with db.write() as session:
            session.add(Center(center_id="x", name="x", level="N"))

    writing = asyncio.create_task(write())
    for _ in range(5):
        await db.check()
    assert not writing.done()
    other.execute("ROLLBACK")
    await asyncio.wait_for(writing, 5)
    other.close()
    await db.close()


async def test_a_glance_sees_what_was_committed_and_waits_for_no_writer(empty_database: str) -> None:
    """Callers wait for it: a long unit of work of somebody else must not hold it up."""
    db = Database(empty_database)

    async def centers() -> int:
        async with db.glance() as session:
            return await session.scalar(select(func.count()).select_from(Center)) or 0

    assert await centers() == 0
    async with db.write() as session:
        session.add(Center(center_id="x", name="x", level="N"))
        await session.flush()
        assert await asyncio.wait_for(centers(), 2) == 0
    assert await centers() == 1
    await db.close()


async def test_a_question_sees_what_was_committed_and_waits_for_no_writer(empty_database: str) -> None:
    db = Database(empty_database)
    names = select(Center.name).where(Center.center_id == bindparam("center"))

    async def name() -> list[str]:
        return [row.name for row in await db.ask(names, center="x")]

    assert await name() == []
    async with db.write() as session:
        session.add(Center(center_id="x", name="North", level="N"))
        await session.flush()
        assert await asyncio.wait_for(name(), 2) == []
    assert await name() == ["North"]
    await db.close()


async def test_a_question_to_a_database_that_is_away_is_a_named_failure() -> None:
    db = Database("postgresql+asyncpg://hotline@127.0.0.1:1/nothing")
    with pytest.raises(Unavailable):
        await db.ask(select(Center))
    await db.close()


async def test_a_connection_that_rested_is_tried_before_it_is_used(
    empty_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server was started anew while nobody asked."""
    monkeypatch.setattr(database, "RESTED_SECONDS", 0.0)
    db = Database(empty_database)
    if db.engine.dialect.name != "postgresql":
        pytest.skip("SQLite has no server")
    async with db.read() as session:
        own = await session.scalar(text("SELECT pg_backend_pid()"))
    other = Database(empty_database)
    async with other.read() as session:
        assert await session.scalar(text("SELECT pg_terminate_backend(:own, 5000)"), {"own": own})
    assert await db.ask(select(Center)) == []
    await other.close()
    await db.close()


async def test_a_glance_of_a_database_that_is_away_is_a_named_failure() -> None:
    db = Database("postgresql+asyncpg://hotline@127.0.0.1:1/nothing")
    with pytest.raises(Unavailable):
        async with db.glance() as session:
            await session.execute(select(Center))
    await db.close()


async def test_patience_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_in_place, "LOCKED_FOR", 0.2)
    db = await new_sqlite(tmp_path)
    other = sqlite3.connect(tmp_path / "desk.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable):
        async with db.write() as session:
            session.add(Center(center_id="x", name="x", level="N"))
    other.close()
    await db.close()


async def test_a_database_that_is_away_is_a_named_failure() -> None:
    db = Database("postgresql+asyncpg://hotline@127.0.0.1:1/nothing")
    with pytest.raises(Unavailable):
        await db.check()
    await db.close()


async def test_an_error_that_is_logged_shows_no_customers_number(demo_database: str) -> None:
    db = Database(demo_database)
    async with db.read() as session:
        taken = (await session.scalars(select(Product.product_id).limit(1))).one()

    async def write_it_again() -> None:
        async with db.write() as session:
            copy = Product(product_id=taken, customer_id="C000001", type="MOBILE", number="13987654321")
            copy.plan, copy.status, copy.balance = "", "active", Decimal(0)
            session.add(copy)

    with pytest.raises(IntegrityError) as failed:
        await write_it_again()
    assert "13987654321" not in str(failed.value)
    await db.close()


async def test_closing_ends_what_somebody_has_borrowed(tmp_path: Path) -> None:
    """Whatever is not closed would be a warning in some later test, and a warning is an error."""
    in_place = InPlace(f"{tmp_path}/desk.sqlite3")
    borrowed = await in_place.connect()
    await borrowed.execute("SELECT 1")
    await in_place.close()
    with pytest.raises(ValueError, match="no active connection"):
        await borrowed.execute("SELECT 1")
