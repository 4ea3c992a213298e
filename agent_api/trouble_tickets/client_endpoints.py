"""Where the administrator gives other systems their tokens."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict, Field

from agent_api.auth import key_age
from agent_api.auth.key_age import Standing
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, responses
from agent_api.trouble_tickets import clients
from agent_api.trouble_tickets.models import ApiClient
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(
    prefix="/api/v1/api-clients", tags=["api clients"], responses=responses(NotSignedIn, Denied, Invalid)
)

MayLook = Annotated[Principal, Depends(allowed(Permission.USER_READ))]
MayManage = Annotated[Principal, Depends(allowed(Permission.API_CLIENTS))]
Right = Literal["create", "update", "resolve", "close", "delete"]


class NewClient(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"name": "省网管系统", "center_id": "js", "rights": ["create", "update"]}]}
    )

    name: str = Field(min_length=2, max_length=60)
    center_id: str = Field(min_length=1, max_length=20)
    rights: list[Right] = Field(max_length=5)


class ClientOut(BaseModel):
    client_id: str
    name: str
    center_id: str
    rights: list[str]
    created_at: datetime
    rotated_at: datetime
    disabled: bool
    token_days: int = Field(description="How old the token is")
    token_standing: Standing = Field(description="Of one in use: due from day 166, too old from day 180")
    token_too_old: bool = Field(description="To be rotated: 180 days old or more")
    old_token_until: datetime | None = Field(description="Until then the token before this one works too")


class ClientToken(ClientOut):
    token: str = Field(description="Shown this once")


@router.get("")
async def list_clients(who: MayLook, session: Reading, context: ContextDep) -> list[ClientOut]:
    return [_out(each, context.clock()) for each in await clients.of_centers(session, who)]


@router.post("", status_code=201, responses=responses(NotFound))
async def create_client(body: NewClient, who: MayManage, session: Writing, context: ContextDep) -> ClientToken:
    """Another system may use the interface for trouble tickets from now on."""
    now = context.clock()
    row, token = await clients.create(session, body.name, body.center_id, body.rights, who, now)
    return ClientToken(**_out(row, now).model_dump(), token=token)


@router.post("/{client_id}/rotate", responses=responses(NotFound))
async def rotate_token(client_id: str, who: MayManage, session: Writing, context: ContextDep) -> ClientToken:
    """A new token; the old one works for another 24 hours."""
    now = context.clock()
    row, token = await clients.rotate(session, client_id, who, now)
    return ClientToken(**_out(row, now).model_dump(), token=token)


@router.delete("/{client_id}", status_code=204, responses=responses(NotFound))
async def disable_client(client_id: str, who: MayManage, session: Writing, context: ContextDep) -> None:
    """Its tokens work no more, at once."""
    await clients.disable(session, client_id, who, context.clock())


def _out(row: ApiClient, now: datetime) -> ClientOut:
    standing = "good" if row.disabled else key_age.standing(row.rotated_at, now)
    return ClientOut(
        client_id=row.client_id,
        name=row.name,
        center_id=row.center_id,
        rights=row.rights,
        created_at=row.created_at,
        rotated_at=row.rotated_at,
        disabled=row.disabled,
        token_days=key_age.days(row.rotated_at, now),
        token_standing=standing,
        token_too_old=standing == "too_old",
        old_token_until=row.old_until if row.old_until and row.old_until > now else None,
    )
