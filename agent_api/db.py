"""Engine, column types and the unit of work. No queries of any feature live here."""

import math
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Engine,
    MetaData,
    Row,
    Select,
    Table,
    TextClause,
    bindparam,
    event,
    func,
    select,
    text,
)
from sqlalchemy.engine import Connection, Dialect, make_url
from sqlalchemy.exc import InterfaceError, InvalidatePoolError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from agent_api.errors import Unavailable
from agent_api.sqlite_in_place import InPlace, Questions


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


_ASIDE = "aside"
_BACK_AT = "back_at"
RESTED_SECONDS = 1.0


class Database:
    """One engine; `read` and `write` are the units of work. Only they commit."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._questions: Questions | None = None
        self._in_place: InPlace | None = None
        self._aside: AsyncEngine | None = None
        if make_url(url).get_backend_name() == "sqlite":
            self._in_place = InPlace(_file_of(url))
            self.engine, self._glancing, self._writing = _sqlite_engines(url, self._in_place)
            self._questions = Questions(_file_of(url))
        else:
            self.engine = _server_engine(url, connections=10)
            self._glancing = self._writing = self.engine
            # A pool of its own: who holds a connection of the other one never waits for a second of the same.
            self._aside = _server_engine(url, connections=2)
        # Nothing to begin and to end around a single question.
        self._asking = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._readers = async_sessionmaker(self.engine, expire_on_commit=False)
        self._glancers = async_sessionmaker(self._glancing, expire_on_commit=False)
        self._writers = async_sessionmaker(self._writing, expire_on_commit=False, info={_ASIDE: self._aside})

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        async with _translated(), self._readers() as session:
            yield session

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[AsyncSession]:
        """A row or two by their index: what a caller waits for, what a job looks for. On SQLite in the event loop."""
        async with _translated(), self._glancers() as session:
            yield session

    async def ask(self, query: Select[Any], **parameters: object) -> Sequence[Row[Any]]:
        """Rows of one query, for what every caller waits for: a unit of work costs five times as much as its query."""
        async with _translated():
            if self._questions is not None:
                return self._questions.ask(query, parameters)
            async with self._asking.connect() as connection:
                return (await connection.execute(query, parameters)).all()

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
        if self._questions is not None:
            self._questions.close()
        for engine in {self.engine, self._glancing, self._writing, self._aside}:
            if engine is not None:
                await engine.dispose()
        if self._in_place is not None:
            await self._in_place.close()


@asynccontextmanager
async def _translated() -> AsyncIterator[None]:
    try:
        yield
    except (OperationalError, InterfaceError, PoolTimeout, ConnectionError) as error:
        raise Unavailable("database") from error


def _server_engine(url: str, connections: int) -> AsyncEngine:
    engine = create_async_engine(url, hide_parameters=True, pool_size=connections)
    _ping_after_a_rest(engine.sync_engine)
    return engine


def _ping_after_a_rest(engine: Engine) -> None:
    """As pool_pre_ping does before every use; but a connection that worked a moment ago is still there."""

    @event.listens_for(engine, "checkin")
    def on_checkin(_connection: Any, record: ConnectionPoolEntry) -> None:
        record.info[_BACK_AT] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def on_checkout(connection: Any, record: ConnectionPoolEntry, _proxy: Any) -> None:
        if time.monotonic() - record.info.get(_BACK_AT, math.inf) > RESTED_SECONDS:
            try:
                engine.dialect.do_ping(connection)
            except engine.dialect.loaded_dbapi.Error as error:
                raise InvalidatePoolError from error


def _sqlite_engines(url: str, in_place: InPlace) -> tuple[AsyncEngine, AsyncEngine, AsyncEngine]:
    """To read, to glance, and to write: SQLite has one writer, so one connection writes, with a queue for it."""
    path = _file_of(url)
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    # Parameters are hidden everywhere: an error that is logged would show customers' numbers.
    reading = create_async_engine(url, hide_parameters=True)
    glancing, writing = _in_place_engine(url, in_place, 4), _in_place_engine(url, in_place, 1)
    _prepare_sqlite(reading.sync_engine, "BEGIN", busy_timeout=5000)
    _prepare_sqlite(glancing.sync_engine, "BEGIN", busy_timeout=0)
    # A writer takes the lock at once: one that read first could not be upgraded while another process writes.
    _prepare_sqlite(writing.sync_engine, "BEGIN IMMEDIATE", busy_timeout=0)
    return reading, glancing, writing


def _file_of(url: str) -> str:
    return make_url(url).database or ":memory:"


def _in_place_engine(url: str, in_place: InPlace, connections: int) -> AsyncEngine:
    return create_async_engine(
        url,
        hide_parameters=True,
        async_creator=in_place.connect,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=connections,
        max_overflow=0,
        pool_timeout=10,
    )


def _prepare_sqlite(engine: Engine, begin: str, busy_timeout: int) -> None:
    pragmas = ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", f"busy_timeout={busy_timeout}")

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we send BEGIN ourselves, below
        cursor = connection.cursor()
        for pragma in pragmas:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)


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


def lock_until_commit(connection: Connection, subject: int) -> None:
    """Let no other writer of the same subject in until the commit. SQLite has one writer anyway."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:subject)"), {"subject": subject})


async def scalar_aside(session: AsyncSession, statement: TextClause, parameters: dict[str, Any]) -> Any:
    """The one value of a statement whose lock nobody else should wait for until the unit of work ends.

    It is committed at once and stays when the unit of work is rolled back. On SQLite, with its one writer, it is a part
    of the unit of work.
    """
    aside: AsyncEngine | None = session.info.get(_ASIDE)
    if aside is None:
        return (await session.execute(statement, parameters)).scalar_one()
    async with aside.begin() as connection:
        return (await connection.execute(statement, parameters)).scalar_one()


async def total_of(session: AsyncSession, query: Select[Any], found: int, limit: int, offset: int) -> int:
    """How many rows `query` finds without its page. The last page says it itself: nothing is counted then."""
    if found < limit and (found or not offset):
        return offset + found
    return await session.scalar(select(func.count()).select_from(query.subquery())) or 0
