"""What the channel manager does for dealers at the desk."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from pydantic import BaseModel, ConfigDict, Field

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.dealers import service
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, responses
from agent_api.masking import mask_number
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1/dealers", tags=["dealers"], responses=responses(NotSignedIn, Denied, Invalid))

MayRead = Annotated[Principal, Depends(allowed(Permission.DEALER_READ))]
MayUnlock = Annotated[Principal, Depends(allowed(Permission.PASSWORD_UNLOCK))]


class DealerOut(BaseModel):
    code: str
    name: str
    center_id: str
    phone_masked: str
    locked: bool
    active_cards: int
    cards: int
    open_orders: int
    done_orders: int
    last_month: str
    commission: str | None


class DealerUnlock(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "渠道经理核实身份"}]})

    reason: str = Field(min_length=2, max_length=150)


@router.get("")
async def list_dealers(who: MayRead, session: Reading) -> list[DealerOut]:
    """Of the own centre and those below, with what they did; telephones masked."""
    return [
        DealerOut(
            code=each.dealer.code,
            name=each.dealer.name,
            center_id=each.dealer.center_id,
            phone_masked=mask_number(each.dealer.phone),
            locked=each.dealer.wrong_tries >= service.MAX_WRONG,
            active_cards=each.active_cards,
            cards=each.cards,
            open_orders=each.open_orders,
            done_orders=each.done_orders,
            last_month=each.last_month,
            commission=None if each.commission is None else f"{each.commission:.2f}",
        )
        for each in await service.overview(session, who.visible_centers)
    ]


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
