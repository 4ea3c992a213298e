"""An import from its file to its figures: rows in small transactions, each row by itself, progress for all to see."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import structlog
from anyio import to_thread
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.customer_import import rows
from agent_api.customer_import.loading import Loader
from agent_api.customer_import.models import CustomerImport
from agent_api.customer_import.reading import Table, read
from agent_api.customer_import.rows import Checked, Wrong
from agent_api.db import Database
from agent_api.errors import NotFound, Refused

log = structlog.get_logger(__name__)

CHUNK = 100
KEPT_ERRORS = 5000
"""More wrong rows than this are counted, not kept: such a file is to be corrected at its source."""
KEPT_FOR = timedelta(days=30)
LONGEST_RUN = timedelta(hours=1)


class _Undo(Exception):
    """Takes a dry run's row back."""


class ImportDesk:
    """Runs imports in the background of this process."""

    def __init__(self, db: Database, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock
        self._running: set[asyncio.Task[None]] = set()

    async def start(self, file_name: str, content: bytes, dry_run: bool, who: Principal) -> CustomerImport:
        """Refused at once when the file is no table of ours; otherwise the rows follow by themselves."""
        table, columns = await self._opened(file_name, content)
        row = await self._begin(file_name, table, dry_run, who)
        task = asyncio.create_task(self._run(row.import_id, table, columns, dry_run, who), name="customer import")
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return row

    async def run(self, file_name: str, content: bytes, dry_run: bool, who: Principal) -> CustomerImport:
        """The whole import, for the command line."""
        table, columns = await self._opened(file_name, content)
        row = await self._begin(file_name, table, dry_run, who)
        await self._run(row.import_id, table, columns, dry_run, who)
        return await self.read(row.import_id)

    async def finished(self) -> None:
        """Waits for what runs here; a test's end, and the process's."""
        await asyncio.gather(*self._running)

    async def read(self, import_id: str) -> CustomerImport:
        async with self._db.read() as session:
            row = await session.get(CustomerImport, import_id)
        if row is None:
            raise NotFound("import", import_id)
        return row

    async def latest(self, limit: int) -> Sequence[CustomerImport]:
        async with self._db.read() as session:
            query = select(CustomerImport).order_by(CustomerImport.started_at.desc()).limit(limit)
            return (await session.scalars(query)).all()

    async def tidy(self) -> None:
        """What died with its process is stopped; what is old is forgotten, with the rows that were wrong."""
        now = self._clock()
        died = (CustomerImport.state == "running", CustomerImport.started_at < now - LONGEST_RUN)
        async with self._db.write() as session:
            await session.execute(update(CustomerImport).where(*died).values(state="stopped", ended_at=now))
            await session.execute(delete(CustomerImport).where(CustomerImport.started_at < now - KEPT_FOR))

    async def _opened(self, file_name: str, content: bytes) -> tuple[Table, dict[int, str]]:
        table = await to_thread.run_sync(read, file_name, content)
        columns = rows.columns_of(table.header)
        if missing := rows.missing_columns(columns):
            raise Refused("import.no_column", {"columns": missing})
        return table, columns

    async def _begin(self, file_name: str, table: Table, dry_run: bool, who: Principal) -> CustomerImport:
        row = CustomerImport(
            import_id=uuid4().hex,
            file_name=file_name[-120:],
            dry_run=dry_run,
            state="running",
            rows=len(table.rows),
            done=0,
            created=0,
            changed=0,
            same=0,
            header=list(table.header),
            errors=[],
            started_by=who.agent_no,
            started_at=self._clock(),
        )
        async with self._db.write() as session:
            session.add(row)
            await audit.record(
                session, who, "customer.import", self._clock(), subject="import", subject_id=row.import_id,
                reason=f"{len(table.rows)} rows{', dry run' if dry_run else ''}",
            )  # fmt: skip
        return row

    async def _run(self, import_id: str, table: Table, columns: dict[int, str], dry_run: bool, who: Principal) -> None:
        state = "stopped"
        try:
            async with self._db.read() as session:
                known = await auth.all_centers(session)
            centers = {name: each.center_id for each in known for name in (each.center_id, each.name)}
            loader = Loader(who.agent_no, self._clock(), who.center.center_id)
            for start in range(0, len(table.rows), CHUNK):
                part = table.rows[start : start + CHUNK]
                checked = [rows.check(row, columns, centers) for row in part]
                await self._chunk(import_id, loader, part, checked, start, dry_run)
            state = "done"
        except Exception:  # the border of background work: the import says that it stopped
            log.exception("an import stopped", import_id=import_id)
        async with self._db.write() as session:
            row = await session.get_one(CustomerImport, import_id)
            row.state, row.ended_at = state, self._clock()

    async def _chunk(
        self,
        import_id: str,
        loader: Loader,
        part: Sequence[tuple[str, ...]],
        checked: Sequence[Checked],
        start: int,
        dry_run: bool,
    ) -> None:
        async with self._db.write() as session:
            progress = await session.get_one(CustomerImport, import_id, with_for_update=True)
            errors: list[dict[str, Any]] = []
            for index, (cells, each) in enumerate(zip(part, checked, strict=True)):
                reasons = each.reasons or await self._load(session, loader, each, progress, dry_run)
                if reasons:
                    errors.append({"row": start + index + 2, "reasons": reasons, "cells": list(cells)})
            progress.done += len(part)
            progress.errors = [*progress.errors, *errors][:KEPT_ERRORS]

    async def _load(
        self, session: AsyncSession, loader: Loader, each: Checked, progress: CustomerImport, dry_run: bool
    ) -> list[str]:
        """What was wrong. One row that cannot be loaded leaves the others as they are."""
        assert each.record is not None
        outcome = "same"
        try:
            async with session.begin_nested():
                outcome = await loader.load(session, each.record)
                await session.flush()
                if dry_run:
                    raise _Undo
        except Wrong as wrong:
            return [str(wrong)]
        except IntegrityError:
            return ["与系统中已有的数据冲突"]
        except _Undo:
            session.expire_all()
            await session.refresh(progress)
        setattr(progress, outcome, getattr(progress, outcome) + 1)
        return []
