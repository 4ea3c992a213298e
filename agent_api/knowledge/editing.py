"""Writing articles: draft, review by another person, release at a time, expiry. Never commits."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.errors import Denied, Invalid, NotFound, Refused
from agent_api.knowledge import repository
from agent_api.knowledge.lifecycle import NEXT, Act, State
from agent_api.knowledge.models import Article, ArticleVersion
from agent_api.speech.store import MOST_CHARACTERS


@dataclass(frozen=True, slots=True)
class Wording:
    title: str
    body: str
    spoken: str
    keywords: tuple[str, ...]
    public: bool
    valid_from: datetime | None
    valid_until: datetime | None


async def create(
    session: AsyncSession,
    who: Principal,
    center_id: str,
    topic: str,
    language: str,
    category: str,
    family: str,
    wording: Wording,
    now: datetime,
) -> ArticleVersion:
    """A new article with its first draft."""
    await auth.center(session, center_id)
    article_id = str(uuid4())
    if family and await repository.article(session, family) is None:
        raise NotFound("article", family)
    article = Article(
        article_id=article_id,
        center_id=center_id,
        family=family or article_id,
        topic=topic,
        language=language,
        category=category,
        created_by=who.agent_no,
        created_at=now,
    )
    _mine(article, who)
    session.add(article)
    await session.flush()
    return await _new_version(session, who, article, 1, wording, now)


async def write(
    session: AsyncSession, who: Principal, article_id: str, wording: Wording, now: datetime
) -> ArticleVersion:
    """Into the open draft, or into a new one."""
    article = await get(session, article_id)
    _mine(article, who)
    last = (await repository.versions(session, article_id))[0]
    if last.state == State.RELEASED:
        return await _new_version(session, who, article, last.version + 1, wording, now)
    _step(last, Act.WRITE, now)
    _put(last, article, wording)
    last.author = who.agent_no
    await _note(session, who, "article.written", last, now)
    return last


async def act(
    session: AsyncSession, who: Principal, article_id: str, number: int, what: Act, remark: str, now: datetime
) -> ArticleVersion:
    """Submit, approve, reject or expire one version."""
    article = await get(session, article_id)
    _mine(article, who)
    version = await repository.version(session, article_id, number)
    if version is None:
        raise NotFound("article", f"{article_id}/{number}")
    if what in (Act.APPROVE, Act.REJECT):
        if who.agent_no == version.author:
            raise Denied("article.own_review")
        version.reviewer, version.remark = who.agent_no, remark
    _step(version, what, now)
    if what is Act.APPROVE:
        version.valid_from = max(version.valid_from or now, now)
        if version.valid_until is not None and version.valid_until <= version.valid_from:
            raise Invalid("article.bad_times")
    if what is Act.EXPIRE:
        version.valid_until = min(version.valid_until or now, now)
    await _note(session, who, f"article.{what.value}", version, now)
    return version


async def get(session: AsyncSession, article_id: str) -> Article:
    article = await repository.article(session, article_id)
    if article is None:
        raise NotFound("article", article_id)
    return article


def slug_of(article: Article, number: int) -> str:
    return f"article_{article.topic}_{article.article_id[:8]}_{number}"


async def _new_version(
    session: AsyncSession, who: Principal, article: Article, number: int, wording: Wording, now: datetime
) -> ArticleVersion:
    version = ArticleVersion(
        article_id=article.article_id,
        version=number,
        state=State.DRAFT.value,
        author=who.agent_no,
        reviewer="",
        remark="",
        created_at=now,
        changed_at=now,
    )
    _put(version, article, wording)
    session.add(version)
    await session.flush()
    await _note(session, who, "article.written", version, now)
    return version


def _put(version: ArticleVersion, article: Article, wording: Wording) -> None:
    if wording.valid_from and wording.valid_until and wording.valid_until <= wording.valid_from:
        raise Invalid("article.bad_times")
    if article.topic and len(wording.spoken or wording.body) > MOST_CHARACTERS:
        raise Invalid("article.too_long_to_speak", {"most_characters": MOST_CHARACTERS})
    version.title, version.body, version.spoken = wording.title, wording.body, wording.spoken
    version.keywords, version.public = list(wording.keywords), wording.public
    version.valid_from, version.valid_until = wording.valid_from, wording.valid_until
    version.prompt = f"own/{slug_of(article, version.version)}" if article.topic else ""


def _step(version: ArticleVersion, what: Act, now: datetime) -> None:
    after = NEXT.get((State(version.state), what))
    if after is None:
        raise Refused("article.wrong_state", {"state": version.state, "event": what.value})
    version.state, version.changed_at = after.value, now


def _mine(article: Article, who: Principal) -> None:
    if article.center_id not in who.visible_centers:
        raise Denied("article.not_your_center")


async def _note(session: AsyncSession, who: Principal, action: str, version: ArticleVersion, now: datetime) -> None:
    where = f"{version.article_id}/{version.version}"
    await audit.record(session, who, action, now, subject="article", subject_id=where)
