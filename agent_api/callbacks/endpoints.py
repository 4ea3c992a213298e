"""Promises to call back: list, book, cancel; and the callers who gave up. Numbers are masked."""

from datetime import datetime, time
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import AwareDatetime

from acd.contracts.commands import BookCallback, CancelCallback
from acd.contracts.ids import CallbackId, CallId, QueueName
from agent_api.agents.schemas import Done
from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.callbacks import service
from agent_api.callbacks.models import Callback
from agent_api.callbacks.schemas import (
    CallbackBookedOut,
    CallbackIn,
    CallbackList,
    CallbackOut,
    MissedCall,
    MissedList,
)
from agent_api.customers import service as customers
from agent_api.customers.models import Customer
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, Unavailable, responses
from agent_api.masking import mask_name, mask_number
from agent_api.web import ContextDep, Reading, allowed

router = APIRouter(prefix="/api/v1", tags=["callbacks"], responses=responses(NotSignedIn, Denied, Invalid))

MayCallBack = Annotated[Principal, Depends(allowed(Permission.CALLBACK))]
Text = Annotated[str, Query(max_length=40)]


@router.get("/callbacks")
async def list_callbacks(who: MayCallBack, session: Reading, state: Text = "", queue: Text = "") -> CallbackList:
    """Longest promised first. `state`: open, waiting, dialling, talked, expired ...; empty: all."""
    rows = await service.page(session, who, state, queue)
    known = await customers.get_many(session, [row.customer_id for row in rows if row.customer_id])
    return CallbackList(items=[_out(row, known.get(row.customer_id or "")) for row in rows])


@router.post("/callbacks", responses=responses(NotFound, Refused, Unavailable))
async def book(body: CallbackIn, who: MayCallBack, context: ContextDep) -> CallbackBookedOut:
    """A promise; with a call, its caller's number and place in the queue."""
    callback_id = service.new_id()
    async with context.db.write() as session:
        number = await service.number_to_call(session, body.number, body.call_id)
        reason = f"{body.queue} {body.call_id or ''}".strip()
        now = context.clock()
        await audit.record(
            session, who, "callback.booked", now, subject="callback", subject_id=callback_id, reason=reason
        )
    await context.commands.do(
        BookCallback(
            **context.commands.stamp(now),
            callback_id=CallbackId(callback_id),
            queue=QueueName(body.queue),
            number=number,
            call_id=CallId(body.call_id) if body.call_id else None,
        )
    )
    return CallbackBookedOut(callback_id=callback_id)


@router.post("/callbacks/{callback_id}/cancel", responses=responses(NotFound, Refused, Unavailable))
async def cancel(
    callback_id: Annotated[str, Path(pattern=r"^[A-Za-z0-9-]{1,40}$")], who: MayCallBack, context: ContextDep
) -> Done:
    async with context.db.write() as session:
        await service.get(session, who, callback_id)
        now = context.clock()
        await audit.record(session, who, "callback.cancelled", now, subject="callback", subject_id=callback_id)
    stamp = context.commands.stamp(now)
    await context.commands.do(CancelCallback(**stamp, callback_id=CallbackId(callback_id), by=who.agent_no))
    return Done()


@router.get("/calls/missed")
async def list_missed(
    who: MayCallBack,
    session: Reading,
    context: ContextDep,
    since: Annotated[AwareDatetime | None, Query(description="Default: start of the centre's local day")] = None,
) -> MissedList:
    """Callers who gave up waiting and were not served since, latest first."""
    begin = since or datetime.combine(context.today, time(), context.settings.zone)
    return MissedList(
        items=[
            MissedCall(
                call_id=row.call.call_id,
                at=row.call.offered_at,
                queue=row.call.queue,
                stage=row.call.abandon_stage or "",
                wait_ms=row.call.wait_ms or 0,
                caller_masked=mask_number(row.call.caller_number),
                customer=row.call.customer_id,
                times=row.times,
                called_back=row.promise is not None,
                callback_state=row.promise.state if row.promise else None,
            )
            for row in await service.missed(session, who, begin)
        ]
    )


def _out(row: Callback, customer: Customer | None) -> CallbackOut:
    return CallbackOut(
        callback_id=row.callback_id,
        queue=row.queue,
        number_masked=mask_number(row.number),
        customer=row.customer_id,
        customer_name=None if customer is None else mask_name(customer.name),
        state=row.state,
        place_at=row.place_at,
        booked_at=row.booked_at,
        attempts=row.attempts,
        next_at=row.next_at,
        expires_at=row.expires_at,
        agent_no=row.agent_no,
        call_id=row.call_id,
        talk_call_id=row.talk_call_id,
        result=row.state if row.closed_at is not None else row.cause or None,
    )
