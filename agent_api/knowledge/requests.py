"""Questions nobody found an article for: counted, written about or declined. Never commits."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.errors import Invalid, NotFound, Refused
from agent_api.knowledge import repository
from agent_api.knowledge.models import ArticleRequest
from agent_api.knowledge.search import words

OPEN, ANSWERED, DECLINED = "open", "answered", "declined"


async def ask(
    session: AsyncSession, who: Principal, question: str, reason_code: str, ticket_no: str, now: datetime
) -> ArticleRequest:
    """One more asking. A question that was answered or declined before is open again."""
    gist = words.plain(question)[:120]
    if not gist:
        raise Invalid("article.no_question")
    row = await repository.request_of(session, who.center.center_id, gist)
    if row is None:
        row = ArticleRequest(
            request_id=str(uuid4()),
            center_id=who.center.center_id,
            gist=gist,
            question=question,
            asked=0,
            ticket_nos=[],
            article_id="",
            first_asked_at=now,
            reason_code=reason_code,
            closed_by="",
        )
        session.add(row)
    row.asked += 1
    row.state, row.last_asked_at = OPEN, now
    row.reason_code = row.reason_code or reason_code
    if ticket_no:
        row.ticket_nos = [*row.ticket_nos, ticket_no]
    await session.flush()
    return row


async def listed(session: AsyncSession, who: Principal, state: str) -> Sequence[ArticleRequest]:
    """Of the own centre and those below, most asked first."""
    return await repository.requests(session, who.visible_centers, state)


async def take_up(session: AsyncSession, who: Principal, request_id: str, article_id: str) -> None:
    """Somebody writes this article for it; it is answered when the article is released."""
    row = await _open(session, who, request_id)
    row.article_id = article_id


async def close(
    session: AsyncSession, who: Principal, request_id: str, article_id: str, reason: str, now: datetime
) -> ArticleRequest:
    """Answered by an article that is there, or declined with a reason."""
    row = await _open(session, who, request_id)
    if article_id and await repository.article(session, article_id) is None:
        raise NotFound("article", article_id)
    if not article_id and not reason:
        raise Invalid("article.reason_required")
    row.state, row.article_id, row.closed_by = ANSWERED if article_id else DECLINED, article_id, who.agent_no
    await audit.record(
        session, who, f"request.{row.state}", now, subject="article_request", subject_id=request_id, reason=reason
    )
    return row


async def released(session: AsyncSession, who: Principal, article_id: str) -> None:
    for row in await repository.requests_for(session, article_id):
        row.state, row.closed_by = ANSWERED, who.agent_no


async def _open(session: AsyncSession, who: Principal, request_id: str) -> ArticleRequest:
    row = await repository.request(session, request_id)
    if row is None or row.center_id not in who.visible_centers:
        raise NotFound("article_request", request_id)
    if row.state != OPEN:
        raise Refused("article.request_closed")
    return row
