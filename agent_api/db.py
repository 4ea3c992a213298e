"""Engine, column types and the unit of work. No queries of any feature live here."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Engine, MetaData, Table, TextClause, bindparam, event, text
from sqlalchemy.engine import Connection, Dialect, make_url
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from agent_api.errors import Unavailable


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC on both databases; SQLite itself knows no zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        in_utc = value.astimezone(UTC)
        return in_utc.replace(tzinfo=None) if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Yuan(TypeDecorator[Decimal]):
    """Exact money on both databases: whole fen in the column, Decimal yuan in Python."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else int((value * 100).to_integral_exact())

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value) / 100


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012 - SQLAlchemy's own declaration
        datetime: UtcDateTime,
        Decimal: Yuan,
        dict[str, Any]: JSON,
        dict[str, int]: JSON,
        list[dict[str, Any]]: JSON,
        list[str]: JSON,
    }


class Database:
    """One engine; `read` and `write` are the units of work. Only they commit."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.engine = create_async_engine(url, **({} if self._is_sqlite else {"pool_pre_ping": True, "pool_size": 10}))
        if self._is_sqlite:
            _prepare_sqlite(self.engine.sync_engine)
        writing = self.engine.execution_options(writes=True)
        self._readers = async_sessionmaker(self.engine, expire_on_commit=False)
        self._writers = async_sessionmaker(writing, expire_on_commit=False)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        async with _translated(), self._readers() as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """Commits at the end, rolls back on any exception. Keep it short: SQLite has one writer."""
        async with _translated(), self._writers.begin() as session:
            yield session

    async def check(self) -> None:
        """Raise Unavailable when the database cannot be asked."""
        async with self.read() as session:
            await session.execute(text("SELECT 1"))

    async def close(self) -> None:
        await self.engine.dispose()


@asynccontextmanager
async def _translated() -> AsyncIterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, ConnectionError) as error:
        raise Unavailable("database") from error


def _prepare_sqlite(engine: Engine) -> None:
    if database := engine.url.database:
        Path(database).parent.mkdir(parents=True, exist_ok=True)

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we send BEGIN ourselves, below
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=5000"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        # A writer takes the lock at once: one that read first could not be upgraded while another writes.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@cache
def insert_new(table: Table) -> TextClause:
    """INSERT of one row that does nothing when its key is there; the result's rowcount tells."""
    columns = tuple(column.name for column in table.columns)
    return _insert(table, columns, "DO NOTHING")


@cache
def upsert(table: Table, columns: tuple[str, ...], keep: tuple[str, ...] = ()) -> TextClause:
    """INSERT of one row, or UPDATE where its key is there: of all `columns` except `keep`.

    Written out as text because SQLAlchemy compiles ON CONFLICT anew for every execution, a millisecond each time; both
    databases understand the same words.
    """
    keys = [column.name for column in table.primary_key]
    changes = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name not in keys and name not in keep)
    return _insert(table, columns, f"({_quoted(keys)}) DO UPDATE SET {changes}")


def _insert(table: Table, columns: tuple[str, ...], on_conflict: str) -> TextClause:
    values = ", ".join(f":{name}" for name in columns)
    sql = f'INSERT INTO "{table.name}" ({_quoted(columns)}) VALUES ({values}) ON CONFLICT {on_conflict}'
    return text(sql).bindparams(*(bindparam(name, type_=table.c[name].type) for name in columns))


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


async def one_at_a_time(session: AsyncSession, subject: int) -> None:
    """Until the commit, let no other writer of the same subject in. SQLite has one writer anyway."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("SELECT pg_advisory_xact_lock(:subject)"), {"subject": subject})
