"""The table of queues for those who run the centre: read, check, publish, roll back."""

from contextlib import suppress
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.routing import RoutingTable
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.context import Context
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, Unavailable, responses
from agent_api.routing import service
from agent_api.routing.checks import Problem, has_errors
from agent_api.routing.schemas import (
    RoutingCheck,
    RoutingIn,
    RoutingOut,
    RoutingProblem,
    RoutingProblems,
    RoutingVersionOut,
)
from agent_api.web import ContextDep, Reading, allowed

router = APIRouter(prefix="/api/v1/routing", tags=["routing"], responses=responses(NotSignedIn, Denied, Invalid))

MayRead = Annotated[Principal, Depends(allowed(Permission.ROUTING_READ))]
MayEdit = Annotated[Principal, Depends(allowed(Permission.ROUTING_EDIT))]


@router.get("")
async def read_routing(who: MayRead, session: Reading, context: ContextDep) -> RoutingOut:
    """The live table, every version, and what is doubtful about it."""
    return await _out(session, context, who)


@router.get("/versions/{version}", responses=responses(NotFound))
async def read_version(
    version: Annotated[int, Path(ge=0, le=2**31 - 1)], _who: MayRead, session: Reading, context: ContextDep
) -> RoutingTable:
    """What was, or is, in force under this number; 0 is the shipped table."""
    return await service.table_of_version(session, version, context.settings.queues_file)


@router.post("/check")
async def check(body: RoutingCheck, who: MayRead, session: Reading) -> RoutingProblems:
    """What would keep this table from being published, and what one should know about it."""
    return RoutingProblems(problems=_problems_out(await service.problems_of(session, body.table), who))


@router.put("", responses=responses(Refused))
async def publish(body: RoutingIn, who: MayEdit, context: ContextDep) -> RoutingOut:
    """In force at once; callers who wait keep their place. 409 routing.has_problems, routing.changed."""
    async with context.db.write() as session:
        await _refuse_problems(session, body.table, who)
        await service.publish(session, who, body.based_on, body.table, body.note, context.clock())
    return await _told(context, who)


@router.post("/rollback", responses=responses(Refused))
async def roll_back(who: MayEdit, context: ContextDep) -> RoutingOut:
    """What was in force before is in force again, as a new version."""
    async with context.db.write() as session:
        await service.roll_back(session, who, context.settings.queues_file, context.clock())
    return await _told(context, who)


async def _refuse_problems(session: AsyncSession, table: RoutingTable, who: Principal) -> None:
    problems = await service.problems_of(session, table)
    if has_errors(problems):
        found = [each.model_dump() for each in _problems_out(problems, who)]
        raise Refused("routing.has_problems", {"problems": found})


async def _told(context: Context, who: Principal) -> RoutingOut:
    """The ACD is told at once; should it be away, the keeper tells it later."""
    with suppress(Unavailable):
        await context.routing.look()
    async with context.db.read() as session:
        return await _out(session, context, who)


async def _out(session: AsyncSession, context: Context, who: Principal) -> RoutingOut:
    table = await service.live_table(session, context.settings.queues_file)
    rows = [
        RoutingVersionOut.model_validate(
            {"version": row.version, "author": row.author, "note": row.note, "at": row.created_at, "state": row.state}
        )
        for row in await service.versions(session)
    ]
    first = RoutingVersionOut(
        version=service.SHIPPED,
        author="system",
        note="出厂设置",
        at=None,
        state="retired" if table.version else "live",
    )
    return RoutingOut(
        live=table.version,
        in_force=context.routing.in_force,
        table=table,
        versions=[*rows, first],
        problems=_problems_out(await service.problems_of(session, table), who),
    )


def _problems_out(found: list[Problem], who: Principal) -> list[RoutingProblem]:
    english = who.language == "en"
    return [
        RoutingProblem(
            queue=each.queue,
            field=each.field,
            code=each.code,
            message=each.en if english else each.zh,
            severity=each.severity,
        )
        for each in found
    ]
