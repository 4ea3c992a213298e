"""What the channel manager does for dealers at the desk."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, ConfigDict, Field

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.dealers import service
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, responses
from agent_api.web import ContextDep, Writing, allowed

router = APIRouter(prefix="/api/v1/dealers", tags=["dealers"], responses=responses(NotSignedIn, Denied, Invalid))

MayUnlock = Annotated[Principal, Depends(allowed(Permission.PASSWORD_UNLOCK))]


class DealerUnlock(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "渠道经理核实身份"}]})

    reason: str = Field(min_length=2, max_length=150)


@router.post("/{code}/unlock", status_code=204, responses=responses(NotFound))
async def unlock(
    code: Annotated[str, Path(pattern=r"^[0-9]{1,12}$")],
    body: DealerUnlock,
    who: MayUnlock,
    session: Writing,
    context: ContextDep,
) -> None:
    """The code may be tried again. Audited with the reason."""
    if not await service.unlock(session, code):
        raise NotFound("dealer", code)
    await audit.record(
        session, who, "dealer.unlock", context.clock(), subject="dealer", subject_id=code, reason=body.reason
    )
