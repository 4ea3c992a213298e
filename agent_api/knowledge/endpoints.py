"""Articles for agents: search while typing, read, send, answer with, say whether it helped."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.agents.schemas import Done
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal, centers_above
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.knowledge import editing, repository, use, view
from agent_api.knowledge.models import Article
from agent_api.knowledge.schemas import (
    AnsweredOut,
    AnswerIn,
    ArticleOut,
    HitOut,
    Language,
    SendIn,
    SentOut,
    ShelfOut,
    UseIn,
)
from agent_api.knowledge.service import current_of
from agent_api.messages.outgoing import Channel
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1/articles", tags=["knowledge"], responses=responses(NotSignedIn, Denied, Invalid))

MayUse = Annotated[Principal, Depends(allowed(Permission.ARTICLE_USE))]
USED_LATELY = timedelta(days=30)


@router.get("/search")
async def search(
    who: MayUse,
    session: Reading,
    context: ContextDep,
    q: Annotated[str, Query(min_length=1, max_length=200, description="Words, a question, pinyin or its initials")],
    reason: Annotated[str, Query(max_length=60, description="Words of the contact reason, to choose between")] = "",
    center: Annotated[str | None, Query(max_length=20, description="The customer's centre; else one's own")] = None,
    language: Language | None = None,
    limit: Annotated[int, Query(ge=1, le=50)] = 10,
) -> list[HitOut]:
    """What is in force now, best first. Of articles that stand in for each other, the nearest centre's."""
    await context.articles.refresh(session)
    above = centers_above(center or who.center.center_id, await auth.parents(session))
    text = f"{q} {reason}".strip()
    hits = context.articles.find(text, above, who.visible_centers, context.clock(), language=language, limit=limit)
    return [view.hit_out(hit) for hit in hits]


@router.get("/shelf")
async def shelf(who: MayUse, session: Reading, context: ContextDep) -> ShelfOut:
    """Before a search: what colleagues use most, and what is new."""
    await context.articles.refresh(session)
    now = context.clock()
    above = centers_above(who.center.center_id, await auth.parents(session))
    entries = context.articles.in_force(above, who.visible_centers, now)
    return view.shelf_out(entries, await repository.used_since(session, now - USED_LATELY))


@router.get("/{article_id}", responses=responses(NotFound))
async def read_article(article_id: str, who: MayUse, session: Reading, context: ContextDep) -> ArticleOut:
    """The version in force; all versions for those who write or approve."""
    article = await _visible(session, article_id, who)
    now, versions = context.clock(), await repository.versions(session, article_id)
    edits = who.may(Permission.ARTICLE_WRITE) or who.may(Permission.ARTICLE_APPROVE)
    if not edits and current_of(versions, now) is None:
        raise NotFound("article", article_id)
    return view.article_out(article, versions, await repository.uses(session, article_id), who, now)


@router.post("/{article_id}/uses", responses=responses(NotFound, Refused))
async def note_use(article_id: str, body: UseIn, who: MayUse, session: Writing, context: ContextDep) -> Done:
    """Copied, or whether it helped."""
    await _visible(session, article_id, who)
    await use.note(session, who, article_id, body.kind, body.call_id, body.comment, context.clock())
    return Done()


@router.post("/{article_id}/send", responses=responses(NotFound, Refused))
async def send(article_id: str, body: SendIn, who: MayUse, session: Writing, context: ContextDep) -> SentOut:
    """To the customer's address on record, or to the caller's number. Only what is public."""
    await _visible(session, article_id, who)
    channel, now = Channel(body.channel), context.clock()
    sent = await use.send(session, who, article_id, channel, body.call_id, body.customer_id, body.fax_number, now)
    return SentOut(message_id=sent)


@router.post("/{article_id}/answered", responses=responses(NotFound, Refused))
async def answered(article_id: str, body: AnswerIn, who: MayUse, session: Writing, context: ContextDep) -> AnsweredOut:
    """The customer's question is answered with it: the consultation ends ANSWERED with the article's id."""
    await _visible(session, article_id, who)
    number = await use.answer(
        session,
        who,
        article_id,
        body.ticket_no,
        body.call_id,
        body.customer_id,
        body.question,
        body.reason_code,
        context.clock(),
        context.settings.zone,
    )
    return AnsweredOut(ticket_no=number)


async def _visible(session: AsyncSession, article_id: str, who: Principal) -> Article:
    """Of a centre above or below one's own."""
    article = await editing.get(session, article_id)
    above = centers_above(who.center.center_id, await auth.parents(session))
    if article.center_id not in above and article.center_id not in who.visible_centers:
        raise NotFound("article", article_id)
    return article
