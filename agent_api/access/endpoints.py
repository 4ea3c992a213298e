"""Alarms about looks at customers, for supervisors and auditors; the list of watched records."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from agent_api.access import service
from agent_api.access.rules import AlarmKind
from agent_api.access.schemas import AlarmCheck, AlarmList, AlarmOut, NewWatched, PersonCount, WatchedOut, alarm_out
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.customers import unmasking
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1/access", tags=["access"], responses=responses(NotSignedIn, Denied, Invalid))

MayRead = Annotated[Principal, Depends(allowed(Permission.ACCESS_ALARMS))]
MayAllow = Annotated[Principal, Depends(allowed(Permission.UNMASK_ALLOW))]
MayWatch = Annotated[Principal, Depends(allowed(Permission.ACCESS_WATCH))]


@router.get("/alarms")
async def list_alarms(
    who: MayRead,
    session: Reading,
    context: ContextDep,
    days: Annotated[int, Query(ge=1, le=90)] = 7,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> AlarmList:
    """Of the own centre and those below; an auditor sees all. Latest first, and who caused how many."""
    since = context.clock() - timedelta(days=days)
    return AlarmList(
        items=[alarm_out(each) for each in await service.alarms(session, who, since, limit)],
        people=[
            PersonCount(agent_no=number, agent_name=name, count=count)
            for number, name, count in await service.counts(session, who, since)
        ],
    )


@router.post("/alarms/{alarm_id}/check", responses=responses(NotFound, Refused))
async def check_alarm(alarm_id: int, body: AlarmCheck, who: MayRead, session: Writing, context: ContextDep) -> AlarmOut:
    """What was found out about it. Nobody checks an alarm about himself."""
    return alarm_out(await service.check(session, alarm_id, body.finding, who, context.clock()))


@router.post("/alarms/{alarm_id}/allow", responses=responses(NotFound, Refused))
async def allow_more(alarm_id: int, body: AlarmCheck, who: MayAllow, session: Writing, context: ContextDep) -> AlarmOut:
    """Who asked for more than the day allows may ask ten times more today; this checks the alarm, too."""
    alarm = await service.check(session, alarm_id, body.finding, who, context.clock())
    if alarm.kind != AlarmKind.UNMASK_LIMIT:
        raise Refused("access.not_a_limit")
    await unmasking.allow_more(session, who, alarm.agent_no, body.finding, context.clock())
    return alarm_out(alarm)


@router.get("/watched")
async def list_watched(_who: MayWatch, session: Reading) -> list[WatchedOut]:
    return [
        WatchedOut.model_validate({name: getattr(each, name) for name in WatchedOut.model_fields})
        for each in await service.watched(session)
    ]


@router.post("/watched", status_code=204, responses=responses(NotFound, Refused))
async def watch(body: NewWatched, who: MayWatch, session: Writing, context: ContextDep) -> None:
    """From now on every look at this record is an alarm."""
    await service.watch(session, body.customer_id, body.reason, who, context.clock())


@router.delete("/watched/{customer_id}", status_code=204, responses=responses(NotFound))
async def unwatch(customer_id: str, who: MayWatch, session: Writing, context: ContextDep) -> None:
    await service.unwatch(session, customer_id, who, context.clock())
