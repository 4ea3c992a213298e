"""The journal on a real file: what a new life finds, what a replay brings, what a full disk does."""

import queue
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from acd.adapters.journal import Batch, Journal, Outgoing
from acd.contracts.events import CallOffered
from acd.contracts.ids import AgentId, AttemptId, CallId, ChannelName, NodeName, QueueName
from acd.contracts.vocabulary import AgentState, Direction, HangupSide, PauseReason
from acd.core.agents.agent import Agent
from acd.core.calls.call import Call, CallState
from acd.core.effects import Kind, unnumbered
from acd.core.outbound.attempt import Attempt

pytestmark = pytest.mark.component

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
STREAM = UUID(int=7)
CALL = Call(
    CallId("n1-1.1"),
    NodeName("n1"),
    ChannelName("PJSIP/trunk-1"),
    Direction.INBOUND,
    NOW,
    state=CallState.CONNECTED,
    queue=QueueName("general"),
    queued_at=NOW,
    agent_id=AgentId("8001"),
    connected_at=NOW,
    hangup_side=HangupSide.AGENT,
)
AGENT = Agent(
    AgentId("8001"), NOW, name="王小明", queues=(QueueName("general"),), skills={"general": 5}, state=AgentState.PAUSED,
    reason=PauseReason.MEAL,
)  # fmt: skip
ATTEMPT = Attempt(AttemptId("a1"), NodeName("n1"), "13900000002", "n1-a1", NOW, rang=True)


class Book:
    """A journal and what it allowed to be published."""

    def __init__(self, path: Path, keep: int = 1000) -> None:
        self.written: queue.SimpleQueue[list[Outgoing]] = queue.SimpleQueue()
        self.journal = Journal(path, keep, self.written.put)
        self.remembered = self.journal.open()

    def write(self, batch: Batch) -> list[Outgoing]:
        self.journal.post(batch)
        return self.written.get(timeout=5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "journal.sqlite3"


@pytest.fixture
def book(path: Path) -> Iterator[Book]:
    book = Book(path)
    yield book
    book.journal.close()


def offered(seq: int, stream: UUID = STREAM) -> CallOffered:
    head = unnumbered(NOW) | {"event_id": uuid4(), "stream": stream, "seq": seq}
    return CallOffered(**head, call_id=CallId(f"n1-1.{seq}"), direction=Direction.INBOUND, did="10010")


def records(*changes: tuple[Kind, str, object | None]) -> Batch:
    return Batch(NOW, records={(kind, key): record for kind, key, record in changes})


def test_a_new_life_finds_what_the_last_one_left(path: Path, book: Book) -> None:
    assert not book.remembered.calls
    assert not book.remembered.agents
    assert book.remembered.alive_at is None
    book.write(records((Kind.CALL, "n1-1.1", CALL), (Kind.AGENT, "8001", AGENT), (Kind.ATTEMPT, "a1", ATTEMPT)))
    found = Book(path)
    assert (found.remembered.calls, found.remembered.agents) == ([CALL], [AGENT])
    assert (found.remembered.attempts, found.remembered.alive_at) == ([ATTEMPT], NOW)
    found.journal.close()


def test_what_is_over_is_forgotten(path: Path, book: Book) -> None:
    book.write(records((Kind.CALL, "n1-1.1", CALL)))
    book.write(records((Kind.CALL, "n1-1.1", None)))
    found = Book(path)
    assert found.remembered.calls == []
    found.journal.close()


def test_a_record_nobody_can_read_is_left_out(path: Path, book: Book) -> None:
    book.write(records((Kind.AGENT, "8001", AGENT)))
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO record VALUES ('call', 'old', '{\"shape\": \"of last year\"}')")
    connection.close()
    found = Book(path)
    assert (found.remembered.calls, found.remembered.agents) == ([], [AGENT])
    found.journal.close()


def test_replay(book: Book) -> None:
    published = book.write(Batch(NOW, events=[offered(seq) for seq in range(1, 6)]))
    assert book.journal.events_after(STREAM, 3) == published[3:]
    assert book.journal.events_after(STREAM, 5) == []
    assert book.journal.events_after(UUID(int=8), 0) is None


def test_streams_of_earlier_lives_can_be_replayed(path: Path, book: Book) -> None:
    book.write(Batch(NOW, events=[offered(1)]))
    later = Book(path)
    assert len(later.journal.events_after(STREAM, 0) or []) == 1
    later.journal.close()


def test_an_event_is_published_only_once_it_is_written(path: Path, book: Book) -> None:
    (published,) = book.write(Batch(NOW, events=[offered(1)]))
    with sqlite3.connect(path) as connection:
        row = connection.execute("SELECT topic, payload FROM event").fetchone()
    connection.close()
    assert row == (published.topic, published.payload)
    assert published.topic == "cc/v1/evt/call/n1-1.1/offered"


def test_the_journal_is_bounded(path: Path) -> None:
    book = Book(path, keep=100)
    for first in range(1, 1001, 50):
        book.write(Batch(NOW, events=[offered(seq) for seq in range(first, first + 50)]))
    book.journal.close()
    with sqlite3.connect(path) as connection:
        (count,) = connection.execute("SELECT count(*) FROM event").fetchone()
    connection.close()
    assert 100 <= count <= 200


def test_a_journal_that_cannot_be_written_lets_events_pass_and_says_so(path: Path, book: Book) -> None:
    book.write(Batch(NOW, events=[offered(1)]))
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE event")
    connection.close()
    assert len(book.write(Batch(NOW, events=[offered(2)]))) == 1
    assert "cannot be written" in book.journal.detail


def test_what_is_queued_at_the_end_is_written(path: Path, book: Book) -> None:
    for seq in range(1, 200):
        book.journal.post(Batch(NOW, events=[offered(seq)]))
    book.journal.close()
    assert len(Book(path).journal.events_after(STREAM, 0) or []) == 199
