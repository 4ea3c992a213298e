"""What must survive a kill: the last events for replay, and every open call, agent and attempt.

One writer thread with its own SQLite connection; events go to the bus only when they are written, so that whatever a
reader has missed can be had again. Without a disk the events still go out, and the health page says so.
"""

import logging
import queue
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from pydantic import BaseModel, TypeAdapter, ValidationError

from acd.contracts.events import Event
from acd.contracts.routing import RoutingTable
from acd.contracts.topics import event_topic
from acd.core.agents.agent import Agent
from acd.core.callbacks.promise import Promise
from acd.core.callers.contact import Contact
from acd.core.calls.call import Call
from acd.core.effects import Kind
from acd.core.outbound.attempt import Attempt

log = logging.getLogger(__name__)

SCHEMA = """
CREATE TABLE IF NOT EXISTS event (
  id INTEGER PRIMARY KEY, stream TEXT NOT NULL, seq INTEGER NOT NULL, topic TEXT NOT NULL, payload BLOB NOT NULL);
CREATE UNIQUE INDEX IF NOT EXISTS event_seq ON event (stream, seq);
CREATE TABLE IF NOT EXISTS record (
  kind TEXT NOT NULL, key TEXT NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (kind, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS mark (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
ALIVE_AT = "alive_at"
MARK_EVERY = timedelta(milliseconds=500)
CALL, AGENT, ATTEMPT = TypeAdapter(Call), TypeAdapter(Agent), TypeAdapter(Attempt)
PROMISE = TypeAdapter(Promise)
CONTACT, TABLE, CLOSED = TypeAdapter(Contact), TypeAdapter(RoutingTable), TypeAdapter(str)
RECORDS: dict[Kind, TypeAdapter[Any]] = {
    Kind.CALL: CALL,
    Kind.AGENT: AGENT,
    Kind.ATTEMPT: ATTEMPT,
    Kind.PROMISE: PROMISE,
    Kind.CONTACT: CONTACT,
    Kind.TABLE: TABLE,
    Kind.CLOSED: CLOSED,
}
RecordT = TypeVar("RecordT")


@dataclass(slots=True)
class Outgoing:
    """One message for the bus."""

    topic: str
    payload: bytes
    retain: bool = False


@dataclass(slots=True)
class Batch:
    """Everything one burst of facts came to. Encoded by the writer thread; all records are immutable."""

    at: datetime
    events: list[Event] = field(default_factory=list)
    shows: dict[str, BaseModel | None] = field(default_factory=dict)
    records: dict[tuple[Kind, str], object | None] = field(default_factory=dict)

    def empty(self) -> bool:
        return not (self.events or self.shows or self.records)


@dataclass(slots=True)
class Remembered:
    calls: list[Call]
    agents: list[Agent]
    attempts: list[Attempt]
    alive_at: datetime | None
    promises: list[Promise] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    tables: list[RoutingTable] = field(default_factory=list)
    """One, or none when no table was ever sent."""
    closed_queues: list[str] = field(default_factory=list)


class Journal:
    def __init__(self, path: Path, keep_events: int, on_written: Callable[[list[Outgoing]], None]) -> None:
        """`on_written` is called in the writer thread with what may now be published."""
        self._path, self._keep, self._on_written = path, keep_events, on_written
        self._inbox: queue.SimpleQueue[Batch | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="journal", daemon=True)
        self._marked_at = datetime.min.replace(tzinfo=UTC)
        self.detail = "ok"

    def open(self) -> Remembered:
        """Create or open the file, read what was left behind, start writing. Raises sqlite3.Error or OSError."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._connect() as connection:
            connection.executescript(SCHEMA)
            remembered = _read(connection)
        connection.close()
        self._thread.start()
        return remembered

    def post(self, batch: Batch) -> None:
        self._inbox.put(batch)

    def backlog(self) -> int:
        return self._inbox.qsize()

    def close(self) -> None:
        """Write what is left."""
        self._inbox.put(None)
        self._thread.join(timeout=5)

    def events_after(self, stream: UUID, seq: int) -> list[Outgoing] | None:
        """Events of a stream for replay, None when the journal knows nothing of it. Blocks: call it in a thread."""
        connection = self._connect()
        try:
            rows = connection.execute(
                "SELECT topic, payload FROM event WHERE stream = ? AND seq > ? ORDER BY seq", (str(stream), seq)
            ).fetchall()
            known = connection.execute("SELECT 1 FROM event WHERE stream = ? LIMIT 1", (str(stream),)).fetchone()
        finally:
            connection.close()
        return [Outgoing(topic, payload) for topic, payload in rows] if known else None

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=5)
        # WAL without a sync per commit: a killed process loses nothing, a power cut the last moments.
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection

    def _run(self) -> None:
        connection = self._connect()
        written, closing = 0, False
        while not closing:
            batches = [self._inbox.get()]
            while not self._inbox.empty():
                batches.append(self._inbox.get())
            closing = None in batches
            outgoing = [message for batch in batches if batch is not None for message in self._write(connection, batch)]
            self._on_written(outgoing)
            written += len(outgoing)
            if written > self._keep // 20:
                written = 0
                self._trim(connection)
        connection.close()

    def _write(self, connection: sqlite3.Connection, batch: Batch) -> list[Outgoing]:
        sealed = [(event, Outgoing(event_topic(event), event.model_dump_json().encode())) for event in batch.events]
        shows = [Outgoing(topic, _seal(shown), retain=True) for topic, shown in batch.shows.items()]
        try:
            with connection:
                connection.executemany(
                    "INSERT OR IGNORE INTO event (stream, seq, topic, payload) VALUES (?, ?, ?, ?)",
                    [(str(event.stream), event.seq, sent.topic, sent.payload) for event, sent in sealed],
                )
                for (kind, key), record in batch.records.items():
                    _write_record(connection, kind, key, record)
                self._mark_alive(connection, batch.at, bool(batch.events))
            self.detail = "ok"
        except sqlite3.Error as error:
            self.detail = f"journal cannot be written: {error}"
            log.error("journal cannot be written", extra={"reason": str(error)})
        return [sent for _, sent in sealed] + shows

    def _mark_alive(self, connection: sqlite3.Connection, at: datetime, events: bool) -> None:
        if events or at - self._marked_at >= MARK_EVERY:
            connection.execute("INSERT OR REPLACE INTO mark VALUES (?, ?)", (ALIVE_AT, at.isoformat()))
            self._marked_at = at

    def _trim(self, connection: sqlite3.Connection) -> None:
        try:
            with connection:
                connection.execute("DELETE FROM event WHERE id <= (SELECT max(id) FROM event) - ?", (self._keep,))
        except sqlite3.Error as error:
            log.error("journal cannot be trimmed", extra={"reason": str(error)})


def _seal(shown: BaseModel | None) -> bytes:
    """An empty payload is how a broker is told to forget what it retains."""
    return b"" if shown is None else shown.model_dump_json().encode()


def _write_record(connection: sqlite3.Connection, kind: Kind, key: str, record: object | None) -> None:
    if record is None:
        connection.execute("DELETE FROM record WHERE kind = ? AND key = ?", (kind, key))
    else:
        payload = RECORDS[kind].dump_json(record)
        connection.execute("INSERT OR REPLACE INTO record VALUES (?, ?, ?)", (kind, key, payload))


def _read(connection: sqlite3.Connection) -> Remembered:
    mark = connection.execute("SELECT value FROM mark WHERE name = ?", (ALIVE_AT,)).fetchone()
    return Remembered(
        calls=_records(connection, Kind.CALL, CALL),
        agents=_records(connection, Kind.AGENT, AGENT),
        attempts=_records(connection, Kind.ATTEMPT, ATTEMPT),
        alive_at=datetime.fromisoformat(mark[0]) if mark else None,
        promises=_records(connection, Kind.PROMISE, PROMISE),
        contacts=sorted(_records(connection, Kind.CONTACT, CONTACT), key=lambda contact: contact.at),
        tables=_records(connection, Kind.TABLE, TABLE),
        closed_queues=_records(connection, Kind.CLOSED, CLOSED),
    )


def _records(connection: sqlite3.Connection, kind: Kind, adapter: TypeAdapter[RecordT]) -> list[RecordT]:
    """A record that an older version wrote and this one cannot read is left out: the resync finds what is alive."""
    found = []
    for key, payload in connection.execute("SELECT key, payload FROM record WHERE kind = ?", (kind,)):
        try:
            found.append(adapter.validate_json(payload))
        except ValidationError:
            log.error("a record of the journal cannot be read", extra={"kind": kind, "key": key})
    return found
