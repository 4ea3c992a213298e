"""What roles may do, over HTTP: read by administrators and auditors, changed by administrators."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import repository, role_bounds, role_changes, service
from agent_api.auth.principal import Principal, centers_below
from agent_api.auth.role_schemas import RoleCell, RoleChange, RoleColumn, RoleMatrix, RoleRemark, RoleVersionOut
from agent_api.auth.roles import ROLES, Cell, Permission
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.web import ContextDep, Reading, Rescoping, Writing, allowed

router = APIRouter(
    prefix="/api/v1/role-matrix",
    tags=["administration"],
    responses=responses(NotSignedIn, Denied, Invalid, NotFound),
    dependencies=[Rescoping],
)

MayRead = Annotated[Principal, Depends(allowed(Permission.ROLE_READ))]
MayChange = Annotated[Principal, Depends(allowed(Permission.USER_MANAGE))]
CenterId = Annotated[str, Path(max_length=20)]


@router.get("/{center}")
async def read_matrix(center: CenterId, who: MayRead, session: Reading) -> RoleMatrix:
    """In force at the centre now."""
    return await _matrix(session, who, center)


@router.get("/{center}/versions")
async def list_versions(center: CenterId, who: MayRead, session: Reading) -> list[RoleVersionOut]:
    """The centre's own, last first: what waits for a second person is among them."""
    await _check_sight(session, who, center)
    return [
        RoleVersionOut.model_validate(row, from_attributes=True)
        for row in await repository.role_versions(session, center)
    ]


@router.put("/{center}", responses=responses(Refused))
async def change(
    center: CenterId, body: RoleChange, who: MayChange, session: Writing, context: ContextDep
) -> RoleVersionOut:
    """In force at once where nobody gets a right; else it waits for another administrator. Going back is the same."""
    cells = [Cell(cell.role, cell.permission, cell.may) for cell in body.cells]
    row = await role_changes.propose(session, who, center, cells, body.reason, body.based_on, context.clock())
    return RoleVersionOut.model_validate(row, from_attributes=True)


@router.post("/{center}/versions/{version}/approve", responses=responses(Refused))
async def approve(
    center: CenterId, version: int, who: MayChange, session: Writing, context: ContextDep
) -> RoleVersionOut:
    """By another person than its author. In force from the next request on, everywhere."""
    row = await role_changes.approve(session, who, center, version, context.clock())
    return RoleVersionOut.model_validate(row, from_attributes=True)


@router.post("/{center}/versions/{version}/refuse", responses=responses(Refused))
async def refuse(
    center: CenterId, version: int, body: RoleRemark, who: MayChange, session: Writing, context: ContextDep
) -> RoleVersionOut:
    row = await role_changes.refuse(session, who, center, version, body.remark, context.clock())
    return RoleVersionOut.model_validate(row, from_attributes=True)


async def _check_sight(session: AsyncSession, who: Principal, center: str) -> None:
    await service.center(session, center)
    if center not in who.visible_centers:
        raise Denied("person.not_your_center")


async def _matrix(session: AsyncSession, who: Principal, center: str) -> RoleMatrix:
    await _check_sight(session, who, center)
    table = (await service.role_tables(session))[center]
    above = await role_changes.table_above(session, center)
    there = centers_below(center, await service.parents(session))
    people = Counter(
        role
        for each in await service.all_staff(session)
        if each.center_id in there and not each.disabled
        for role in each.roles
    )
    own = next((row for row in await repository.role_versions(session, center) if row.state == "in_force"), None)
    columns = [
        RoleColumn(
            code=code,
            title=title,
            tiers=tiers,
            may=sorted(table.rights[code]),
            above=sorted(above.rights[code]),
            fixed=[each.value for each in Permission if not role_bounds.can_change(code, each)],
            people=people[code],
        )
        for code, (title, tiers) in ROLES.items()
    ]
    return RoleMatrix(
        center=center,
        version=own.version if own else 0,
        permissions=[each.value for each in Permission],
        roles=columns,
        cells=[RoleCell(**cell) for cell in own.cells] if own else [],
    )
