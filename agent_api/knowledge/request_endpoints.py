"""Questions without an article: agents put them in, editors work through them."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.knowledge import requests, view
from agent_api.knowledge.schemas import RequestClose, RequestIn, RequestOut
from agent_api.tickets import service as tickets
from agent_api.tickets.words import TicketType
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(
    prefix="/api/v1/article-requests", tags=["knowledge"], responses=responses(NotSignedIn, Denied, Invalid)
)

MayUse = Annotated[Principal, Depends(allowed(Permission.ARTICLE_USE))]
MayWrite = Annotated[Principal, Depends(allowed(Permission.ARTICLE_WRITE))]


@router.post("", status_code=201, responses=responses(NotFound))
async def ask(body: RequestIn, who: MayUse, session: Writing, context: ContextDep) -> RequestOut:
    """Not found. The same question again counts; `as_ticket` also opens a consultation for this customer."""
    now, ticket_no = context.clock(), ""
    if body.as_ticket:
        who.require(Permission.TICKET_CREATE)
        new = tickets.NewTicket(
            TicketType.CONSULT,
            title=body.question,
            description=body.question,
            category=body.reason_code or "consult",
            call_id=body.call_id or None,
            customer_id=body.customer_id or None,
            reason_code=body.reason_code,
        )
        ticket_no = (await tickets.create(session, new, who, now, context.settings.zone)).row.ticket_no
    return view.request_out(await requests.ask(session, who, body.question, body.reason_code, ticket_no, now))


@router.get("")
async def list_requests(
    who: MayWrite, session: Reading, state: Literal["open", "answered", "declined"] = "open"
) -> list[RequestOut]:
    """Most asked first."""
    return [view.request_out(row) for row in await requests.listed(session, who, state)]


@router.post("/{request_id}/close", responses=responses(NotFound, Refused))
async def close(
    request_id: str, body: RequestClose, who: MayWrite, session: Writing, context: ContextDep
) -> RequestOut:
    """There is an article for it already, or there will be none."""
    row = await requests.close(session, who, request_id, body.article_id, body.reason, context.clock())
    return view.request_out(row)
