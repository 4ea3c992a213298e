"""What changes a centre's menus: drafts, publishing, roll-back, numbers. One change at a time. Never commits."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from acd.contracts.menu.tree import Tree
from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.db import lock_until_commit
from agent_api.errors import Denied, NotFound, Refused
from agent_api.menus import repository
from agent_api.menus.models import MenuCenter, MenuDraft, MenuVersion
from agent_api.menus.service import inherited_if_gone, next_version, version

SYSTEM = "system"
_MENUS = 0x0A0D18


async def save_draft(
    session: AsyncSession, who: Principal, center_id: str, tree: Tree, note: str, based_on: str | None, now: datetime
) -> MenuDraft:
    """`based_on`: etag of the draft the change was made to; None when there was none."""
    await _lock(session, who, center_id)
    row = await repository.draft(session, center_id)
    if (row.etag if row else None) != based_on:
        raise Refused("menu.draft_changed")
    if row is None:
        row = MenuDraft(center_id=center_id)
        session.add(row)
    row.tree, row.note, row.author, row.updated_at = tree.model_dump(mode="json"), note, who.agent_no, now
    row.etag = _etag(row)
    await audit.record(session, who, "menu.draft_saved", now, subject="center", subject_id=center_id, reason=note)
    return row


async def publish_draft(
    session: AsyncSession, who: Principal, center_id: str, note: str, at: datetime | None, now: datetime
) -> MenuVersion:
    """The draft becomes a version: live at once, or at its time. Whether it may be is the caller's to check."""
    await _lock(session, who, center_id)
    row = await repository.draft(session, center_id)
    if row is None:
        raise Refused("menu.no_draft")
    if at is not None and at <= now:
        raise Refused("menu.bad_time")
    new = await _add(session, center_id, row.tree, note or row.note, who.agent_no, now, at)
    await repository.forget_draft(session, center_id)
    if at is None:
        await _go_live(session, new, now)
    action = "menu.published" if at is None else "menu.scheduled"
    await audit.record(session, who, action, now, subject="menu", subject_id=_name(new), reason=new.note)
    return new


async def roll_back(session: AsyncSession, who: Principal, center_id: str, now: datetime) -> MenuVersion | None:
    """The version that was live before this one is live again; None when the centre uses its parent's again."""
    await _lock(session, who, center_id)
    center = await repository.center(session, center_id)
    if center is None or center.live is None:
        raise Refused("menu.no_earlier_version")
    present = await version(session, center_id, center.live)
    if present.replaced is None and await inherited_if_gone(session, center_id) is None:
        raise Refused("menu.no_earlier_version")
    present.state, center.live = "retired", present.replaced
    before = None
    if present.replaced is not None:
        before = await version(session, center_id, present.replaced)
        before.state = "live"
    await audit.record(session, who, "menu.rolled_back", now, subject="menu", subject_id=_name(present))
    return before


async def set_numbers(
    session: AsyncSession, who: Principal, center_id: str, dids: Sequence[str], now: datetime
) -> MenuVersion | None:
    """A live tree is published again, since its number of version is what the voice menu goes by."""
    await _lock(session, who, center_id)
    others = await repository.others(session, center_id)
    if taken := sorted({did for other in others for did in other.dids} & set(dids)):
        raise Refused("menu.number_taken", {"numbers": taken})
    center = await repository.center(session, center_id)
    if center is None:
        center = MenuCenter(center_id=center_id, live=None)
        session.add(center)
    center.dids = list(dids)
    await audit.record(session, who, "menu.numbers", now, subject="center", subject_id=center_id, reason=" ".join(dids))
    await session.flush()
    if center.live is None:
        return None
    present = await version(session, center_id, center.live)
    new = await _add(session, center_id, present.tree, "接入号码变更", who.agent_no, now, None)
    await _go_live(session, new, now)
    return new


async def withdraw(session: AsyncSession, who: Principal, center_id: str, number: int, now: datetime) -> None:
    """A version that waits for its time shall not go live."""
    await _lock(session, who, center_id)
    waiting = await version(session, center_id, number)
    if waiting.state != "scheduled":
        raise Refused("menu.not_scheduled")
    waiting.state = "retired"
    await audit.record(session, who, "menu.withdrawn", now, subject="menu", subject_id=_name(waiting))


async def is_due(session: AsyncSession, now: datetime) -> bool:
    return bool(await repository.due(session, now))


async def go_live_due(session: AsyncSession, now: datetime) -> list[MenuVersion]:
    """Versions whose time has come."""
    await (await session.connection()).run_sync(lock_until_commit, _MENUS)
    due = await repository.due(session, now)
    for each in due:
        await _go_live(session, each, now)
        center = await auth.center(session, each.center_id)
        who = Principal(SYSTEM, "系统", frozenset(), center, frozenset({each.center_id}), (), {}, "zh")
        await audit.record(session, who, "menu.published", now, subject="menu", subject_id=_name(each))
    return list(due)


async def ensure_default(session: AsyncSession, tree: Tree, dids: Sequence[str], now: datetime) -> bool:
    """The top centre gets the default tree when it never had one. False when there is nothing to do."""
    top = [center_id for center_id, parent in (await auth.parents(session)).items() if parent is None]
    if len(top) != 1 or await repository.center(session, top[0]) is not None:
        return False
    await (await session.connection()).run_sync(lock_until_commit, _MENUS)
    if await repository.last_version(session, top[0]):
        return False
    first = await _add(session, top[0], tree.model_dump(mode="json"), "初始流程", SYSTEM, now, None, dids)
    await _go_live(session, first, now)
    return True


async def _lock(session: AsyncSession, who: Principal, center_id: str) -> None:
    """One change of menus at a time, by somebody of this centre or one above."""
    await auth.center(session, center_id)
    if center_id not in who.visible_centers:
        raise Denied("menu.not_your_center")
    await (await session.connection()).run_sync(lock_until_commit, _MENUS)


async def _add(
    session: AsyncSession,
    center_id: str,
    tree: dict[str, object],
    note: str,
    author: str,
    now: datetime,
    at: datetime | None,
    dids: Sequence[str] = (),
) -> MenuVersion:
    if await repository.center(session, center_id) is None:
        session.add(MenuCenter(center_id=center_id, live=None, dids=list(dids)))
        await session.flush()
    new = MenuVersion(
        center_id=center_id,
        version=await next_version(session, center_id),
        state="scheduled",
        tree=tree,
        note=note,
        author=author,
        created_at=now,
        publish_at=at,
        published_at=None,
        replaced=None,
    )
    session.add(new)
    await session.flush()
    return new


async def _go_live(session: AsyncSession, new: MenuVersion, now: datetime) -> None:
    center = await repository.center(session, new.center_id)
    if center is None:
        raise NotFound("center", new.center_id)
    if center.live is not None:
        (await version(session, new.center_id, center.live)).state = "retired"
    new.state, new.published_at, new.replaced = "live", now, center.live
    center.live = new.version


def _etag(draft: MenuDraft) -> str:
    content = json.dumps([draft.tree, draft.note, draft.updated_at.isoformat()], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _name(version: MenuVersion) -> str:
    return f"{version.center_id}/{version.version}"
