"""Replies to contacts: drafted, approved by another person where written by hand, sent, bounced. Never commits."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import audit
from agent_api.auth.principal import SYSTEM, Principal
from agent_api.channels import filling, registering, repository, service, templates, ways, wording
from agent_api.channels.filling import House
from agent_api.channels.flow import Fact, State
from agent_api.channels.models import Interaction, InteractionReply
from agent_api.customers import service as customers
from agent_api.customers.models import Customer
from agent_api.errors import Denied, Invalid, NotFound, Refused
from agent_api.messages import service as messages
from agent_api.messages.models import Message
from agent_api.messages.outgoing import Outgoing
from agent_api.tickets import service as tickets


@dataclass(frozen=True, slots=True)
class Draft:
    template_id: str = ""
    subject: str = ""
    """"" in these two: the template's own."""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Clerk:
    """Writes replies, in the words of the house."""

    house: House

    async def draft(
        self, session: AsyncSession, row: Interaction, new: Draft, who: Principal, now: datetime
    ) -> InteractionReply:
        """A template as it stands goes out at once; anything written by hand waits for another person."""
        values = await filling.of_contact(session, row, self.house, now)
        template = await templates.published(session, new.template_id) if new.template_id else None
        if left := wording.blanks(new.subject + new.text):
            raise Refused("template.value_missing", {"names": ", ".join(left)})
        try:
            subject = wording.filled(template.subject, values) if template else ""
            text = wording.filled(template.text, values) if template else ""
        except wording.BadTemplate as bad:
            raise Refused("template.value_missing", {"names": str(bad)}) from None
        free = template is None or new.text not in ("", text) or new.subject not in ("", subject)
        reply = InteractionReply(
            reply_id=str(uuid4()),
            interaction_id=row.interaction_id,
            template_id=template.template_id if template else "",
            template_version=template.version if template else 0,
            channel="",
            subject=one_line(new.subject or subject or f"Re: {row.subject}"),
            text=(new.text or text).strip(),
            free=free,
            state="draft",
            drafted_by=who.agent_no,
            drafted_at=now,
            decided_by="",
        )
        if not reply.text:
            raise Invalid("contact.empty_reply")
        await self._drop_drafts(session, row, who, now)
        session.add(reply)
        await service.advance(session, row, Fact.DRAFTED, who.agent_no, now)
        if not free:
            await self._approved(session, row, reply, who, now)
        return reply

    async def approve(self, session: AsyncSession, row: Interaction, who: Principal, now: datetime) -> InteractionReply:
        """And send it. Never by who wrote it."""
        reply = await self._waiting(session, row)
        if reply.drafted_by == who.agent_no:
            raise Denied("contact.own_draft")
        await audit.record(session, who, "reply.approved", now, subject="interaction", subject_id=row.interaction_id)
        await self._approved(session, row, reply, who, now)
        return reply

    async def refuse(
        self, session: AsyncSession, row: Interaction, reason: str, who: Principal, now: datetime
    ) -> InteractionReply:
        reply = await self._waiting(session, row)
        reply.state, reply.decided_by, reply.decided_at = "refused", who.agent_no, now
        await service.advance(session, row, Fact.REFUSED, who.agent_no, now, reason)
        return reply

    async def preview(
        self, session: AsyncSession, row: Interaction, template_id: str, now: datetime
    ) -> tuple[str, str]:
        """Subject and text of a template for this contact; what has no value is marked."""
        template = await templates.published(session, template_id)
        values = await filling.of_contact(session, row, self.house, now)
        return wording.marked(template.subject, values), wording.marked(template.text, values)

    async def _approved(
        self, session: AsyncSession, row: Interaction, reply: InteractionReply, who: Principal, now: datetime
    ) -> None:
        reply.state, reply.decided_by, reply.decided_at = "approved", who.agent_no, now
        await service.advance(session, row, Fact.APPROVED, who.agent_no, now)
        await send(session, row, reply, who, now)

    async def _waiting(self, session: AsyncSession, row: Interaction) -> InteractionReply:
        found = [each for each in await service.replies_of(session, row) if each.state == "draft"]
        if not found or row.state != State.REPLY_DRAFT:
            raise Refused("contact.wrong_state", {"state": row.state})
        return found[-1]

    async def _drop_drafts(self, session: AsyncSession, row: Interaction, who: Principal, now: datetime) -> None:
        for old in await service.replies_of(session, row):
            if old.state == "draft":
                old.state, old.decided_by, old.decided_at = "refused", who.agent_no, now


async def send(session: AsyncSession, row: Interaction, reply: InteractionReply, who: Principal, now: datetime) -> None:
    """Over the contact's own channel, with what else is known as fallback; and into the ticket's timeline."""
    customer = await _customer(session, row)
    email, postal = (customer.email, customer.address) if customer else ("", "")
    routes = ways.routes(row.channel, row.address, row.contact_number, email, postal)
    outgoing = Outgoing(
        "contact.reply",
        routes,
        {"subject": reply.subject, "text": reply.text, "in_reply_to": row.thread},
        customer_id=row.customer_id,
        about=row.ticket_no or row.interaction_id,
        center_id=row.center_id,
    )
    reply.message_id = await messages.queue(session, outgoing, now)
    reply.channel, reply.state = routes[0].channel.value, "sent"
    await service.advance(session, row, Fact.SENT, who.agent_no, now, reply.channel)
    if row.ticket_no is not None:
        case = await tickets.case(session, row.ticket_no, for_update=True)
        await registering.comment(session, case, f"已答复客户（{row.interaction_id}）：{reply.text}"[:1000], who, now)


async def bounced(session: AsyncSession, message: Message, now: datetime) -> Interaction | None:
    """A mail of ours came back: the customer is told over another channel. None: it belongs to no contact."""
    reply = await repository.reply_of_message(session, message.message_id)
    row = await repository.by_id(session, reply.interaction_id, for_update=True) if reply else None
    if row is None:
        row = await _of_about(session, message.about)
    if row is None:
        return None
    try:
        await service.advance(session, row, Fact.BOUNCED, SYSTEM, now)
    except Refused:
        return row  # told twice, or somebody works on it again
    if reply is not None:
        reply.state = "bounced"
    customer = await _customer(session, row)
    left = ways.others("email", ways.short_routes(row.channel, row.address, row.contact_number))
    values = {"ticket_no": row.ticket_no or row.interaction_id}
    told = await registering.tell(session, row, "contact.bounced", values, now, customer, left)
    if told and row.state == State.BOUNCED:
        await service.advance(session, row, Fact.SENT_OTHERWISE, SYSTEM, now, left[0].channel.value)
    return row


async def reply_for_print(session: AsyncSession, row: Interaction, reply_id: str) -> InteractionReply:
    found = next((each for each in await service.replies_of(session, row) if each.reply_id == reply_id), None)
    if found is None or found.state not in ("approved", "sent", "bounced"):
        raise NotFound("reply", reply_id)
    return found


def one_line(text: str) -> str:
    """Fit for a header: no control characters, not endless."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:200]


async def _of_about(session: AsyncSession, about: str) -> Interaction | None:
    """The contact a message was about: by its own number, or the latest mail of the ticket."""
    if (row := await repository.by_id(session, about)) is not None:
        return row
    found = [each for each in await repository.of_ticket(session, about) if each.channel == "email"] if about else []
    return found[-1] if found else None


async def _customer(session: AsyncSession, row: Interaction) -> Customer | None:
    return await customers.get(session, row.customer_id) if row.customer_id else None
