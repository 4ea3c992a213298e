"""The hub of the live connections: numbers messages, keeps the last ones for resuming, drops who cannot keep up.

Everything here is synchronous, so that a client's snapshot and the messages after it leave no hole. Sockets are in
live_socket.py.
"""

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any

from acd.contracts.events import Event
from acd.contracts.snapshots import AgentSnapshot, QueueSnapshot
from agent_api.agents.board import Board, BoardNotice
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.live_messages import (
    ForAll,
    ForOne,
    Message,
    OfAgent,
    OfAlarm,
    OfCall,
    OfCenters,
    OnFloor,
    Told,
    Viewer,
    event_text,
    masked,
    written,
)
from agent_api.live_view import CALL_IS_OVER
from agent_api.observe import Metrics

Json = dict[str, Any]
KEPT_MESSAGES = 2000
CLIENT_QUEUE = 500


class Client(Viewer):
    """One live connection's place in the hub."""

    def __init__(self, who: Principal, size: int, desk: str | None = None, token_hash: str = "") -> None:
        super().__init__(who, desk)
        self.token_hash = token_hash
        """The session it was opened with."""
        self.outbox: asyncio.Queue[str] = asyncio.Queue(size)
        self.dropped = asyncio.Event()
        self.signed_out = asyncio.Event()


class Hub:
    def __init__(self, board: Board, metrics: Metrics, first_id: int, client_queue: int = CLIENT_QUEUE) -> None:
        """`first_id` must grow from one start of the process to the next, so that old ids are seen to be old."""
        self._board = board
        self._metrics = metrics
        self._last_id = first_id
        self._kept: deque[Message] = deque(maxlen=KEPT_MESSAGES)
        self._clients: set[Client] = set()
        self._client_queue = client_queue
        self._my_calls: dict[str, Json] = {}
        self._desks: dict[str, str] = {}
        """Agent to the session signed in."""

    # -- clients ------------------------------------------------------------------------------------------------------

    def join(self, who: Principal, last_event_id: int | None, desk: str | None = None, token_hash: str = "") -> Client:
        """Its outbox starts with what was missed, or with a snapshot when that is no longer known."""
        client = Client(who, self._client_queue, desk, token_hash)
        missed = None if last_event_id is None else self._after(last_event_id)
        texts = (
            [self._snapshot_text(client)]
            if missed is None
            else [text for message in missed if (text := message.text_of(client)) is not None]
        )
        if len(texts) >= self._client_queue:
            texts = [self._snapshot_text(client)]
        for text in texts:
            client.outbox.put_nowait(text)
        self._clients.add(client)
        self._metrics.live_clients.set(len(self._clients))
        return client

    def leave(self, client: Client) -> None:
        self._clients.discard(client)
        self._metrics.live_clients.set(len(self._clients))

    def clients(self) -> list[Client]:
        return list(self._clients)

    def end(self, client: Client) -> None:
        """Its session is over: nothing more for it."""
        self.leave(client)
        _empty(client.outbox)
        client.signed_out.set()

    def rescope(self, client: Client, who: Principal) -> None:
        """What was waiting for it was meant for its old rights."""
        client.see_as(who)
        _empty(client.outbox)
        client.outbox.put_nowait(written({"type": "rights", "event_id": self._last_id}))
        client.outbox.put_nowait(self._snapshot_text(client))

    def snapshot_text(self, who: Principal) -> str:
        return self._snapshot_text(Viewer(who))

    def _snapshot_text(self, viewer: Viewer) -> str:
        board, who = self._board, viewer.who
        data = {
            "agents": [
                snapshot.model_dump(mode="json")
                for agent_no, snapshot in sorted(board.agents.items())
                if agent_no == who.agent_no or viewer.sees_center(snapshot.center_id)
            ],
            "queues": [snapshot.model_dump(mode="json") for _, snapshot in sorted(board.queues.items())],
            "my_call": self._my_calls.get(who.agent_no),
            "calls": [row for _, row in sorted(board.calls.items()) if viewer.sees_row(row)],
            "notices": [each.content for _, each in sorted(board.notices.items()) if viewer.is_told(each)],
        }
        return written({"type": "snapshot", "event_id": self._last_id, "data": data})

    # -- what happens -------------------------------------------------------------------------------------------------

    def agent_state(self, snapshot: AgentSnapshot) -> None:
        self._board.agents[snapshot.agent_id] = snapshot
        if snapshot.state.value in CALL_IS_OVER:
            self._my_calls.pop(snapshot.agent_id, None)
        number = self._next()
        text = written({"type": "state", "event_id": number, "kind": "agent", "data": snapshot.model_dump(mode="json")})
        self._send(OfAgent(number, text, snapshot.agent_id, snapshot.center_id))
        if snapshot.session:
            self.desk_of(snapshot.agent_id, snapshot.session)

    def queue_state(self, snapshot: QueueSnapshot) -> None:
        self._board.queues[snapshot.queue] = snapshot
        number = self._next()
        text = written({"type": "state", "event_id": number, "kind": "queue", "data": snapshot.model_dump(mode="json")})
        self._send(ForAll(number, text))

    def event(self, event: Event, owner: str | None) -> None:
        """`owner` is the agent in the call, who sees it unmasked."""
        number = self._next()
        own, shown = event_text(number, event), masked(event)
        self._send(OfCall(number, own if shown is event else event_text(number, shown), owner, own))

    def pop(self, agent_no: str, call: Json) -> None:
        """Show the call on this agent's screen, and on nobody else's."""
        self._my_calls[agent_no] = call
        number = self._next()
        self._send(ForOne(number, written({"type": "pop", "event_id": number, "call": call}), agent_no))

    def floor_call(self, call_id: str, row: Json | None) -> None:
        """A call as the floor shows it now; None when it has left the floor."""
        before = self._board.calls.get(call_id)
        if row == before:
            return
        if row is None:
            del self._board.calls[call_id]
        else:
            self._board.calls[call_id] = row
        number = self._next()
        head = {"type": "call", "event_id": number, "call_id": call_id}
        self._send(OnFloor(number, before, row, written(head | {"call": row}), written(head | {"call": None})))

    def notice(self, notice_id: str, notice: BoardNotice) -> None:
        """A supervisor's word to the desks."""
        if notice_id in self._board.notices:
            return
        self._board.notices[notice_id] = notice
        number = self._next()
        text = written({"type": "notice", "event_id": number, "notice": notice.content})
        self._send(Told(number, text, notice))

    def notice_over(self, notice_id: str) -> None:
        notice = self._board.notices.pop(notice_id)
        number = self._next()
        self._send(Told(number, written({"type": "notice_over", "event_id": number, "id": notice_id}), notice))

    def alarm(self, center_id: str, content: Json) -> None:
        """Somebody of this centre looked at a customer without a reason; what was missed is on the page of alarms."""
        number = self._next()
        text = written({"type": "alarm", "event_id": number, "alarm": content})
        self._send(OfAlarm(number, text, center_id))

    def work_changed(self, centers: Iterable[str]) -> None:
        """Tickets or orders of these centres moved: whoever looks at the board of work reads it again."""
        number = self._next()
        text = written({"type": "changed", "event_id": number, "subject": "work"})
        self._send(OfCenters(number, text, Permission.WORK_READ, frozenset(centers)))

    def dead_letter(self, center_id: str, ticket_no: str, code: str) -> None:
        """A message to another centre did not arrive, or was refused."""
        number = self._next()
        head = {"type": "dead_letter", "event_id": number, "center_id": center_id}
        text = written(head | {"ticket_no": ticket_no, "code": code})
        self._send(OfCenters(number, text, Permission.EXCHANGE_READ, frozenset({center_id})))

    def ticket_alert(self, agent_no: str, alert: Json) -> None:
        """One person should know something about a ticket."""
        number = self._next()
        self._send(ForOne(number, written({"type": "ticket_alert", "event_id": number, "alert": alert}), agent_no))

    def desk_of(self, agent_no: str, session: str) -> None:
        """The agent is signed in at this desk now; open desks of the agent that are others are told."""
        if self._desks.get(agent_no) == session:
            return
        self._desks[agent_no] = session
        number = self._next()
        text = written({"type": "moved", "event_id": number, "session": session})
        self._send(ForOne(number, text, agent_no, but_desk=session))

    def mention(self, agent_no: str, mention: Json) -> None:
        """Somebody wrote @ and this agent's number."""
        number = self._next()
        self._send(ForOne(number, written({"type": "mention", "event_id": number, "mention": mention}), agent_no))

    def call_on_screen(self, agent_no: str) -> str | None:
        call = self._my_calls.get(agent_no)
        return None if call is None else str(call["call_id"])

    # -- inside -------------------------------------------------------------------------------------------------------

    def _next(self) -> int:
        self._last_id += 1
        return self._last_id

    def _send(self, message: Message) -> None:
        self._kept.append(message)
        for client in list(self._clients):
            text = message.text_of(client)
            if text is None:
                continue
            try:
                client.outbox.put_nowait(text)
            except asyncio.QueueFull:
                client.dropped.set()
                self.leave(client)
                self._metrics.live_dropped.inc()

    def _after(self, event_id: int) -> Iterator[Message] | None:
        """Messages after this one, or None when some of them are no longer kept."""
        oldest = self._kept[0].event_id if self._kept else self._last_id + 1
        if not oldest - 1 <= event_id <= self._last_id:
            return None
        return (message for message in self._kept if message.event_id > event_id)


def _empty(outbox: asyncio.Queue[str]) -> None:
    while not outbox.empty():
        outbox.get_nowait()
