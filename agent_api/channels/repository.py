"""Queries on written contacts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.channels.models import (
    ContactHit,
    ContactRating,
    ContactSession,
    Interaction,
    InteractionFile,
    InteractionReply,
    InteractionStep,
)
from agent_api.db import total_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page of the inbox."""

    states: tuple[str, ...] = ()
    channel: str = ""
    assigned_to: str = ""
    ticket_no: str = ""


async def by_id(session: AsyncSession, interaction_id: str, for_update: bool = False) -> Interaction | None:
    return await session.get(Interaction, interaction_id, with_for_update=True if for_update else None)


async def by_source(session: AsyncSession, source: str) -> Interaction | None:
    found: Interaction | None = await session.scalar(select(Interaction).where(Interaction.source == source))
    return found


async def page(
    session: AsyncSession, centers: Collection[str], wanted: Wanted, limit: int, offset: int
) -> tuple[Sequence[Interaction], int]:
    """Latest first, and how many there are."""
    query = select(Interaction).where(Interaction.center_id.in_(centers))
    if wanted.states:
        query = query.where(Interaction.state.in_(wanted.states))
    for column, value in (
        (Interaction.channel, wanted.channel),
        (Interaction.assigned_to, wanted.assigned_to),
        (Interaction.ticket_no, wanted.ticket_no),
    ):
        if value:
            query = query.where(column == value)
    newest = query.order_by(Interaction.at.desc(), Interaction.interaction_id.desc())
    rows = (await session.scalars(newest.limit(limit).offset(offset))).all()
    return rows, await total_of(session, query, len(rows), limit, offset)


async def count_by_state(session: AsyncSession, centers: Collection[str]) -> dict[str, int]:
    query = select(Interaction.state, func.count()).where(Interaction.center_id.in_(centers))
    rows = await session.execute(query.group_by(Interaction.state))
    return {row[0]: row[1] for row in rows}


async def of_customer(session: AsyncSession, customer_id: str, limit: int) -> Sequence[Interaction]:
    query = select(Interaction).where(Interaction.customer_id == customer_id)
    return (await session.scalars(query.order_by(Interaction.at.desc()).limit(limit))).all()


async def finished_before(session: AsyncSession, at: datetime, states: Collection[str]) -> Sequence[Interaction]:
    """Those that still say who wrote what."""
    query = select(Interaction).where(
        Interaction.state.in_(states), Interaction.updated_at < at, Interaction.body != ""
    )
    return (await session.scalars(query)).all()


async def of_ticket(session: AsyncSession, ticket_no: str) -> Sequence[Interaction]:
    query = select(Interaction).where(Interaction.ticket_no == ticket_no).order_by(Interaction.at)
    return (await session.scalars(query)).all()


async def by_thread(session: AsyncSession, message_ids: Collection[str]) -> Interaction | None:
    """The latest contact with one of these Message-IDs that became a ticket."""
    query = select(Interaction).where(Interaction.thread.in_(message_ids), Interaction.ticket_no.is_not(None))
    found: Interaction | None = await session.scalar(query.order_by(Interaction.at.desc()).limit(1))
    return found


async def steps(session: AsyncSession, interaction_id: str) -> Sequence[InteractionStep]:
    query = select(InteractionStep).where(InteractionStep.interaction_id == interaction_id)
    return (await session.scalars(query.order_by(InteractionStep.seq))).all()


async def count_steps(session: AsyncSession, interaction_id: str) -> int:
    query = select(func.count()).where(InteractionStep.interaction_id == interaction_id)
    return await session.scalar(query) or 0


async def files(session: AsyncSession, interaction_ids: Collection[str]) -> Sequence[InteractionFile]:
    query = select(InteractionFile).where(InteractionFile.interaction_id.in_(interaction_ids))
    return (await session.scalars(query.order_by(InteractionFile.created_at, InteractionFile.file_id))).all()


async def file(session: AsyncSession, interaction_id: str, file_id: str) -> InteractionFile | None:
    found = await session.get(InteractionFile, file_id)
    return found if found is not None and found.interaction_id == interaction_id else None


async def waiting_files(session: AsyncSession, limit: int) -> Sequence[str]:
    query = select(InteractionFile.file_id).where(InteractionFile.state == "waiting")
    return (await session.scalars(query.order_by(InteractionFile.created_at).limit(limit))).all()


async def replies(session: AsyncSession, interaction_id: str) -> Sequence[InteractionReply]:
    query = select(InteractionReply).where(InteractionReply.interaction_id == interaction_id)
    return (await session.scalars(query.order_by(InteractionReply.drafted_at))).all()


async def reply_of_message(session: AsyncSession, message_id: str) -> InteractionReply | None:
    query = select(InteractionReply).where(InteractionReply.message_id == message_id)
    found: InteractionReply | None = await session.scalar(query)
    return found


async def count_hits(session: AsyncSession, kind: str, subject: str, since: datetime) -> int:
    query = select(func.count()).where(ContactHit.kind == kind, ContactHit.subject == subject, ContactHit.at > since)
    return await session.scalar(query) or 0


async def forget_before(session: AsyncSession, hits: datetime, now: datetime) -> None:
    await session.execute(delete(ContactHit).where(ContactHit.at < hits))
    await session.execute(delete(ContactSession).where(ContactSession.expires_at < now))


async def rating(session: AsyncSession, ticket_no: str) -> ContactRating | None:
    return await session.get(ContactRating, ticket_no)
