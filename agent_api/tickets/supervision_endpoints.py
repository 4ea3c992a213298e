"""Supervision orders over HTTP. They are issued with the event `supervise` of a ticket."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict, Field

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.tickets import supervision, supervision_link
from agent_api.tickets.models import SupervisionOrder, SupervisionStep
from agent_api.tickets.supervision_flow import OrderAct, OrderState
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1/supervision-orders", tags=["tickets"])
MayRead = Annotated[Principal, Depends(allowed(Permission.TICKET_READ))]


class SupervisionStepOut(BaseModel):
    act: str
    state: str
    at: datetime
    actor: str
    text: str


class SupervisionOut(BaseModel):
    id: str
    ticket_no: str
    center_id: str = Field(description="The unit that must sign and report")
    issued_by: str
    issuer_center: str
    reason: str
    state: OrderState
    issued_at: datetime
    due_at: datetime | None = Field(description="By when the unit must sign, or report again")
    late: int = Field(description="How often it missed that")
    allowed: list[OrderAct]
    steps: list[SupervisionStepOut]


class SupervisionEvent(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"event": "report", "text": "今日已上门两次,设备更换安排在明早"}]}
    )

    event: OrderAct
    text: str = Field(default="", max_length=2000)


@router.get("", responses=responses(NotSignedIn, Denied, Invalid))
async def list_orders(
    who: MayRead,
    session: Reading,
    state: OrderState | None = None,
    ticket_no: Annotated[str | None, Query(max_length=20)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[SupervisionOut]:
    """To or from one's own centre and those below, latest first."""
    orders = await supervision.listed(session, who, state, ticket_no, limit)
    steps = await supervision.steps(session, [order.order_id for order in orders])
    return [_out(order, steps[order.order_id], who) for order in orders]


@router.post("/{order_id}/events", responses=responses(NotSignedIn, Denied, NotFound, Refused, Invalid))
async def act_on_order(
    order_id: str, body: SupervisionEvent, who: MayRead, session: Writing, context: ContextDep
) -> SupervisionOut:
    """The unit's leader signs, reports, answers; the issuer accepts, rejects, withdraws."""
    now = context.clock()
    order = await supervision.act(session, order_id, body.event, body.text, who, now)
    await supervision_link.tell(session, order, body.event, body.text, who, now)
    steps = await supervision.steps(session, [order_id])
    return _out(order, steps[order_id], who)


def _out(order: SupervisionOrder, steps: Sequence[SupervisionStep], who: Principal) -> SupervisionOut:
    names = (
        "ticket_no", "center_id", "issued_by", "issuer_center", "reason", "state", "issued_at", "due_at", "late",
    )  # fmt: skip
    return SupervisionOut.model_validate(
        {name: getattr(order, name) for name in names}
        | {
            "id": order.order_id,
            "allowed": supervision.allowed(order, who),
            "steps": [SupervisionStepOut.model_validate(each, from_attributes=True) for each in steps],
        }
    )
