"""Articles in versions: the last one counts; a topic nobody wrote about has the text of its shipped prompt."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.knowledge.models import Article
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


async def versions(session: AsyncSession, topic: str, language: str) -> Sequence[Article]:
    """Latest first."""
    found = await session.scalars(
        select(Article).where(Article.topic == topic, Article.language == language).order_by(Article.version.desc())
    )
    return found.all()


async def text(session: AsyncSession, topic: str, language: str, sounds: Path) -> str | None:
    written = await versions(session, topic, language)
    if written:
        return written[0].text
    shipped = committed(sounds).get(shipped_prompt(topic))
    return shipped.texts.get(language) if shipped else None


async def prompts_in_use(session: AsyncSession) -> frozenset[str]:
    """Of every version: an older one is spoken until the newer one's prompt is ready."""
    return frozenset(await session.scalars(select(Article.prompt)))


async def write(
    session: AsyncSession, who: Principal, topic: str, language: str, title: str, content: str, now: datetime
) -> Article:
    """A new version; it is spoken as soon as its prompt is ready, the one before until then."""
    before = await versions(session, topic, language)
    version = before[0].version + 1 if before else 1
    article = Article(
        topic=topic,
        language=language,
        version=version,
        title=title,
        text=content,
        prompt=f"own/{slug_of(topic, version)}",
        created_by=who.agent_no,
        created_at=now,
    )
    session.add(article)
    await audit.record(
        session, who, "article.written", now, subject="article", subject_id=f"{topic}/{language}/{version}"
    )
    return article


def shipped_prompt(topic: str) -> str:
    return f"article/{topic}"


def slug_of(topic: str, version: int) -> str:
    return f"article_{topic}_{version}"
