"""The survey by SMS: asked when the one on the telephone was not answered (requirements.md 4.8), and its answers."""

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.events import CallEnded, CallSurveyed, Event
from acd.contracts.ids import CallId
from agent_api import effects
from agent_api.calls import service as calls
from agent_api.calls.projection import CallStory
from agent_api.customers.rules import normal_number
from agent_api.messages import repository, service
from agent_api.messages.models import SmsSurvey
from agent_api.messages.outgoing import Channel, Outgoing, Route

MOBILE = re.compile(r"1[3-9][0-9]{9}")
ONE_IN = timedelta(hours=24)
"""No more than one survey a customer in this time, however it is asked."""
FRESH = timedelta(minutes=10)
"""Calls that ended longer ago come from a backlog: nobody wants to be asked about yesterday."""
ANSWER_WITHIN = timedelta(hours=72)


def worth_asking(story: CallStory, now: datetime) -> bool:
    """An agent helped, nobody was asked on the telephone or nobody answered, and a telephone can read. Pure."""
    return (
        story.direction == "inbound"
        and story.connected_at is not None
        and story.satisfaction is None
        and story.ended_at is not None
        and now - story.ended_at < FRESH
        and MOBILE.fullmatch(normal_number(story.caller_number)) is not None
    )


async def ask_after(
    session: AsyncSession, events: Iterable[Event], stories: dict[str, CallStory], now: datetime
) -> None:
    """For calls that ended in these events."""
    for event in events:
        story = stories.get(event.call_id) if isinstance(event, CallEnded) else None
        if story is not None and worth_asking(story, now):
            await _ask(session, story, now)


async def _ask(session: AsyncSession, story: CallStory, now: datetime) -> None:
    number = normal_number(story.caller_number)
    if await repository.asked_since(session, number, story.customer_id, now - ONE_IN):
        return
    if story.customer_id and await calls.surveyed_since(session, story.customer_id, now - ONE_IN):
        return
    session.add(SmsSurvey(call_id=story.call_id, customer_id=story.customer_id, number=number, asked_at=now))
    question = Outgoing(
        "survey.ask",
        (Route(Channel.SMS, number),),
        customer_id=story.customer_id,
        call_id=story.call_id,
        expires_at=now + FRESH,
    )
    await service.queue(session, question, now)


async def answer(session: AsyncSession, number: str, text: str, now: datetime, zone: ZoneInfo) -> bool:
    """A customer's text. False when it answers no survey of ours."""
    grade = text.strip()[:1]
    if grade not in ("1", "2", "3"):
        return False
    asked = await repository.open_survey(session, normal_number(number), now - ANSWER_WITHIN)
    if asked is None:
        return False
    asked.answered_at, asked.answer = now, int(grade)
    # Kept as an event like one from the telephone, so that a rebuild of the figures knows it.
    event = CallSurveyed(
        event_id=uuid4(), stream=uuid4(), seq=1, at=now, call_id=CallId(asked.call_id), satisfaction=int(grade)
    )
    await effects.apply(session, [event], zone)
    return True
