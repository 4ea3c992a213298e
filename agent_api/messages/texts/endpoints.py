"""A centre's words for SMS and e-mails over HTTP: read, tried, drafted, approved, taken back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.messages.models import MessageText
from agent_api.messages.templates import catalogue
from agent_api.messages.texts import rules, service
from agent_api.messages.texts.schemas import (
    MessageTextIn,
    MessageTextRow,
    MessageTextShown,
    MessageTextTry,
    MessageTextVersion,
    MessageWords,
    TextId,
)
from agent_api.web import ContextDep, Reading, Writing, allowed, allowed_one_of

router = APIRouter(
    prefix="/api/v1/message-texts", tags=["messages"], responses=responses(NotSignedIn, Denied, Invalid, NotFound)
)
MayRead = Annotated[Principal, Depends(allowed_one_of(Permission.TEMPLATE_WRITE, Permission.TEMPLATE_APPROVE))]
MayWrite = Annotated[Principal, Depends(allowed(Permission.TEMPLATE_WRITE))]
MayApprove = Annotated[Principal, Depends(allowed(Permission.TEMPLATE_APPROVE))]


@router.get("")
async def list_texts(
    _who: MayRead, session: Reading, center: Annotated[str, Query(max_length=20)]
) -> list[MessageTextRow]:
    """Every message the system writes by itself, in the words in use at the centre."""
    await auth.center(session, center)
    used, waiting = await service.in_force_of_all(session, center), await service.drafts(session, center)
    return [
        MessageTextRow(
            template_id=template_id,
            secret=template.secret,
            variables=sorted(template.names()),
            shipped=_words(rules.shipped(template)),
            words=_words(row.words if (row := used.get(template_id)) else rules.shipped(template)),
            from_center=row.center_id if row else "",
            version=row.version if row else 0,
            draft=template_id in waiting,
        )
        for template_id, template in catalogue().items()
    ]


@router.post("/preview")
async def try_text(body: MessageTextTry, _who: MayRead, context: ContextDep) -> MessageTextShown:
    """With example values, as a customer would read it."""
    words = body.words.model_dump()
    service.check(body.template_id, words)
    settings = context.settings.messages
    shown = rules.filled(words, settings.brand, settings.hotline)
    return MessageTextShown(words=_words(shown), sms=rules.sms_count(shown["zh"]))


@router.get("/{center}/{template_id}")
async def list_versions(center: str, template_id: TextId, _who: MayRead, session: Reading) -> list[MessageTextVersion]:
    """The centre's own, last first."""
    service.template(template_id)
    return [_out(row) for row in await service.versions(session, center, template_id)]


@router.put("/{center}/{template_id}")
async def draft(
    center: str, template_id: TextId, body: MessageTextIn, who: MayWrite, session: Writing, context: ContextDep
) -> MessageTextVersion:
    """A new version; what is in use stays so until another person approves this one."""
    words = body.words.model_dump()
    return _out(await service.save(session, center, template_id, words, body.note, who, context.clock()))


@router.post("/{center}/{template_id}/{version}/publish", responses=responses(Refused))
async def publish(
    center: str, template_id: TextId, version: int, who: MayApprove, session: Writing, context: ContextDep
) -> MessageTextVersion:
    """By another person than who wrote it; for messages from now on, of this centre and those below."""
    return _out(await service.publish(session, center, template_id, version, who, context.clock()))


@router.post("/{center}/{template_id}/{version}/withdraw", responses=responses(Refused))
async def withdraw(
    center: str, template_id: TextId, version: int, who: MayApprove, session: Writing, context: ContextDep
) -> MessageTextVersion:
    """The words of the centre above, or the shipped ones, are in use again."""
    return _out(await service.withdraw(session, center, template_id, version, who, context.clock()))


def _words(words: rules.Words) -> MessageWords:
    return MessageWords.model_validate(dict(words))


def _out(row: MessageText) -> MessageTextVersion:
    return MessageTextVersion.model_validate(row, from_attributes=True)
