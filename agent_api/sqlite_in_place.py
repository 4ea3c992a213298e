"""SQLite writes without a thread change for every statement.

aiosqlite hands each step of each statement to a thread and back, four times a statement. A write of ours takes some
30 µs, so it runs in the event loop; only commits, which may have to wait for the disk, go to the thread.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from typing import Any

import aiosqlite

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


async def connect_in_place(path: str) -> aiosqlite.Connection:
    """For create_async_engine(async_creator=...)."""
    connection = _InPlace(lambda: sqlite3.connect(path, check_same_thread=False), iter_chunk_size=64)
    connection._thread.daemon = True  # as SQLAlchemy does: a forgotten connection must not keep the process alive
    return await connection
