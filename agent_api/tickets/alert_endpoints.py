"""One's own alerts over HTTP; new ones also come over the live connection as `ticket_alert`."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel, ConfigDict

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotSignedIn, responses
from agent_api.tickets import alerts
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1/ticket-alerts", tags=["tickets"])
MayRead = Annotated[Principal, Depends(allowed(Permission.TICKET_READ))]


class AlertOut(BaseModel):
    id: int
    ticket_no: str
    kind: str
    data: dict[str, str]
    at: datetime


class Seen(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"up_to": 812}]})

    up_to: int


@router.get("", responses=responses(NotSignedIn, Denied, Invalid))
async def my_alerts(who: MayRead, session: Reading, limit: Annotated[int, Query(ge=1, le=200)] = 50) -> list[AlertOut]:
    """What I have not seen yet, latest first."""
    rows = await alerts.unseen(session, who.agent_no, limit)
    return [AlertOut.model_validate(alerts.alert_text(row)) for row in rows]


@router.post("/seen", status_code=204, responses=responses(NotSignedIn, Denied, Invalid))
async def seen(body: Seen, who: MayRead, session: Writing, context: ContextDep) -> None:
    """Everything up to this one."""
    await alerts.see(session, who.agent_no, body.up_to, context.clock())
