"""Notices to callers, on and off. A change is heard by calls that come a second later."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends

from agent_api.announcements import service
from agent_api.announcements.models import Notice
from agent_api.announcements.schemas import NoticeIn, NoticeOut
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.context import Context
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, responses
from agent_api.menus.endpoints import prompt_book
from agent_api.speech.store import State
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(
    prefix="/api/v1/announcements", tags=["announcements"], responses=responses(NotSignedIn, Denied, Invalid)
)

MayAnnounce = Annotated[Principal, Depends(allowed(Permission.ANNOUNCE))]


@router.get("")
async def list_notices(who: MayAnnounce, session: Reading) -> list[NoticeOut]:
    """Of the own centre and all below, oldest first."""
    return [_out(row) for row in await service.visible(session, who)]


@router.post("", responses=responses(NotFound))
async def create(body: NoticeIn, who: MayAnnounce, session: Writing, context: ContextDep) -> NoticeOut:
    await _check_prompts(context, body)
    return _out(await service.create(session, who, body, context.clock()))


@router.put("/{notice_id}", responses=responses(NotFound))
async def change(notice_id: str, body: NoticeIn, who: MayAnnounce, session: Writing, context: ContextDep) -> NoticeOut:
    """All fields; `active` switches it."""
    await _check_prompts(context, body)
    return _out(await service.change(session, who, notice_id, body, context.clock()))


@router.delete("/{notice_id}", status_code=204, responses=responses(NotFound))
async def delete(notice_id: str, who: MayAnnounce, session: Writing, context: ContextDep) -> None:
    await service.delete(session, who, notice_id, context.clock())


async def _check_prompts(context: Context, body: NoticeIn) -> None:
    known = await asyncio.to_thread(prompt_book(context).prompts)
    ready = {each.prompt_id for each in known if each.state is State.READY}
    if missing := [each for each in body.prompts if each not in ready]:
        raise Invalid("announcement.unknown_prompt", {"prompts": missing})


def _out(row: Notice) -> NoticeOut:
    days = (row.first_day, row.last_day) if row.first_day is not None and row.last_day is not None else None
    return NoticeOut(
        id=row.announcement_id,
        center=row.center_id,
        title=row.title,
        area=row.area,
        place=row.place,
        prompts=row.prompts,
        barge_in=row.barge_in,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        days_of_month=days,
        active=row.active,
    )
