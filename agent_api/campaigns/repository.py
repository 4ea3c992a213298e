"""Queries on dunning cases and attempts."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.campaigns.models import DunningAttempt, DunningCase


async def case(session: AsyncSession, case_id: str) -> DunningCase | None:
    return await session.get(DunningCase, case_id)


async def cases(session: AsyncSession) -> Sequence[DunningCase]:
    return (await session.scalars(select(DunningCase).order_by(DunningCase.case_id))).all()


async def attempt(session: AsyncSession, attempt_id: str) -> DunningAttempt | None:
    return await session.get(DunningAttempt, attempt_id)


async def attempts(session: AsyncSession, case_id: str, since: datetime | None = None) -> Sequence[DunningAttempt]:
    """Latest first."""
    query = select(DunningAttempt).where(DunningAttempt.case_id == case_id)
    if since is not None:
        query = query.where(DunningAttempt.requested_at >= since)
    return (await session.scalars(query.order_by(DunningAttempt.requested_at.desc()))).all()


async def unfinished(session: AsyncSession, case_id: str, since: datetime) -> Sequence[DunningAttempt]:
    """Attempts of which the end is not known and that are young enough to be under way."""
    found = await session.scalars(
        select(DunningAttempt).where(
            DunningAttempt.case_id == case_id,
            DunningAttempt.code.is_(None),
            DunningAttempt.requested_at >= since,
        )
    )
    return found.all()
