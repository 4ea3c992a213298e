"""The ticket list over HTTP."""

from typing import Annotated

from anyio import to_thread
from fastapi import APIRouter, Depends, Path, Query, Response

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, responses
from agent_api.table_files import FILE, download
from agent_api.tickets import service as tickets
from agent_api.tickets import view
from agent_api.tickets.schemas import TicketPage
from agent_api.web import ContextDep, Reading, Writing, allowed
from agent_api.worklists import export, mentions, repository, service
from agent_api.worklists.models import TicketView
from agent_api.worklists.schemas import (
    BulkAct,
    BulkOut,
    Colleague,
    MentionOut,
    MentionsRead,
    RelatedTicket,
    TicketExport,
    TicketSearch,
    ViewIn,
    ViewOut,
)

router = APIRouter(prefix="/api/v1", tags=["tickets"], responses=responses(NotSignedIn, Denied, Invalid))

MayRead = Annotated[Principal, Depends(allowed(Permission.TICKET_READ))]
MayExport = Annotated[Principal, Depends(allowed(Permission.TICKET_EXPORT))]
ViewId = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


@router.post("/tickets/search")
async def search(body: TicketSearch, who: MayRead, session: Reading, context: ContextDep) -> TicketPage:
    """Of one's own centre and those below. A POST, because filters are long."""
    now = context.clock()
    wanted = service.wanted_by(who, body, now)
    rows, total = await service.page(session, wanted, body.sort, body.limit, body.offset)
    moves = await tickets.moves(session, rows)
    return TicketPage(items=[view.row_out(row, moves[row.ticket_no], now) for row in rows], total=total)


@router.post("/tickets/export", response_class=Response, responses=FILE)
async def export_list(body: TicketExport, who: MayExport, context: ContextDep) -> Response:
    """At most 10,000 tickets. Audited with how many there were."""
    now = context.clock()
    async with context.db.read() as session:
        wanted = service.wanted_by(who, body, now)
        rows, _ = await service.page(session, wanted, body.sort, export.MOST, 0)
    content = await to_thread.run_sync(export.file_of, body.kind, rows, context.settings.zone)
    async with context.db.write() as session:
        reason = f"{body.kind}, {len(rows)} rows"
        await audit.record(session, who, "ticket.exported", now, subject="list", reason=reason)
    return download(content, body.kind, "tickets", now.astimezone(context.settings.zone))


@router.post("/tickets/bulk")
async def bulk(body: BulkAct, who: MayRead, context: ContextDep) -> BulkOut:
    """One act on many tickets. Each is done or refused by itself; the answer says which."""
    rows = await service.act_on_each(context, who, body)
    done = sum(row.ok for row in rows)
    return BulkOut(done=done, failed=len(rows) - done, rows=rows)


@router.get("/tickets/{ticket_no}/related", responses=responses(NotFound))
async def read_related(ticket_no: str, who: MayRead, session: Reading) -> list[RelatedTicket]:
    """The incident and its cases, merged numbers, repeats."""
    return await service.related(session, ticket_no, who)


@router.get("/ticket-views")
async def list_views(who: MayRead, session: Reading) -> list[ViewOut]:
    return [_view_out(row, who) for row in await service.views(session, who)]


@router.post("/ticket-views", status_code=201)
async def add_view(body: ViewIn, who: MayRead, session: Writing, context: ContextDep) -> ViewOut:
    return _view_out(await service.save_view(session, who, None, body, context.clock()), who)


@router.put("/ticket-views/{view_id}", responses=responses(NotFound))
async def change_view(view_id: ViewId, body: ViewIn, who: MayRead, session: Writing, context: ContextDep) -> ViewOut:
    return _view_out(await service.save_view(session, who, view_id, body, context.clock()), who)


@router.delete("/ticket-views/{view_id}", status_code=204, responses=responses(NotFound))
async def delete_view(view_id: ViewId, who: MayRead, session: Writing) -> None:
    await service.delete_view(session, who, view_id)


@router.get("/mentions")
async def list_mentions(
    who: MayRead, session: Reading, unread: bool = True, limit: Annotated[int, Query(ge=1, le=200)] = 50
) -> list[MentionOut]:
    """Where somebody wrote @ and one's number, latest first."""
    return [mentions.mention_out(row) for row in await repository.mentions(session, who.agent_no, unread, limit)]


@router.get("/mentions/people")
async def find_people(_who: MayRead, session: Reading, q: Annotated[str, Query(max_length=40)] = "") -> list[Colleague]:
    """Who can be mentioned: by the start of a number, or a part of a name."""
    found = await mentions.people(session, q.strip())
    return [Colleague(agent_no=each.agent_no, name=each.name, center=each.center.name) for each in found]


@router.post("/mentions/read", status_code=204)
async def read_mentions(body: MentionsRead, who: MayRead, session: Writing, context: ContextDep) -> None:
    await repository.read_mentions(session, who.agent_no, body.ids, context.clock())


def _view_out(row: TicketView, who: Principal) -> ViewOut:
    return ViewOut.model_validate(
        {
            "id": row.view_id,
            "title": row.title,
            "shared": row.shared,
            "owner": row.owner,
            "mine": row.owner == who.agent_no,
            "wanted": row.wanted,
            "columns": row.columns,
        }
    )
