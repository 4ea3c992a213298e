"""How many agents are needed: the plan of a day, and what-if."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotSignedIn, responses
from agent_api.planner import export, service
from agent_api.planner.erlang import TooMany
from agent_api.planner.schemas import Plan, StaffingTarget, WhatIf, WhatIfAnswer
from agent_api.routing import service as routing
from agent_api.table_files import FILE, TableKind, content_of, download
from agent_api.web import ContextDep, Reading, allowed

router = APIRouter(prefix="/api/v1/planner", tags=["planner"], responses=responses(NotSignedIn, Denied, Invalid))

MayPlan = Annotated[Principal, Depends(allowed(Permission.PLAN_READ))]
Share = Annotated[float, Query(gt=0, lt=1)]


async def _planned(
    _who: MayPlan,
    session: Reading,
    context: ContextDep,
    day: Annotated[date | None, Query(description="The centre's local day; default: today")] = None,
    queue: Annotated[str, Query(max_length=40, description="Empty: all queues together")] = "",
    service_level: Share = 0.8,
    max_occupancy: Annotated[float, Query(gt=0, le=1)] = 0.85,
    shrinkage: Annotated[float, Query(ge=0, lt=0.9)] = 0.3,
) -> Plan:
    table = await routing.live_table(session, context.settings.queues_file)
    seconds = next((rule.service_level_seconds for rule in table.queues if rule.name == queue), 20)
    target = StaffingTarget(service_level=service_level, seconds=seconds, max_occupancy=max_occupancy)
    return await service.plan(
        session,
        day or context.today,
        queue or None,
        target,
        shrinkage,
        frozenset(table.holidays),
        context.clock(),
        context.settings.zone,
    )


Planned = Annotated[Plan, Depends(_planned)]


@router.get("")
async def read_plan(plan: Planned) -> Plan:
    """Arrivals, agents needed and what callers can expect, half hour by half hour."""
    return plan


@router.get("/export", response_class=Response, responses=FILE)
async def export_plan(plan: Planned, context: ContextDep, kind: TableKind = "xlsx") -> Response:
    """The same as a file."""
    zone = context.settings.zone
    content = content_of(kind, export.TITLE, export.HEADER, export.rows(plan.intervals, zone))
    return download(content, kind, "plan", context.clock().astimezone(zone))


@router.post("/what-if")
async def what_if(body: WhatIf, _who: MayPlan) -> WhatIfAnswer:
    """Agents against figures for one half hour."""
    try:
        return service.what_if(body)
    except TooMany as error:
        raise Invalid("planner.too_many") from error
