"""Queries on messages."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.messages.models import Message, SinkText, SmsSurvey


async def by_id(session: AsyncSession, message_id: str) -> Message | None:
    """Kept from others until the commit."""
    return await session.get(Message, message_id, with_for_update=True)


async def due(session: AsyncSession, now: datetime, limit: int) -> Sequence[Message]:
    """Those to look at now, oldest first, without those another replica has just taken."""
    query = select(Message).where(Message.due_at <= now).order_by(Message.due_at).limit(limit)
    return (await session.scalars(query.with_for_update(skip_locked=True))).all()


async def by_gateway_id(session: AsyncSession, gateway_id: str) -> Message | None:
    query = select(Message).where(Message.gateway_id == gateway_id).with_for_update()
    found: Message | None = await session.scalar(query.order_by(Message.created_at.desc()).limit(1))
    return found


async def page(
    session: AsyncSession, customer_id: str | None, call_id: str | None, state: str | None, limit: int
) -> Sequence[Message]:
    """Latest first."""
    query = select(Message)
    if customer_id is not None:
        query = query.where(Message.customer_id == customer_id)
    if call_id is not None:
        query = query.where(Message.call_id == call_id)
    if state is not None:
        query = query.where(Message.state == state)
    return (await session.scalars(query.order_by(Message.created_at.desc()).limit(limit))).all()


async def sink_texts(session: AsyncSession, number: str, limit: int) -> Sequence[SinkText]:
    query = select(SinkText).where(SinkText.number == number).order_by(SinkText.text_id.desc()).limit(limit)
    return (await session.scalars(query)).all()


async def is_due(session: AsyncSession, now: datetime) -> bool:
    return await session.scalar(select(Message.message_id).where(Message.due_at <= now).limit(1)) is not None


async def asked_since(session: AsyncSession, number: str, customer_id: str | None, since: datetime) -> bool:
    """Whether this telephone, or this customer on another one, was asked by SMS."""
    who = SmsSurvey.number == number
    if customer_id is not None:
        who = or_(who, SmsSurvey.customer_id == customer_id)
    found = await session.scalar(select(SmsSurvey.call_id).where(who, SmsSurvey.asked_at > since).limit(1))
    return found is not None


async def open_survey(session: AsyncSession, number: str, since: datetime) -> SmsSurvey | None:
    """The last question this telephone has not answered."""
    query = select(SmsSurvey).where(
        SmsSurvey.number == number, SmsSurvey.asked_at > since, SmsSurvey.answered_at.is_(None)
    )
    found: SmsSurvey | None = await session.scalar(query.order_by(SmsSurvey.asked_at.desc()).limit(1).with_for_update())
    return found


async def forget_before(session: AsyncSession, at: datetime) -> None:
    for table, column in ((Message, Message.created_at), (SinkText, SinkText.at), (SmsSurvey, SmsSurvey.asked_at)):
        await session.execute(delete(table).where(column < at))
