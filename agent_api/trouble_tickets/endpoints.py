"""TMF621 v4 over HTTP, as an application of its own: its own errors, and no session of the desk is good here."""

from collections.abc import AsyncIterator
from typing import Annotated

import structlog
from fastapi import Depends, FastAPI, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth.denials import note_denial
from agent_api.context import Context
from agent_api.errors import Denied, NotFound, NotSignedIn
from agent_api.trouble_tickets import clients, errors, hub, repository, service
from agent_api.trouble_tickets.errors import BadRequest, Json
from agent_api.trouble_tickets.reading import TICKET_NO, body_of, filters_of, whole
from agent_api.trouble_tickets.schemas import Heard, NewListener, NewTrouble, TroubleChange
from agent_api.trouble_tickets.service import Asking
from agent_api.trouble_tickets.view import PATH, selected
from agent_api.trouble_tickets.words import EVENTS
from agent_api.web import address_of, process_context

log = structlog.get_logger(__name__)
LIMIT, MOST = 100, 1000


async def _writing(request: Request) -> AsyncIterator[AsyncSession]:
    async with process_context(request).db.write() as session:
        yield session


async def _asking(request: Request) -> Asking:
    context = process_context(request)
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    now = context.clock()
    async with context.db.read() as session:
        client = await clients.find(session, token, address_of(request), now) if kind.lower() == "bearer" else None
    if client is None:
        raise NotSignedIn("service.forbidden")
    request.state.principal = client.who
    return Asking(client, now, context.settings.zone, context.settings.trouble_tickets.base_url)


AskingDep = Annotated[Asking, Depends(_asking)]
Writing = Annotated[AsyncSession, Depends(_writing, scope="function")]


async def list_troubles(request: Request, asking: AskingDep) -> Response:
    """A page, and how many there are in all."""
    given = filters_of(request)
    fields = given.pop("fields", None)
    limit, offset = whole("limit", given.pop("limit", None), LIMIT, MOST), whole("offset", given.pop("offset", None), 0)
    wanted = repository.Wanted(repository.conditions(given), limit, offset)
    async with process_context(request).db.read() as session:
        found, total = await service.page(session, asking, wanted)
    body = [selected(each, fields) for each in found]
    return Json(body, headers={"X-Total-Count": str(total), "X-Result-Count": str(len(body))})


async def retrieve_trouble(request: Request, ticket_no: str, asking: AskingDep) -> Response:
    given = filters_of(request)
    unknown = given.keys() - {"fields"}
    if unknown:
        raise BadRequest(min(unknown), "unknown parameter")
    async with process_context(request).db.read() as session:
        return Json(selected(await service.read(session, asking, _number(ticket_no)), given.get("fields")))


async def create_trouble(request: Request, asking: AskingDep, session: Writing) -> Response:
    created = await service.create(session, asking, await body_of(request, NewTrouble))
    return Json(created, 201, {"Location": created["href"]})


async def patch_trouble(request: Request, ticket_no: str, asking: AskingDep, session: Writing) -> Response:
    body = await body_of(request, TroubleChange)
    return Json(await service.change(session, asking, _number(ticket_no), body))


async def delete_trouble(ticket_no: str, asking: AskingDep, session: Writing) -> Response:
    await service.delete(session, asking, _number(ticket_no))
    return Response(status_code=204)


async def register_listener(request: Request, asking: AskingDep, session: Writing) -> Response:
    body = await body_of(request, NewListener)
    hosts = process_context(request).settings.trouble_tickets.hub_hosts
    row = await hub.listen(session, asking.client, body.callback, body.query or "", hosts, asking.now)
    who, subject_id = asking.client.who, row.listener_id
    await audit.record(session, who, "trouble.listen", asking.now, subject="listener", subject_id=subject_id)
    answer = {"id": row.listener_id, "callback": row.callback} | ({"query": row.query} if row.query else {})
    return Json(answer, 201, {"Location": f"{asking.base_url}{PATH}/hub/{row.listener_id}"})


async def unregister_listener(listener_id: str, asking: AskingDep, session: Writing) -> Response:
    if not listener_id.isascii() or not listener_id.isalnum():
        raise NotFound("listener", "")
    await hub.forget(session, asking.client, listener_id)
    return Response(status_code=204)


async def hear(request: Request, event: str, asking: AskingDep, session: Writing) -> Response:
    """Another system tells of its own tickets, the way we tell of ours."""
    if f"{event[:1].upper()}{event[1:]}" not in EVENTS:
        raise NotFound("listener", event[:40])
    body = await body_of(request, Heard)
    ticket_no = await service.heard(session, asking, body.event or {})
    return Json({"id": body.event_id or "-", "callback": "", "query": f"id={ticket_no}" if ticket_no else ""}, 201)


def _number(ticket_no: str) -> str:
    """What cannot be a number of ours is not looked for."""
    if not TICKET_NO.fullmatch(ticket_no):
        raise NotFound("ticket", "")
    return ticket_no


async def _denied(request: Request, error: Exception) -> Json:
    assert isinstance(error, Denied)
    await note_denial(request, error)
    return await errors.expected(request, error)


async def _our_bug(request: Request, error: Exception) -> Json:
    log.error("unexpected failure", exc_info=error, path=request.url.path)
    return errors.error_response(500, "internal", "")


def trouble_ticket_app(context: Context) -> FastAPI:
    """To be mounted at view.PATH."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.context = context
    errors.install(app)
    app.add_exception_handler(Denied, _denied)
    app.add_exception_handler(Exception, _our_bug)
    for path, method, endpoint in (
        ("/troubleTicket", "GET", list_troubles),
        ("/troubleTicket", "POST", create_trouble),
        ("/troubleTicket/{ticket_no}", "GET", retrieve_trouble),
        ("/troubleTicket/{ticket_no}", "PATCH", patch_trouble),
        ("/troubleTicket/{ticket_no}", "DELETE", delete_trouble),
        ("/hub", "POST", register_listener),
        ("/hub/{listener_id}", "DELETE", unregister_listener),
        ("/listener/{event}", "POST", hear),
    ):
        app.add_api_route(path, endpoint, methods=[method], response_model=None)
    return app
