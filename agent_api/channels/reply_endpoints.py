"""Replies to contacts and their templates over HTTP, for the desk."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.channels import answering, letters, service, templates, view, wording
from agent_api.channels.answering import Draft
from agent_api.channels.endpoints import ERRORS, KNOWN, SAFE, MayRead, MayWork, shown
from agent_api.channels.schemas import (
    ContactOut,
    ReasonIn,
    ReplyIn,
    ReplyPreview,
    TemplateId,
    TemplateIn,
    TemplateOut,
    TemplatePreview,
    TemplateVariable,
)
from agent_api.channels.templates import TemplateText
from agent_api.errors import NotFound, Refused, Unavailable, responses
from agent_api.web import ContextDep, Reading, Writing, allowed, allowed_one_of

router = APIRouter(prefix="/api/v1/interactions", tags=["interactions"], responses=ERRORS)
template_router = APIRouter(prefix="/api/v1/reply-templates", tags=["reply templates"], responses=ERRORS)

MayApprove = Annotated[Principal, Depends(allowed(Permission.CONTACT_APPROVE))]
MayWrite = Annotated[Principal, Depends(allowed(Permission.TEMPLATE_WRITE))]
MayEdit = Annotated[Principal, Depends(allowed_one_of(Permission.TEMPLATE_WRITE, Permission.TEMPLATE_APPROVE))]
EverybodyWithTexts = Annotated[
    Principal,
    Depends(allowed_one_of(Permission.CONTACT_READ, Permission.TEMPLATE_WRITE, Permission.TEMPLATE_APPROVE)),
]
MayPublish = Annotated[Principal, Depends(allowed(Permission.TEMPLATE_APPROVE))]


@router.post("/{interaction_id}/reply", responses=KNOWN)
async def draft_reply(
    interaction_id: str, body: ReplyIn, who: MayWork, session: Writing, context: ContextDep
) -> ContactOut:
    """A template as it stands goes out at once; anything written by hand waits for another person's approval."""
    row = await service.get_for(session, interaction_id, who, for_update=True)
    draft = Draft(body.template_id, body.subject, body.text)
    await context.contacts.clerk.draft(session, row, draft, who, context.clock())
    return await shown(session, row, who)


@router.get("/{interaction_id}/reply-preview", responses=responses(NotFound))
async def preview_reply(
    interaction_id: str, template_id: TemplateId, who: MayRead, session: Reading, context: ContextDep
) -> ReplyPreview:
    row = await service.get_for(session, interaction_id, who)
    subject, text = await context.contacts.clerk.preview(session, row, template_id, context.clock())
    return ReplyPreview(subject=subject, text=text)


@router.post("/{interaction_id}/reply/approve", responses=KNOWN)
async def approve_reply(interaction_id: str, who: MayApprove, session: Writing, context: ContextDep) -> ContactOut:
    """And send it."""
    row = await service.get_for(session, interaction_id, who, for_update=True)
    await context.contacts.clerk.approve(session, row, who, context.clock())
    return await shown(session, row, who)


@router.post("/{interaction_id}/reply/refuse", responses=KNOWN)
async def refuse_reply(
    interaction_id: str, body: ReasonIn, who: MayApprove, session: Writing, context: ContextDep
) -> ContactOut:
    row = await service.get_for(session, interaction_id, who, for_update=True)
    await context.contacts.clerk.refuse(session, row, body.reason, who, context.clock())
    return await shown(session, row, who)


@router.get("/{interaction_id}/replies/{reply_id}/letter", responses=responses(NotFound, Unavailable))
async def print_reply(
    interaction_id: str, reply_id: str, who: MayWork, session: Writing, context: ContextDep
) -> Response:
    """The reply as a letter (PDF), with the address in clear: it goes on the envelope. Audited."""
    row = await service.get_for(session, interaction_id, who)
    reply = await answering.reply_for_print(session, row, reply_id)
    settings = context.settings.messages
    await audit.record(session, who, "reply.printed", context.clock(), subject="interaction", subject_id=interaction_id)
    address = row.address if row.channel == "letter" else ""
    document = await asyncio.to_thread(
        letters.pdf, reply, address, settings.brand, f"{context.today:%Y-%m-%d}", settings.fonts
    )
    return Response(document, media_type="application/pdf", headers=SAFE | {"Content-Disposition": "inline"})


@template_router.get("")
async def list_templates(
    _who: MayRead,
    session: Reading,
    ticket_type: Annotated[str, Query(alias="type", max_length=10)] = "",
    reason: Annotated[str, Query(max_length=40)] = "",
    channel: Annotated[str, Query(max_length=10)] = "",
    every_version: bool = False,
) -> list[TemplateOut]:
    """Those in use that fit, the most particular first; or all there ever were."""
    found = (
        await templates.all_templates(session)
        if every_version
        else await templates.fitting(session, ticket_type, reason, channel)
    )
    return [view.template_out(row) for row in found]


@template_router.get("/versions")
async def list_template_versions(_who: MayEdit, session: Reading) -> list[TemplateOut]:
    """All there ever were, of each the last first."""
    return [view.template_out(row) for row in await templates.all_templates(session)]


@template_router.post("/preview")
async def preview_template(body: TemplatePreview, _who: MayEdit) -> ReplyPreview:
    """With example values, as a customer would read it."""
    return ReplyPreview(subject=templates.example(body.subject), text=templates.example(body.text))


@template_router.get("/variables")
async def list_variables(_who: EverybodyWithTexts) -> list[TemplateVariable]:
    return [TemplateVariable(name=name, title=title) for name, title in wording.VARIABLES.items()]


@template_router.put("/{template_id}")
async def save_template(
    template_id: TemplateId, body: TemplateIn, who: MayWrite, session: Writing, context: ContextDep
) -> TemplateOut:
    """A new version, as a draft; the one before stays in use until this one is approved."""
    new = TemplateText(**body.model_dump())
    return view.template_out(await templates.save(session, template_id, new, who, context.clock()))


@template_router.post("/{template_id}/{version}/publish", responses=responses(NotFound, Refused))
async def publish_template(
    template_id: TemplateId, version: int, who: MayPublish, session: Writing, context: ContextDep
) -> TemplateOut:
    """By another person than who wrote it."""
    return view.template_out(await templates.publish(session, template_id, version, who, context.clock()))


@template_router.post("/{template_id}/{version}/withdraw", responses=responses(NotFound, Refused))
async def withdraw_template(
    template_id: TemplateId, version: int, who: MayPublish, session: Writing, context: ContextDep
) -> TemplateOut:
    await templates.withdraw(session, template_id, version, who, context.clock())
    return view.template_out(await templates.get(session, template_id, version))
