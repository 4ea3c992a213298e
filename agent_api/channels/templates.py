"""Reply templates in versions: written by one, approved by another, then offered for their type, reason and channel."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.channels import wording
from agent_api.channels.models import ReplyTemplate
from agent_api.errors import Denied, Invalid, NotFound, Refused

EXAMPLE = {
    "ticket_no": "T20261118000001",
    "kind": "投诉",
    "customer": "张先生/女士",
    "subject": "关于话费的疑问",
    "result": "已退还多收的费用12.50元",
    "due_date": "2026-12-03",
    "center": "江苏省客户服务中心",
    "date": "2026-11-18",
    "brand": "示例通信",
    "hotline": "10019",
}
DRAFT, PUBLISHED, WITHDRAWN = "draft", "published", "withdrawn"


@dataclass(frozen=True, slots=True)
class TemplateText:
    title: str
    subject: str
    text: str
    ticket_type: str = ""
    reason_code: str = ""
    channel: str = ""


def example(text: str) -> str:
    """With values nobody has. Raises Invalid when it names a variable nobody knows."""
    try:
        return wording.filled(text, EXAMPLE)
    except wording.BadTemplate as bad:
        raise Invalid("template.unknown_variable", {"names": str(bad)}) from None


async def save(
    session: AsyncSession, template_id: str, new: TemplateText, who: Principal, now: datetime
) -> ReplyTemplate:
    """A new version, as a draft. The one before stays in use until this one is approved."""
    for each in (new.subject, new.text):
        example(each)
    last = await session.scalar(select(func.max(ReplyTemplate.version)).where(ReplyTemplate.template_id == template_id))
    row = ReplyTemplate(
        template_id=template_id,
        version=(last or 0) + 1,
        title=new.title,
        ticket_type=new.ticket_type,
        reason_code=new.reason_code,
        channel=new.channel,
        subject=new.subject,
        text=new.text,
        state=DRAFT,
        written_by=who.agent_no,
        written_at=now,
        approved_by="",
    )
    session.add(row)
    await session.flush()
    await audit.record(
        session, who, "template.saved", now, subject="template", subject_id=f"{template_id}/{row.version}"
    )
    return row


async def publish(
    session: AsyncSession, template_id: str, version: int, who: Principal, now: datetime
) -> ReplyTemplate:
    """By another person than who wrote it; the version before goes out of use."""
    row = await get(session, template_id, version)
    if row.state != DRAFT:
        raise Refused("template.wrong_state")
    if row.written_by == who.agent_no:
        raise Denied("contact.own_draft")
    for old in await _versions(session, template_id):
        if old.state == PUBLISHED:
            old.state = WITHDRAWN
    row.state, row.approved_by, row.approved_at = PUBLISHED, who.agent_no, now
    await audit.record(
        session, who, "template.published", now, subject="template", subject_id=f"{template_id}/{version}"
    )
    return row


async def withdraw(session: AsyncSession, template_id: str, version: int, who: Principal, now: datetime) -> None:
    row = await get(session, template_id, version)
    if row.state == WITHDRAWN:
        raise Refused("template.wrong_state")
    row.state = WITHDRAWN
    await audit.record(
        session, who, "template.withdrawn", now, subject="template", subject_id=f"{template_id}/{version}"
    )


async def get(session: AsyncSession, template_id: str, version: int) -> ReplyTemplate:
    row = await session.get(ReplyTemplate, (template_id, version), with_for_update=True)
    if row is None:
        raise NotFound("template", template_id)
    return row


async def published(session: AsyncSession, template_id: str) -> ReplyTemplate:
    """The version in use."""
    row = next((each for each in await _versions(session, template_id) if each.state == PUBLISHED), None)
    if row is None:
        raise NotFound("template", template_id)
    return row


async def all_templates(session: AsyncSession) -> Sequence[ReplyTemplate]:
    query = select(ReplyTemplate).order_by(ReplyTemplate.template_id, ReplyTemplate.version.desc())
    return (await session.scalars(query)).all()


async def fitting(session: AsyncSession, ticket_type: str, reason_code: str, channel: str) -> list[ReplyTemplate]:
    """Those in use that fit, the most particular first."""
    wanted = {"ticket_type": ticket_type, "reason_code": reason_code, "channel": channel}
    found = (await session.scalars(select(ReplyTemplate).where(ReplyTemplate.state == PUBLISHED))).all()
    fit = [row for row in found if all(_fits(getattr(row, name), value) for name, value in wanted.items())]
    return sorted(fit, key=lambda row: (-sum(bool(getattr(row, name)) for name in wanted), row.template_id))


def _fits(own: str, value: str) -> bool:
    """A reason above fits those below it; what is not asked for does not count."""
    return not own or not value or value == own or value.startswith(f"{own}.")


async def _versions(session: AsyncSession, template_id: str) -> Sequence[ReplyTemplate]:
    query = select(ReplyTemplate).where(ReplyTemplate.template_id == template_id).order_by(ReplyTemplate.version.desc())
    return (await session.scalars(query)).all()
