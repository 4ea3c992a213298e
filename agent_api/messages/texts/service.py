"""Words of messages by centre, in versions: written by one, approved by another, used by the centres below too.

Never commits, never sends.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal, centers_above
from agent_api.errors import Denied, Invalid, NotFound, Refused
from agent_api.messages.models import MessageText
from agent_api.messages.templates import Template, catalogue
from agent_api.messages.texts import rules
from agent_api.messages.texts.rules import Words

DRAFT, PUBLISHED, WITHDRAWN = "draft", "published", "withdrawn"


def template(template_id: str) -> Template:
    found = catalogue().get(template_id)
    if found is None:
        raise NotFound("message_text", template_id)
    return found


async def in_force(session: AsyncSession, template_id: str, center_id: str) -> MessageText | None:
    """Of the centre itself or the nearest above it; None: as shipped. `center_id` may be empty: the top's then."""
    return (await in_force_of_all(session, center_id, template_id)).get(template_id)


async def in_force_of_all(session: AsyncSession, center_id: str, template_id: str = "") -> dict[str, MessageText]:
    query = select(MessageText).where(MessageText.state == PUBLISHED)
    rows = (await session.scalars(query.where(MessageText.template_id == template_id) if template_id else query)).all()
    if not rows:
        return {}
    line = centers_above(center_id, await auth.parents(session))
    near_last = sorted((row for row in rows if row.center_id in line), key=lambda row: -line.index(row.center_id))
    return {row.template_id: row for row in near_last}


async def drafts(session: AsyncSession, center_id: str) -> frozenset[str]:
    """Templates with words of this centre that wait for their second person."""
    query = select(MessageText.template_id).where(MessageText.state == DRAFT, MessageText.center_id == center_id)
    return frozenset((await session.scalars(query)).all())


async def versions(session: AsyncSession, center_id: str, template_id: str) -> Sequence[MessageText]:
    """The centre's own, last first."""
    query = select(MessageText).where(MessageText.template_id == template_id, MessageText.center_id == center_id)
    return (await session.scalars(query.order_by(MessageText.version.desc()))).all()


def check(template_id: str, words: Words) -> None:
    if wrong := rules.problems(template(template_id), words):
        raise Invalid("message_text.wrong", {"fields": wrong})


async def save(
    session: AsyncSession,
    center_id: str,
    template_id: str,
    words: Mapping[str, str],
    note: str,
    who: Principal,
    now: datetime,
) -> MessageText:
    """A new version, as a draft. What is in use stays so until this one is approved."""
    await auth.center(session, center_id)
    _check_place(who, center_id)
    check(template_id, words)
    query = select(func.max(MessageText.version))
    query = query.where(MessageText.template_id == template_id, MessageText.center_id == center_id)
    row = MessageText(
        template_id=template_id,
        center_id=center_id,
        version=(await session.scalar(query) or 0) + 1,
        words=dict(words),
        note=note,
        state=DRAFT,
        written_by=who.agent_no,
        written_at=now,
        approved_by="",
    )
    session.add(row)
    await session.flush()
    await _note(session, row, "message_text.saved", who, now)
    return row


async def publish(
    session: AsyncSession, center_id: str, template_id: str, version: int, who: Principal, now: datetime
) -> MessageText:
    """By another person than who wrote it; for messages written from now on."""
    row = await _get(session, center_id, template_id, version, who)
    if row.state != DRAFT:
        raise Refused("template.wrong_state")
    if row.written_by == who.agent_no:
        raise Denied("contact.own_draft")
    check(template_id, row.words)
    for old in await versions(session, center_id, template_id):
        if old.state == PUBLISHED or (old.state == DRAFT and old.version < version):
            old.state = WITHDRAWN
    row.state, row.approved_by, row.approved_at = PUBLISHED, who.agent_no, now
    await _note(session, row, "message_text.published", who, now)
    return row


async def withdraw(
    session: AsyncSession, center_id: str, template_id: str, version: int, who: Principal, now: datetime
) -> MessageText:
    """The words of the centre above, or the shipped ones, are in use again."""
    row = await _get(session, center_id, template_id, version, who)
    if row.state == WITHDRAWN:
        raise Refused("template.wrong_state")
    row.state = WITHDRAWN
    await _note(session, row, "message_text.withdrawn", who, now)
    return row


async def _get(session: AsyncSession, center_id: str, template_id: str, version: int, who: Principal) -> MessageText:
    _check_place(who, center_id)
    row = await session.get(MessageText, (template_id, center_id, version), with_for_update=True)
    if row is None:
        raise NotFound("message_text", f"{center_id}/{template_id}/{version}")
    return row


def _check_place(who: Principal, center_id: str) -> None:
    if center_id not in who.visible_centers:
        raise Denied("document.not_your_center")


async def _note(session: AsyncSession, row: MessageText, action: str, who: Principal, now: datetime) -> None:
    subject_id = f"{row.center_id}/{row.template_id}/{row.version}"
    await audit.record(session, who, action, now, subject="message_text", subject_id=subject_id)
