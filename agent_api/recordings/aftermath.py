"""What the intake makes of the ACD's word on recordings, in its transaction: one row a call, ready for the worker."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.events import CallRecordingChanged, Event
from acd.contracts.vocabulary import RecordingState
from agent_api.effects import Applied
from agent_api.recordings import repository
from agent_api.recordings.models import Recording
from agent_api.recordings.states import RecordingStage

SETTLES = timedelta(seconds=2)
"""Asterisk closes the file a moment after the leg is gone."""


class RecordingAftermath:
    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock

    async def __call__(self, session: AsyncSession, events: Sequence[Event], applied: Applied) -> None:
        """In whatever order they come, the end is the same."""
        for event in events:
            if isinstance(event, CallRecordingChanged) and str(event.event_id) in applied.new_ids:
                await self._note(session, event)

    async def _note(self, session: AsyncSession, event: CallRecordingChanged) -> None:
        row = await repository.by_call(session, event.call_id)
        if row is None:
            row = begun(event.call_id, event.node, event.file, event.at)
            session.add(row)
        row.started_at = min(row.started_at, event.at)
        if event.state is RecordingState.STOPPED and row.state == RecordingStage.RECORDING:
            over(row, event.at, self._clock() + SETTLES)


def begun(call_id: str, node: str, file: str, at: datetime) -> Recording:
    return Recording(
        call_id=call_id, node=node, file=file, state=RecordingStage.RECORDING.value, agents=[], pauses=[], started_at=at
    )


def over(row: Recording, at: datetime, due_at: datetime) -> None:
    row.state, row.ended_at, row.due_at = RecordingStage.WAITING.value, at, due_at
