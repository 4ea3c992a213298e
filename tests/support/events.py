"""Writes events as the ACD would publish them: one stream, numbered, a second apart unless told otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from acd.contracts.events import EVENT, Event

NOON = datetime(2026, 11, 18, 4, tzinfo=UTC)
"""A Wednesday, 12:00 in Shanghai."""


@dataclass(slots=True)
class Stream:
    """`add` returns the next event and remembers it."""

    at: datetime = NOON
    stream: UUID = field(default_factory=uuid4)
    events: list[Event] = field(default_factory=list)

    def add(self, event_type: str, seconds: float = 1, **fields: Any) -> Event:
        """`seconds` pass before it happens."""
        self.at += timedelta(seconds=seconds)
        head = {"event_id": uuid4(), "stream": self.stream, "seq": len(self.events) + 1, "at": self.at, "node": "n1"}
        event = EVENT.validate_python({"type": event_type, **head, **fields})
        self.events.append(event)
        return event

    def answered_call(self, call_id: str, agent: str = "8001", number: str = "13900000001") -> list[Event]:
        """From the first ring to the end: 9 s wait, 60 s talk, satisfied."""
        start = len(self.events)
        self.add("call.offered", call_id=call_id, direction="inbound", did="10010", caller_number=number)
        self.add("call.ivr_answered", call_id=call_id)
        self.add("call.identified", call_id=call_id, customer_id="C000001", auth_level=1)
        self.add("call.ivr_visited", 5, call_id=call_id, menu_node="menu/main", key="0", outcome="agent")
        self.add("call.agent_requested", call_id=call_id, queue="general", reason="key")
        self.add("call.ivr_left", call_id=call_id, outcome="agent")
        self.add("call.queued", call_id=call_id, queue="general", priority=0, position=1)
        self.add("call.agent_ringing", 4, call_id=call_id, queue="general", agent_id=agent, decision="idle longest")
        self.add("call.connected", 5, call_id=call_id, queue="general", agent_id=agent, wait_ms=9000, ring_ms=5000)
        self.add("call.held", 20, call_id=call_id, agent_id=agent)
        self.add("call.resumed", 10, call_id=call_id, agent_id=agent, hold_ms=10_000)
        self.add("call.surveyed", 50, call_id=call_id, agent_id=agent, satisfaction=1)
        self.add(
            "call.ended", call_id=call_id, hangup_side="agent", hangup_cause=16, talk_ms=60_000, hold_ms=10_000,
            agent_id=agent,
        )  # fmt: skip
        return self.events[start:]

    def abandoned_call(self, call_id: str, number: str = "13900000001") -> list[Event]:
        """Thirty seconds in the queue `bill`, then the customer puts the receiver down."""
        start = len(self.events)
        self.add("call.offered", call_id=call_id, direction="inbound", did="10010", caller_number=number)
        self.add("call.queued", call_id=call_id, queue="bill", priority=0, position=1)
        self.add("call.abandoned", 30, call_id=call_id, stage="queue", queue="bill", wait_ms=30_000)
        self.add("call.ended", call_id=call_id, hangup_side="customer", hangup_cause=16)
        return self.events[start:]

    def agent_states(self, agent: str, states: Iterable[tuple[str, float, str | None]]) -> list[Event]:
        """(state, seconds until the next one, call id); the first follows being signed out."""
        start = len(self.events)
        previous, since = "logged_out", self.at
        wait = 1.0
        for state, seconds, call_id in states:
            event = self.add(
                "agent.state_changed", wait, agent_id=agent, state=state, since=self.at + timedelta(seconds=wait),
                call_id=call_id, previous_state=previous, previous_since=since,
            )  # fmt: skip
            previous, since, wait = state, event.at, seconds
        return self.events[start:]
