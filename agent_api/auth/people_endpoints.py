"""System administration over HTTP: people, roles, centres, sessions."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import people, repository, service
from agent_api.auth.models import Staff
from agent_api.auth.people import PersonFields
from agent_api.auth.people_schemas import (
    CenterName,
    CenterRow,
    InitialPassword,
    NewCenter,
    NewPerson,
    PersonIn,
    PersonOut,
    PersonPage,
    RoleOut,
    SessionOut,
)
from agent_api.auth.principal import Principal
from agent_api.auth.roles import ROLES, Permission
from agent_api.context import Context
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.masking import mask_number
from agent_api.web import ContextDep, Reading, Rescoping, Writing, allowed

router = APIRouter(
    prefix="/api/v1/admin",
    tags=["administration"],
    responses=responses(NotSignedIn, Denied, Invalid),
    dependencies=[Rescoping],
)

MayLook = Annotated[Principal, Depends(allowed(Permission.USER_READ))]
MayManage = Annotated[Principal, Depends(allowed(Permission.USER_MANAGE))]
AgentNo = Annotated[str, Path(pattern=r"^[0-9]{4,6}$")]
CenterId = Annotated[str, Path(max_length=20)]


@router.get("/people")
async def list_people(
    who: MayLook,
    session: Reading,
    context: ContextDep,
    q: Annotated[str, Query(max_length=40)] = "",
    center: Annotated[str, Query(max_length=20)] = "",
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
    offset: Annotated[int, Query(ge=0, le=1_000_000)] = 0,
) -> PersonPage:
    """Of one's own centre and those below."""
    centers = who.visible_centers & {center} if center else who.visible_centers
    rows, total = await repository.people(session, centers, q.strip(), limit, offset)
    return PersonPage(items=await _people_out(session, rows, context, context.clock()), total=total)


@router.get("/roles")
async def list_roles(who: MayLook, context: ContextDep) -> list[RoleOut]:
    """All roles, and what each may do at the asker's centre."""
    return [
        RoleOut(
            code=code,
            title=title,
            tiers=tiers,
            permissions=sorted(who.table.permissions_of([code])),
            second_factor=code in context.settings.second_factor_roles,
        )
        for code, (title, tiers) in ROLES.items()
    ]


@router.post("/people", status_code=201, responses=responses(NotFound, Refused))
async def create_person(body: NewPerson, who: MayManage, context: ContextDep) -> InitialPassword:
    """The password in the answer is for the first sign-in. The telephone's account follows with the next start."""
    password = people.initial_password()
    password_hash = context.passwords.hash(password)
    async with context.db.write() as session:
        await people.create(session, who, body.agent_no, _fields(body), password_hash, context.clock())
    return InitialPassword(agent_no=body.agent_no, password=password)


@router.put("/people/{agent_no}", responses=responses(NotFound))
async def change_person(
    agent_no: AgentNo, body: PersonIn, who: MayManage, session: Writing, context: ContextDep
) -> PersonOut:
    row = await people.change(session, who, agent_no, _fields(body), context.clock())
    return (await _people_out(session, [row], context, context.clock()))[0]


@router.post("/people/{agent_no}/password", responses=responses(NotFound))
async def reset_password(agent_no: AgentNo, who: MayManage, context: ContextDep) -> InitialPassword:
    password = people.initial_password()
    password_hash = context.passwords.hash(password)
    async with context.db.write() as session:
        await people.reset_password(session, who, agent_no, password_hash, context.clock())
    return InitialPassword(agent_no=agent_no, password=password)


@router.delete("/people/{agent_no}/second-factor", status_code=204, responses=responses(NotFound))
async def reset_second_factor(agent_no: AgentNo, who: MayManage, session: Writing, context: ContextDep) -> None:
    """The telephone is lost: set up anew at the next sign-in."""
    await people.reset_second_factor(session, who, agent_no, context.clock())


@router.post("/people/{agent_no}/unlock", status_code=204, responses=responses(NotFound))
async def unlock(agent_no: AgentNo, who: MayManage, session: Writing, context: ContextDep) -> None:
    await people.unlock(session, who, agent_no, context.clock())


@router.get("/people/{agent_no}/sessions", responses=responses(NotFound))
async def list_sessions(agent_no: AgentNo, who: MayLook, session: Reading, context: ContextDep) -> list[SessionOut]:
    await people.person(session, who, agent_no)
    return [
        SessionOut(
            id=row.token_hash[:16], created_at=row.created_at, expires_at=row.expires_at, ip=row.ip, stage=row.stage
        )
        for row in await repository.sessions_of(session, agent_no, context.clock())
    ]


@router.delete("/people/{agent_no}/sessions", status_code=204, responses=responses(NotFound))
async def end_sessions(agent_no: AgentNo, who: MayManage, session: Writing, context: ContextDep) -> None:
    """Signed out of every desk within seconds; a call goes on."""
    await people.sign_out(session, who, agent_no, context.clock())


@router.get("/centers")
async def list_centers(who: MayLook, session: Reading) -> list[CenterRow]:
    staff = Counter(each.center_id for each in await service.all_staff(session) if not each.disabled)
    return [
        CenterRow(
            id=place.center_id,
            name=place.name,
            level=place.level,
            parent_id=place.parent_id,
            people=staff[place.center_id],
            mine=place.center_id in who.visible_centers,
        )
        for place in (await service.places(session)).values()
    ]


@router.post("/centers", status_code=201, responses=responses(NotFound, Refused))
async def create_center(body: NewCenter, who: MayManage, session: Writing, context: ContextDep) -> list[CenterRow]:
    """One tier below its parent."""
    await people.create_center(session, who, body.id, body.name, body.parent_id, context.clock())
    return await list_centers(who, session)


@router.put("/centers/{center_id}", responses=responses(NotFound))
async def rename_center(
    center_id: CenterId, body: CenterName, who: MayManage, session: Writing, context: ContextDep
) -> list[CenterRow]:
    await people.rename_center(session, who, center_id, body.name, context.clock())
    await session.flush()
    return await list_centers(who, session)


def _fields(body: PersonIn) -> PersonFields:
    roles, queues = tuple(dict.fromkeys(body.roles)), tuple(dict.fromkeys(body.queues))
    return PersonFields(
        body.name, body.center_id, roles, queues, body.skills, body.language, body.disabled, body.mobile
    )


async def _people_out(session: AsyncSession, rows: Sequence[Staff], context: Context, now: datetime) -> list[PersonOut]:
    enrolled = await repository.with_second_factor(session, [row.agent_no for row in rows])
    return [
        PersonOut(
            agent_no=row.agent_no,
            name=row.name,
            center_id=row.center_id,
            roles=row.roles,
            queues=row.queues,
            skills=row.skills,
            language=row.language,
            disabled=row.disabled,
            mobile_masked=mask_number(row.mobile),
            created_at=row.created_at,
            second_factor=row.agent_no in enrolled,
            password_is_initial=row.password_is_initial,
            locked_until=await service.lock_of(session, row.agent_no, context.lockout, now),
        )
        for row in rows
    ]
