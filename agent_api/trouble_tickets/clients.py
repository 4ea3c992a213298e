"""Other systems as callers: their tokens (made, rotated, taken away), and who they are. Never commits."""

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal, centers_below
from agent_api.errors import Denied, NotFound
from agent_api.trouble_tickets.models import ApiClient

ROLE = "api_client"
OLD_TOKEN_GOOD_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Client:
    """A system that has proved who it is."""

    who: Principal
    rights: frozenset[str]

    def require(self, right: str) -> None:
        if right not in self.rights:
            raise Denied("trouble.no_right", {"right": right})


async def find(session: AsyncSession, token: str, ip: str, now: datetime) -> Client | None:
    hashed = auth.token_hash(token)
    row: ApiClient | None = await session.scalar(
        select(ApiClient).where(
            or_(
                ApiClient.token_hash == hashed,
                and_(ApiClient.old_token_hash == hashed, ApiClient.old_until > now),
            ),
            ApiClient.disabled.is_(False),
        )
    )
    return None if row is None else Client(await principal_of(session, row, ip), frozenset(row.rights))


async def principal_of(session: AsyncSession, row: ApiClient, ip: str = "") -> Principal:
    """A system in the place of a person: sees its centre and all below, has no permission at the desk."""
    center = await auth.center(session, row.center_id)
    visible = centers_below(row.center_id, await auth.parents(session))
    return Principal(row.client_id, row.name, frozenset({ROLE}), center, visible, (), {}, "zh", ip)


async def create(
    session: AsyncSession, name: str, center_id: str, rights: Collection[str], who: Principal, now: datetime
) -> tuple[ApiClient, str]:
    """The new client and its token, which nobody can read again."""
    await auth.center(session, center_id)
    if center_id not in who.visible_centers:
        raise Denied("supervision.not_your_center")
    token = secrets.token_urlsafe(32)
    count = await session.scalar(select(func.count()).select_from(ApiClient)) or 0
    row = ApiClient(
        client_id=f"x{count + 1:05d}",
        name=name,
        center_id=center_id,
        rights=sorted(set(rights)),
        token_hash=auth.token_hash(token),
        created_at=now,
        rotated_at=now,
        disabled=False,
    )
    session.add(row)
    await _note(session, who, "api_client.create", row, now)
    return row, token


async def rotate(session: AsyncSession, client_id: str, who: Principal, now: datetime) -> tuple[ApiClient, str]:
    """A new token; the old one is good for another day, so that the other system can change over.

    One that was taken away does not come back with the new one.
    """
    row = await _own(session, client_id, who)
    token = secrets.token_urlsafe(32)
    row.old_token_hash, row.old_until = (None, None) if row.disabled else (row.token_hash, now + OLD_TOKEN_GOOD_FOR)
    row.token_hash, row.rotated_at, row.disabled = auth.token_hash(token), now, False
    await _note(session, who, "api_client.rotate", row, now)
    return row, token


async def disable(session: AsyncSession, client_id: str, who: Principal, now: datetime) -> None:
    row = await _own(session, client_id, who)
    row.disabled, row.old_token_hash, row.old_until = True, None, None
    await _note(session, who, "api_client.disable", row, now)


async def of_centers(session: AsyncSession, who: Principal) -> Sequence[ApiClient]:
    query = select(ApiClient).where(ApiClient.center_id.in_(who.visible_centers)).order_by(ApiClient.client_id)
    return (await session.scalars(query)).all()


async def _own(session: AsyncSession, client_id: str, who: Principal) -> ApiClient:
    row = await session.get(ApiClient, client_id, with_for_update=True)
    if row is None or row.center_id not in who.visible_centers:
        raise NotFound("api client", client_id)
    return row


async def _note(session: AsyncSession, who: Principal, action: str, row: ApiClient, now: datetime) -> None:
    await audit.record(session, who, action, now, subject="api_client", subject_id=row.client_id)
