"""The hub of the live connections: numbers messages, keeps the last ones for resuming, drops who cannot keep up.

Everything here is synchronous, so that a client's snapshot and the messages after it leave no hole. Sockets are in
live_socket.py.
"""

import asyncio
import json
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from acd.contracts.events import CallOffered, Event
from acd.contracts.snapshots import AgentSnapshot, QueueSnapshot
from agent_api.agents.board import Board
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.live_view import CALL_IS_OVER
from agent_api.masking import mask_number
from agent_api.observe import Metrics

Json = dict[str, Any]
KEPT_MESSAGES = 2000
CLIENT_QUEUE = 500


@dataclass(frozen=True, slots=True)
class Message:
    """One numbered message, written once for everybody. `own` is what the agent concerned gets instead."""

    event_id: int
    text: str
    owner: str | None = None
    own: str | None = None
    center_id: str | None = None
    """Agent states: who sees this centre sees them."""
    open_to_all: bool = False


class Client:
    """One live connection's place in the hub."""

    def __init__(self, who: Principal, size: int) -> None:
        self.who = who
        self.sees_calls = who.may(Permission.WALLBOARD)
        self.outbox: asyncio.Queue[str] = asyncio.Queue(size)
        self.dropped = asyncio.Event()

    def text_of(self, message: Message) -> str | None:
        """What this viewer may see of a message."""
        if message.owner == self.who.agent_no:
            return message.own or message.text
        if message.open_to_all:
            return message.text
        if message.center_id is not None:
            return message.text if message.center_id in self.who.visible_centers else None
        return message.text if message.text and self.sees_calls else None


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

    # -- clients ------------------------------------------------------------------------------------------------------

    def join(self, who: Principal, last_event_id: int | None) -> Client:
        """Its outbox starts with what was missed, or with a snapshot when that is no longer known."""
        client = Client(who, self._client_queue)
        missed = None if last_event_id is None else self._after(last_event_id)
        texts = (
            [self.snapshot_text(who)]
            if missed is None
            else [text for message in missed if (text := client.text_of(message)) is not None]
        )
        if len(texts) >= self._client_queue:
            texts = [self.snapshot_text(who)]
        for text in texts:
            client.outbox.put_nowait(text)
        self._clients.add(client)
        self._metrics.live_clients.set(len(self._clients))
        return client

    def leave(self, client: Client) -> None:
        self._clients.discard(client)
        self._metrics.live_clients.set(len(self._clients))

    def snapshot_text(self, who: Principal) -> str:
        agents = [
            snapshot.model_dump(mode="json")
            for agent_no, snapshot in sorted(self._board.agents.items())
            if agent_no == who.agent_no or snapshot.center_id in who.visible_centers
        ]
        queues = [snapshot.model_dump(mode="json") for _, snapshot in sorted(self._board.queues.items())]
        data = {"agents": agents, "queues": queues, "my_call": self._my_calls.get(who.agent_no)}
        return _written({"type": "snapshot", "event_id": self._last_id, "data": data})

    # -- what happens -------------------------------------------------------------------------------------------------

    def agent_state(self, snapshot: AgentSnapshot) -> None:
        self._board.agents[snapshot.agent_id] = snapshot
        if snapshot.state.value in CALL_IS_OVER:
            self._my_calls.pop(snapshot.agent_id, None)
        number = self._next()
        text = _written(
            {"type": "state", "event_id": number, "kind": "agent", "data": snapshot.model_dump(mode="json")}
        )
        self._send(Message(number, text, owner=snapshot.agent_id, center_id=snapshot.center_id))

    def queue_state(self, snapshot: QueueSnapshot) -> None:
        self._board.queues[snapshot.queue] = snapshot
        number = self._next()
        text = _written(
            {"type": "state", "event_id": number, "kind": "queue", "data": snapshot.model_dump(mode="json")}
        )
        self._send(Message(number, text, open_to_all=True))

    def event(self, event: Event, owner: str | None) -> None:
        """`owner` is the agent in the call, who sees it unmasked."""
        number = self._next()
        text = _event_text(number, event)
        if isinstance(event, CallOffered):
            masked = event.model_copy(update={"caller_number": mask_number(event.caller_number)})
            self._send(Message(number, _event_text(number, masked), owner, text))
        else:
            self._send(Message(number, text, owner))

    def pop(self, agent_no: str, call: Json) -> None:
        """Show the call on this agent's screen, and on nobody else's."""
        self._my_calls[agent_no] = call
        number = self._next()
        self._send(Message(number, "", agent_no, _written({"type": "pop", "event_id": number, "call": call})))

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
            text = client.text_of(message)
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


def _event_text(number: int, event: Event) -> str:
    return f'{{"type":"event","event_id":{number},"event":{event.model_dump_json()}}}'


def _written(message: Json) -> str:
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))
