"""Who had the caller, one stint after the other: what makes the figures of agents add up to the whole. Pure.

The sums over a call's legs are the call's talk and hold time, always. Who only joins a conference has no stint until
the others leave: the call is still the first one's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from acd.contracts.events import (
    CallConnected,
    CallConsultOver,
    CallEnded,
    CallEvent,
    CallResumed,
    CallTakenOver,
    CallTransferred,
)
from acd.contracts.vocabulary import TargetKind


@dataclass(slots=True)
class Leg:
    call_id: str
    number: int
    """1 is who answered first."""
    agent_no: str
    queue: str | None
    connected_at: datetime
    ended_at: datetime | None = None
    wait_ms: int = 0
    talk_ms: int = 0
    hold_ms: int = 0
    consult_ms: int = 0

    def close(self, at: datetime) -> None:
        if self.ended_at is None:
            self.ended_at = at
            self._count()

    def was_away(self, hold_ms: int = 0, consult_ms: int = 0) -> None:
        """The customer heard music; may be told after the stint is over, in the same moment."""
        self.hold_ms += hold_ms
        self.consult_ms += consult_ms
        self._count()

    def _count(self) -> None:
        if self.ended_at is not None:
            length = round((self.ended_at - self.connected_at).total_seconds() * 1000)
            self.talk_ms = max(0, length - self.hold_ms - self.consult_ms)


class _Stints:
    """The legs so far, folded event by event."""

    def __init__(self) -> None:
        self.legs: list[Leg] = []

    def read(self, event: CallEvent) -> None:
        match event:
            case CallConnected():
                self._joined(event, event.agent_id, event.queue, event.wait_ms)
            case CallTakenOver():
                self._joined(event, event.supervisor, self.legs[-1].queue if self.legs else None)
            case CallTransferred():
                self._transferred(event)
            case CallResumed():
                if (leg := self._latest(event.agent_id)) is not None:
                    leg.was_away(hold_ms=event.hold_ms)
            case CallConsultOver():
                if (leg := self._latest(event.agent_id)) is not None:
                    leg.was_away(consult_ms=event.consult_ms)
            case CallEnded():
                self._ended(event)
            case _:
                pass

    def _latest(self, agent_no: str) -> Leg | None:
        return next((leg for leg in reversed(self.legs) if leg.agent_no == agent_no), None)

    def _open(self, agent_no: str) -> Leg | None:
        leg = self._latest(agent_no)
        return leg if leg is not None and leg.ended_at is None else None

    def _joined(self, event: CallEvent, agent_no: str, queue: str | None, wait_ms: int = 0) -> None:
        for leg in self.legs:
            if leg.agent_no != agent_no:
                leg.close(event.at)
        if self._open(agent_no) is None:
            self.legs.append(Leg(event.call_id, len(self.legs) + 1, agent_no, queue, event.at, wait_ms=wait_ms))

    def _transferred(self, event: CallTransferred) -> None:
        if (leg := self._open(event.by)) is not None:
            leg.close(event.at)
        if event.kind == "attended" and event.to_kind is TargetKind.AGENT:
            self._joined(event, event.to, leg.queue if leg else None)

    def _ended(self, event: CallEnded) -> None:
        """What the ACD counted holds; the last one has what the others have not."""
        if not self.legs:
            return
        last = self.legs[-1]
        for leg in self.legs:
            leg.close(event.at)
        last.hold_ms = max(0, event.hold_ms - sum(leg.hold_ms for leg in self.legs[:-1]))
        last.talk_ms = max(0, event.talk_ms - sum(leg.talk_ms for leg in self.legs[:-1]))


def legs_of(events: Iterable[CallEvent]) -> list[Leg]:
    """The stints of one call; `events` in order of time."""
    stints = _Stints()
    for event in events:
        stints.read(event)
    return stints.legs


def totals(legs: Sequence[Leg]) -> tuple[int, int]:
    """Talk and hold of the call."""
    return sum(leg.talk_ms for leg in legs), sum(leg.hold_ms for leg in legs)
