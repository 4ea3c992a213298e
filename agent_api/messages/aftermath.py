"""What messages make of events from the telephone, in the intake's transaction: faxes and notices that went
out, calls to ask about. Never sends.
"""

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.events import Event, FaxFinished, NoticeFinished
from agent_api.effects import Applied
from agent_api.errors import NotFound
from agent_api.messages import service, survey, workflow


class MessageAftermath:
    def __init__(self, survey_by_sms: bool, clock: Callable[[], datetime]) -> None:
        self._survey = survey_by_sms
        self._clock = clock

    async def __call__(self, session: AsyncSession, events: Sequence[Event], applied: Applied) -> None:
        """Only what was not known before."""
        new = [event for event in events if str(event.event_id) in applied.new_ids]
        for event in new:
            if isinstance(event, FaxFinished):
                await self._told(session, event.fax_id, event.ok, event.reason or "not sent")
            elif isinstance(event, NoticeFinished):
                await self._told(session, event.notice_id, event.ok, event.reason or "not heard")
        if self._survey:
            await survey.ask_after(session, new, applied.stories, self._clock())

    async def _told(self, session: AsyncSession, message_id: str, ok: bool, reason: str) -> None:
        fact = workflow.Arrived() if ok else workflow.Refused(reason)
        try:
            await service.tell(session, message_id, fact, self._clock())
        except NotFound:
            return  # a fax on the caller's own call, sent by the voice menu
