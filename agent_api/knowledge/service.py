"""Articles as others read them: what is in force for a centre now, and what the voice menu speaks. Never commits."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import centers_above
from agent_api.knowledge import repository
from agent_api.knowledge.lifecycle import Period, in_force
from agent_api.knowledge.models import Article, ArticleVersion
from agent_api.menus.manifest import committed

TITLES = {
    "tariffs": "资费套餐",
    "roaming": "国际及漫游",
    "coverage": "网络覆盖",
    "services": "业务介绍",
    "shops": "营业网点",
    "offers": "优惠活动",
    "dealer_notices": "分销商政策公告",
}
DEALER_NOTICES = "dealer_notices"


async def text(
    session: AsyncSession, topic: str, language: str, sounds: Path, now: datetime, center: str | None = None
) -> str | None:
    """What may be sent to a customer of this centre about a topic; None when there is nothing for him."""
    written = await _of_topic(session, topic, language, center)
    for versions in written:
        current = current_of(versions, now)
        if current is not None:
            return (current.spoken or current.body) if current.public else None
    shipped = committed(sounds).get(shipped_prompt(topic))
    return shipped.texts.get(language) if shipped and not written else None


async def spoken(
    session: AsyncSession, topic: str, language: str, center: str | None, now: datetime
) -> tuple[list[ArticleVersion], bool]:
    """What may be played, best first: of the nearest centre, a version before the one whose sound is not ready yet.

    And whether the shipped prompt may stand in: not for an article that has expired everywhere.
    """
    written = await _of_topic(session, topic, language, center)
    playable = [
        each
        for versions in written
        if current_of(versions, now) is not None
        for each in versions
        if each.state == "released" and each.valid_from is not None and each.valid_from <= now
    ]
    return playable, not written or bool(playable)


async def prompts_in_use(session: AsyncSession) -> frozenset[str]:
    """Of every version: an older one is spoken until the newer one's prompt is ready."""
    return await repository.prompts(session)


def periods(versions: Iterable[ArticleVersion]) -> Iterator[Period]:
    for each in versions:
        if each.state == "released" and each.valid_from is not None:
            yield Period(each.version, each.valid_from, each.valid_until)


def current_of(versions: Collection[ArticleVersion], now: datetime) -> ArticleVersion | None:
    found = in_force(periods(versions), now)
    return None if found is None else next(each for each in versions if each.version == found.version)


def shipped_prompt(topic: str) -> str:
    return f"article/{topic}"


async def _of_topic(
    session: AsyncSession, topic: str, language: str, center: str | None
) -> list[Sequence[ArticleVersion]]:
    """Versions, latest first, of each article about it that was ever released; the nearest centre's article first."""
    above = centers_above(center or "", await auth.parents(session))
    found = await repository.of_topic(session, topic, language, above)
    by_article: dict[str, list[ArticleVersion]] = defaultdict(list)
    for each in await repository.versions_of(session, [article.article_id for article in found]):
        by_article[each.article_id].append(each)
    nearest = sorted(found, key=lambda article: (above.index(article.center_id), article.created_at))
    return [by_article[each.article_id] for each in nearest if _was_released(each, by_article)]


def _was_released(article: Article, versions: dict[str, list[ArticleVersion]]) -> bool:
    return any(each.state == "released" for each in versions[article.article_id])
