"""Queries on emergency cases."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.emergency.models import EmergencyCase


async def open_case(session: AsyncSession, product_id: str, kind: str) -> EmergencyCase | None:
    """The latest one that has not ended."""
    found: EmergencyCase | None = await session.scalar(
        select(EmergencyCase)
        .where(EmergencyCase.product_id == product_id, EmergencyCase.kind == kind, EmergencyCase.ended_at.is_(None))
        .order_by(EmergencyCase.at.desc())
        .limit(1)
    )
    return found


async def last_case(session: AsyncSession, product_id: str, kind: str) -> EmergencyCase | None:
    found: EmergencyCase | None = await session.scalar(
        select(EmergencyCase)
        .where(EmergencyCase.product_id == product_id, EmergencyCase.kind == kind)
        .order_by(EmergencyCase.at.desc())
        .limit(1)
    )
    return found


async def restores_over(session: AsyncSession, now: datetime) -> Sequence[int]:
    found = await session.scalars(
        select(EmergencyCase.case_id).where(
            EmergencyCase.kind == "restore", EmergencyCase.ended_at.is_(None), EmergencyCase.until <= now
        )
    )
    return found.all()
