"""Queries on articles."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.knowledge.models import Article, ArticleRequest, ArticleUse, ArticleVersion, SynonymGroup


async def article(session: AsyncSession, article_id: str) -> Article | None:
    return await session.get(Article, article_id)


async def articles(session: AsyncSession, centers: Collection[str]) -> Sequence[Article]:
    query = select(Article).where(Article.center_id.in_(centers)).order_by(Article.category, Article.article_id)
    return (await session.scalars(query)).all()


async def of_topic(session: AsyncSession, topic: str, language: str, centers: Collection[str]) -> Sequence[Article]:
    query = select(Article).where(Article.topic == topic, Article.language == language)
    return (await session.scalars(query.where(Article.center_id.in_(centers)))).all()


async def versions(session: AsyncSession, article_id: str) -> Sequence[ArticleVersion]:
    """Latest first."""
    query = select(ArticleVersion).where(ArticleVersion.article_id == article_id)
    return (await session.scalars(query.order_by(ArticleVersion.version.desc()))).all()


async def versions_of(session: AsyncSession, article_ids: Collection[str]) -> Sequence[ArticleVersion]:
    """Latest first."""
    query = select(ArticleVersion).where(ArticleVersion.article_id.in_(article_ids))
    return (await session.scalars(query.order_by(ArticleVersion.version.desc()))).all()


async def version(session: AsyncSession, article_id: str, number: int) -> ArticleVersion | None:
    return await session.get(ArticleVersion, (article_id, number))


async def released_since(session: AsyncSession, since: datetime | None) -> Sequence[tuple[Article, ArticleVersion]]:
    """Released versions that changed since then; all of them for None."""
    query = select(Article, ArticleVersion).join(Article, Article.article_id == ArticleVersion.article_id)
    query = query.where(ArticleVersion.state == "released")
    if since is not None:
        query = query.where(ArticleVersion.changed_at >= since)
    found = await session.execute(query.order_by(ArticleVersion.article_id, ArticleVersion.version))
    return [(row[0], row[1]) for row in found]


async def prompts(session: AsyncSession) -> frozenset[str]:
    return frozenset(await session.scalars(select(ArticleVersion.prompt).where(ArticleVersion.prompt != "")))


async def uses(session: AsyncSession, article_id: str) -> dict[str, int]:
    query = select(ArticleUse.kind, func.count()).where(ArticleUse.article_id == article_id)
    return {row[0]: row[1] for row in await session.execute(query.group_by(ArticleUse.kind))}


async def used_since(session: AsyncSession, since: datetime) -> dict[str, int]:
    """How often each article was of use since then; one that did not help was not."""
    query = select(ArticleUse.article_id, func.count()).where(ArticleUse.at >= since, ArticleUse.kind != "unhelpful")
    return {row[0]: row[1] for row in await session.execute(query.group_by(ArticleUse.article_id))}


async def request(session: AsyncSession, request_id: str) -> ArticleRequest | None:
    return await session.get(ArticleRequest, request_id)


async def request_of(session: AsyncSession, center_id: str, gist: str) -> ArticleRequest | None:
    query = select(ArticleRequest).where(and_(ArticleRequest.center_id == center_id, ArticleRequest.gist == gist))
    return (await session.scalars(query.with_for_update())).one_or_none()


async def requests(session: AsyncSession, centers: Collection[str], state: str) -> Sequence[ArticleRequest]:
    """Most asked first."""
    query = select(ArticleRequest).where(ArticleRequest.center_id.in_(centers), ArticleRequest.state == state)
    order = (ArticleRequest.asked.desc(), ArticleRequest.last_asked_at.desc())
    return (await session.scalars(query.order_by(*order).limit(200))).all()


async def requests_for(session: AsyncSession, article_id: str) -> Sequence[ArticleRequest]:
    """Open ones somebody is writing this article for."""
    query = select(ArticleRequest).where(ArticleRequest.article_id == article_id, ArticleRequest.state == "open")
    return (await session.scalars(query)).all()


async def synonym_groups(session: AsyncSession) -> Sequence[SynonymGroup]:
    return (await session.scalars(select(SynonymGroup).order_by(SynonymGroup.changed_at, SynonymGroup.group_id))).all()
