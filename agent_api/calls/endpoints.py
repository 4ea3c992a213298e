"""Calls, their wrap-up, and the tree of contact reasons."""

import base64
import binascii
from datetime import datetime
from typing import Annotated, Literal
from uuid import uuid4

from fastapi import APIRouter, Depends, Query
from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.commands import SendToPasswordMenu
from acd.contracts.ids import AgentId, CallId
from agent_api.agents.schemas import Done
from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.calls import service
from agent_api.calls.models import Call
from agent_api.calls.repository import CallFilter
from agent_api.calls.schemas import CallDetail, CallOut, CallPage, CallQuery, CallRecording, ReasonOut, WrapUp
from agent_api.calls.view import call_detail, call_out, reason_tree
from agent_api.context import Context
from agent_api.customers.rules import normal_number
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, Unavailable, responses
from agent_api.reasons import service as reasons
from agent_api.recordings import service as recordings
from agent_api.tickets import service as tickets
from agent_api.web import ContextDep, CurrentStaff, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1", tags=["calls"])

MaySeeAll = Annotated[Principal, Depends(allowed(Permission.CALL_READ_ALL))]
MayTakeCalls = Annotated[Principal, Depends(allowed(Permission.AGENT_WORK))]


@router.get("/calls", responses=responses(NotSignedIn, Denied, Invalid))
async def list_calls(
    who: CurrentStaff,
    session: Reading,
    context: ContextDep,
    limit: Annotated[int, Query(ge=1, le=200)] = 20,
    before: str | None = None,
    agent: Literal["me"] | None = None,
) -> CallPage:
    """Latest calls first. Without the right to see all calls, always one's own."""
    mine = agent == "me" or not who.may(Permission.CALL_READ_ALL)
    found = await service.page(session, limit, _place(before), who.agent_no if mine else None)
    items = await _out(session, context, list(found), who)
    return CallPage(items=items, next=_cursor(found[-1]) if len(found) == limit else None)


@router.post("/calls/search", responses=responses(NotSignedIn, Denied, Invalid))
async def search_calls(body: CallQuery, who: MaySeeAll, session: Reading, context: ContextDep) -> CallPage:
    """Latest calls first. A POST, so that numbers stay out of addresses."""
    of_ticket = await tickets.call_of(session, body.ticket_no) if body.ticket_no else None
    wanted = CallFilter(
        agent_no=body.agent_no or None,
        number=normal_number(body.number),
        queue=body.queue,
        result=body.result,
        call_ids=of_ticket,
        begins=body.begins,
        ends=body.ends,
    )
    found = await service.search(session, body.limit, _place(body.before), wanted)
    items = await _out(session, context, list(found), who)
    return CallPage(items=items, next=_cursor(found[-1]) if len(found) == body.limit else None)


@router.get("/calls/{call_id}", responses=responses(NotSignedIn, Denied, NotFound))
async def read_call(call_id: str, who: CurrentStaff, session: Reading, context: ContextDep) -> CallDetail:
    """With every decision and its reasons, and what was done with the call."""
    call = await service.get_for(session, call_id, who)
    legs = await service.legs_of(session, [call_id])
    numbers = await tickets.numbers_of_calls(session, [call_id])
    full_number = service.sees_number(call, who, context.clock())
    recorded = await recordings.of_call(session, call_id)
    recording = None
    if recorded is not None:
        seconds = recorded.length_ms / 1000 if recorded.length_ms else None
        recording = CallRecording(id=recorded.call_id, seconds=seconds, state=recorded.state)
    titles = await context.reasons.titles(session)
    return call_detail(call, legs, numbers.get(call_id, []), full_number, recording, titles)


@router.put("/calls/{call_id}/wrap-up", responses=responses(NotSignedIn, Denied, NotFound, Invalid))
async def wrap_up(call_id: str, body: WrapUp, who: CurrentStaff, session: Writing, context: ContextDep) -> CallOut:
    """Why the customer called and how it ended. May be corrected by sending it again."""
    now, known = context.clock(), await context.reasons.titles(session)
    call = await service.wrap_up(session, call_id, who, body.reason_code, body.notes, body.resolved, known, now)
    return (await _out(session, context, [call], who))[0]


@router.post("/calls/{call_id}/password-menu", responses=responses(NotSignedIn, Denied, NotFound, Refused, Unavailable))
async def password_menu(call_id: str, who: MayTakeCalls, context: ContextDep) -> Done:
    """Send one's caller to the password menu. The caller comes back; the event `call.password_checked` tells the
    result, and nobody hears what was keyed."""
    now = context.clock()
    async with context.db.write() as session:
        call = await service.get_for(session, call_id, who)
        await audit.record(session, who, "call.password_menu", now, subject="call", subject_id=call_id)
    command = SendToPasswordMenu(
        command_id=uuid4(),
        not_after=context.commands.deadline(now),
        agent_id=AgentId(who.agent_no),
        call_id=CallId(call_id),
        number=service.own_line(call),
    )
    await context.commands.do(command)
    return Done()


@router.get("/contact-reasons", responses=responses(NotSignedIn))
async def contact_reasons(who: CurrentStaff, session: Reading) -> list[ReasonOut]:
    """Three levels of one's centre; only the third can be chosen. `GET /reasons` has their forms too."""
    return reason_tree((await reasons.tree_of(session, who.center.center_id)).tree)


async def _out(session: AsyncSession, context: Context, calls: list[Call], who: Principal) -> list[CallOut]:
    numbers = await tickets.numbers_of_calls(session, [call.call_id for call in calls])
    now, titles = context.clock(), await context.reasons.titles(session)
    return [
        call_out(call, numbers.get(call.call_id, []), service.sees_number(call, who, now), titles) for call in calls
    ]


def _cursor(call: Call) -> str:
    return base64.urlsafe_b64encode(f"{call.offered_at.isoformat()}|{call.call_id}".encode()).decode()


def _place(cursor: str | None) -> tuple[datetime, str] | None:
    if cursor is None:
        return None
    try:
        at, _, call_id = base64.urlsafe_b64decode(cursor.encode()).decode().partition("|")
        return datetime.fromisoformat(at), call_id
    except (ValueError, binascii.Error) as error:
        raise Invalid("request.invalid", {"fields": [{"field": "before", "reason": "not a cursor"}]}) from error
