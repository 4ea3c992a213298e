"""The whole pool over HTTP: every kind of work, its stage (2.12), claiming the next, orders that settle a ticket."""

from collections import Counter
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.pool import claiming, items
from agent_api.pool.items import Item
from agent_api.pool.stages import STAGE_TITLES, Kind, Stage
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1/pool", tags=["tickets"], responses=responses(NotSignedIn, Denied, Invalid))
MayWork = Annotated[Principal, Depends(allowed(Permission.TICKET_REASSIGN))]
ItemNo = Annotated[str, Path(max_length=64)]


class ItemOut(BaseModel):
    kind: Kind
    number: str
    type: str = Field(description="Of the ticket; channel, queue or rule of the others")
    title: str
    stage: Stage
    stage_title: str
    level: str
    vip: bool
    priority: int
    center_id: str
    owner: str
    first_owner: str
    mine_first: bool = Field(description="One took it down oneself (首问负责)")
    legal_due_at: datetime | None
    due_at: datetime | None
    created_at: datetime


class ItemsOut(BaseModel):
    items: list[ItemOut]
    kinds: dict[str, int] = Field(description="How many of each kind, whatever is shown")
    stages: dict[str, int]


class ClaimItem(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"kinds": []}, {"kinds": ["visit"], "number": "HF20261118000001"}]}
    )

    kinds: list[Kind] = Field(default_factory=list, max_length=6, description="Empty: any")
    number: str | None = Field(default=None, max_length=64, description="null: the next one")


class SettledBy(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"order_no": "YW20261118000001"}]})

    order_no: str = Field(max_length=20)


@router.get("/items")
async def read_items(
    who: MayWork,
    session: Reading,
    context: ContextDep,
    kind: Kind | None = None,
    stage: Stage | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> ItemsOut:
    """What waits at one's centre and what colleagues hold, in the order it is given out."""
    everything = await items.waiting(session, who, context.clock())
    chosen = [each for each in everything if kind in (None, each.kind) and stage in (None, each.stage)]
    return ItemsOut(
        items=[_out(each, who) for each in chosen[:limit]],
        kinds=dict(Counter(each.kind.value for each in everything)),
        stages=dict(Counter(each.stage.value for each in everything)),
    )


@router.post("/items/claim", responses=responses(NotFound, Refused))
async def claim_item(body: ClaimItem, who: MayWork, session: Writing, context: ContextDep) -> ItemOut | None:
    """For half an hour; null when nothing waits."""
    item = await claiming.claim(session, who, context.clock(), body.kinds, body.number)
    return _out(item, who, claimed=True) if item else None


@router.post("/items/{kind}/{item_no}/give-back", status_code=204, responses=responses(NotFound, Refused))
async def give_item_back(kind: Kind, item_no: ItemNo, who: MayWork, session: Writing, context: ContextDep) -> None:
    await claiming.give_back(session, who, kind, item_no, context.clock())


@router.post("/{ticket_no}/order", status_code=204, responses=responses(NotFound, Refused))
async def settle_by_order(ticket_no: str, body: SettledBy, who: MayWork, session: Writing, context: ContextDep) -> None:
    """An order of the same customer settles the ticket; its progress shows as the ticket's stage."""
    await claiming.settle_by_order(session, ticket_no, body.order_no, who, context.clock())


def _out(item: Item, who: Principal, claimed: bool = False) -> ItemOut:
    stage = Stage.CLAIMED if claimed else item.stage
    return ItemOut.model_validate(
        {name: getattr(item, name) for name in ItemOut.model_fields if hasattr(item, name)}
        | {
            "stage": stage,
            "stage_title": STAGE_TITLES[stage],
            "owner": who.agent_no if claimed else item.owner,
            "mine_first": item.first_owner == who.agent_no,
        }
    )
