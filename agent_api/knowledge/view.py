"""Articles, requests and synonyms as the desk's JSON."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.knowledge.lifecycle import Period, Standing, State, in_force, standing
from agent_api.knowledge.models import Article, ArticleRequest, ArticleVersion
from agent_api.knowledge.schemas import ArticleOut, ArticleRowOut, HitOut, RequestOut, ShelfOut, VersionOut
from agent_api.knowledge.search.engine import Entry, Hit
from agent_api.knowledge.search.snippet import snippet
from agent_api.knowledge.service import periods

SHELF = 8


def row_out(article: Article, versions: Sequence[ArticleVersion], now: datetime) -> ArticleRowOut:
    newest, current = versions[0], in_force(periods(versions), now)
    return ArticleRowOut(
        article_id=article.article_id,
        center=article.center_id,
        language="en" if article.language == "en" else "zh",
        category=article.category,
        topic=article.topic,
        stands_in_for="" if article.family == article.article_id else article.family,
        title=newest.title,
        version=newest.version,
        standing=standing_of(newest, versions, now),
        current=current.version if current else None,
        changed_at=newest.changed_at,
    )


def article_out(
    article: Article, versions: Sequence[ArticleVersion], uses: dict[str, int], who: Principal, now: datetime
) -> ArticleOut:
    mine = article.center_id in who.visible_centers
    write, approve = mine and who.may(Permission.ARTICLE_WRITE), mine and who.may(Permission.ARTICLE_APPROVE)
    shown = versions if write or approve else [each for each in versions if _is_current(each, versions, now)]
    return ArticleOut(
        **row_out(article, shown or versions, now).model_dump(),
        versions=[_version_out(each, versions, now) for each in shown],
        uses=uses,
        may_write=write,
        may_approve=approve and versions[0].state == State.REVIEW and versions[0].author != who.agent_no,
    )


def standing_of(version: ArticleVersion, versions: Sequence[ArticleVersion], now: datetime) -> Standing:
    own = Period(version.version, version.valid_from, version.valid_until) if version.valid_from else None
    return standing(State(version.state), own, periods(versions), now)


def hit_out(hit: Hit) -> HitOut:
    entry = hit.entry
    return HitOut(
        article_id=entry.article_id,
        title=entry.title,
        snippet=hit.snippet,
        score=hit.score,
        category=entry.category,
        center=entry.center_id,
        public=entry.public,
    )


def shelf_out(entries: Sequence[Entry], uses: Mapping[str, int]) -> ShelfOut:
    used = sorted((one for one in entries if uses.get(one.article_id)), key=lambda one: -uses[one.article_id])
    new = sorted(entries, key=lambda one: one.period.valid_from, reverse=True)
    return ShelfOut(used=[_laid_out(one) for one in used[:SHELF]], new=[_laid_out(one) for one in new[:SHELF]])


def _laid_out(entry: Entry) -> HitOut:
    return hit_out(Hit(entry, 1.0, snippet(entry.body, ())))


def request_out(row: ArticleRequest) -> RequestOut:
    return RequestOut.model_validate({**vars(row), "center": row.center_id})


def _is_current(version: ArticleVersion, versions: Sequence[ArticleVersion], now: datetime) -> bool:
    return standing_of(version, versions, now) is Standing.PUBLISHED


def _version_out(version: ArticleVersion, versions: Sequence[ArticleVersion], now: datetime) -> VersionOut:
    return VersionOut.model_validate({**vars(version), "standing": standing_of(version, versions, now)})
