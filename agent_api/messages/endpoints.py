"""What was sent to whom, masked; letters to post; and the embedded gateway's texts."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.masking import mask_address, mask_email, mask_number
from agent_api.messages import service, workflow
from agent_api.messages.models import Message
from agent_api.messages.outgoing import Channel
from agent_api.messages.schemas import LetterOut, MessageOut, MessageState, PostedIn, SinkQuestion, SinkTextOut
from agent_api.web import ContextDep, Reading, Writing, allowed

router = APIRouter(prefix="/api/v1/messages", tags=["messages"], responses=responses(NotSignedIn, Denied, Invalid))

MayRead = Annotated[Principal, Depends(allowed(Permission.MESSAGE_READ))]
MaySeeAddress = Annotated[Principal, Depends(allowed(Permission.CUSTOMER_UNMASK))]


@router.get("")
async def list_messages(
    _who: MayRead,
    session: Reading,
    context: ContextDep,
    customer_id: str | None = None,
    call_id: str | None = None,
    state: MessageState | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
) -> list[MessageOut]:
    """Latest first. Never their words: those may hold what only the customer may know."""
    rows = await service.page(session, customer_id, call_id, state, limit)
    return [_out(row, context.post_office.sender.letter(row).subject if row.values else "") for row in rows]


@router.get("/{message_id}/letter", responses=responses(NotFound, Refused))
async def read_letter(message_id: str, who: MaySeeAddress, session: Writing, context: ContextDep) -> LetterOut:
    """A letter of the work list, to print. Audited."""
    row = await _letter(session, message_id)
    await audit.record(session, who, "message.printed", context.clock(), subject="message", subject_id=message_id)
    letter = context.post_office.sender.letter(row)
    document = letter.document
    return LetterOut(
        id=message_id,
        address=letter.address,
        subject=letter.subject,
        text=letter.text,
        columns=list(document.columns) if document else [],
        rows=[list(each) for each in document.rows] if document else [],
    )


@router.post("/{message_id}/posted", responses=responses(NotFound, Refused))
async def posted(
    message_id: str, body: PostedIn, who: MaySeeAddress, session: Writing, context: ContextDep
) -> MessageOut:
    """The letter is in the post."""
    await _letter(session, message_id)
    row = await service.tell(session, message_id, workflow.Arrived("posted"), context.clock())
    reason = body.tracking
    await audit.record(
        session, who, "message.posted", context.clock(), subject="message", subject_id=message_id, reason=reason
    )
    return _out(row, context.post_office.sender.letter(row).subject)


@router.post("/sink", responses=responses(NotFound))
async def read_sink(body: SinkQuestion, who: MaySeeAddress, session: Writing, context: ContextDep) -> list[SinkTextOut]:
    """What the embedded SMS gateway took for a number (no telephone gets it). Audited; 404 with a real gateway."""
    if context.settings.messages.sms != "embedded":
        raise NotFound("gateway", "embedded")
    await audit.record(session, who, "message.sink_read", context.clock(), subject="gateway", subject_id="embedded")
    return [SinkTextOut(text=each.text, at=each.at) for each in await service.sink_texts(session, body.number)]


async def _letter(session: Writing, message_id: str) -> Message:
    row = await service.get(session, message_id)
    if row.channel != Channel.POST or row.receipt != "by_hand":
        raise Refused("message.wrong_state")
    return row


def _masked(row: Message) -> str:
    match Channel(row.channel):
        case Channel.EMAIL:
            return mask_email(row.address)
        case Channel.POST:
            return mask_address(row.address)
        case _:
            return mask_number(row.address)


def _out(row: Message, subject: str) -> MessageOut:
    return MessageOut(
        id=row.message_id,
        channel=Channel(row.channel).value,
        address_masked=_masked(row),
        template=row.template,
        subject=subject,
        state=workflow.State(row.state).value,
        receipt=row.receipt,
        attempts=row.attempts,
        error=row.error or None,
        call_id=row.call_id,
        about=row.about,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
