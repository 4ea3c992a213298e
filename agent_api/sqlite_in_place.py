"""SQLite writes without a thread change for every statement, and questions without one at all.

aiosqlite hands each step of each statement to a thread and back, four times a statement. A write of ours takes some
30 µs, so it runs in the event loop; only commits, which may have to wait for the disk, go to the thread.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any
from weakref import WeakSet

import aiosqlite
from sqlalchemy import Connection, Row, Select, StaticPool, create_engine

LOCKED_FOR = 5.0
"""Seconds to wait for another process (a command of ours) that is writing."""


class _InPlace(aiosqlite.Connection):
    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if getattr(fn, "__name__", "") == "commit":
            return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]
        deadline = asyncio.get_running_loop().time() + LOCKED_FOR
        while True:
            try:
                return fn(*args, **kwargs)
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or asyncio.get_running_loop().time() > deadline:
                    raise
            await asyncio.sleep(0.01)


class InPlace:
    """Connections to one file. A pool that is closed forgets those somebody has borrowed; here all are closed."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._opened = WeakSet[_InPlace]()

    async def connect(self) -> aiosqlite.Connection:
        """For create_async_engine(async_creator=...)."""
        connection = _InPlace(lambda: sqlite3.connect(self._path, check_same_thread=False), iter_chunk_size=64)
        connection._thread.daemon = True  # as SQLAlchemy does: a forgotten connection must not keep the process alive
        self._opened.add(connection)
        return await connection

    async def close(self) -> None:
        for connection in list(self._opened):
            await connection.close()


class Questions:
    """Single queries over one connection that is kept: no thread, no adapter, no session, no transaction to begin.

    Each sees what is committed. In WAL mode a reader never waits for the writer.
    """

    def __init__(self, path: str) -> None:
        self._engine = create_engine(
            "sqlite://",
            creator=lambda: sqlite3.connect(path, timeout=0, check_same_thread=False),
            isolation_level="AUTOCOMMIT",
            poolclass=StaticPool,
            hide_parameters=True,
        )

    @cached_property
    def _connection(self) -> Connection:
        return self._engine.connect()

    def ask(self, query: Select[Any], parameters: Mapping[str, Any]) -> Sequence[Row[Any]]:
        return self._connection.execute(query, parameters).all()

    def close(self) -> None:
        self._engine.dispose()
