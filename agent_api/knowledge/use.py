"""What agents do with an article in a call: copy it, send it, answer the question with it, say if it helped."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth.principal import Principal
from agent_api.calls import service as calls
from agent_api.customers import service as customers
from agent_api.customers.models import Customer
from agent_api.customers.rules import ProductType, normal_number
from agent_api.errors import Denied, NotFound, Refused
from agent_api.knowledge import repository
from agent_api.knowledge.models import ArticleUse, ArticleVersion
from agent_api.knowledge.service import current_of
from agent_api.messages import copies
from agent_api.messages import service as messages
from agent_api.messages.copies import Line
from agent_api.messages.outgoing import Channel, Outgoing
from agent_api.tickets import service as tickets
from agent_api.tickets.words import Act, TicketType

RESULT_LENGTH = 1900


async def note(
    session: AsyncSession, who: Principal, article_id: str, kind: str, call_id: str, comment: str, now: datetime
) -> None:
    version = await in_force(session, article_id, now)
    session.add(_use(version, kind, who, call_id, "", comment, now))


async def send(
    session: AsyncSession,
    who: Principal,
    article_id: str,
    channel: Channel,
    call_id: str,
    customer_id: str,
    fax_number: str,
    now: datetime,
) -> str:
    """To the address on record of the customer, or to the caller's own number. Id of the message."""
    version = await in_force(session, article_id, now)
    if not version.public:
        raise Denied("article.not_public")
    customer, number = await _addressee(session, who, call_id, customer_id)
    line = Line(ProductType.MOBILE, number, "en" if customer and customer.language == "en" else "zh")
    outgoing = Outgoing(
        "copy.article",
        copies.routes(customer, line, channel, fax_number or None),
        {"text": f"{version.title}：{version.body}"},
        line.language,
        customer.customer_id if customer else None,
        call_id or None,
        center_id=customer.center_id if customer else "",
    )
    message_id = await messages.queue(session, outgoing, now)
    session.add(_use(version, "sent", who, call_id, "", "", now))
    return message_id


async def answer(
    session: AsyncSession,
    who: Principal,
    article_id: str,
    ticket_no: str,
    call_id: str,
    customer_id: str,
    question: str,
    reason_code: str,
    now: datetime,
    zone: ZoneInfo,
) -> str:
    """The question is answered with this article: a consultation that ends at once, or one that was open already."""
    version = await in_force(session, article_id, now)
    if not ticket_no:
        new = tickets.NewTicket(
            TicketType.CONSULT,
            title=(question or version.title)[:200],
            description=question,
            category=reason_code or "consult",
            call_id=call_id or None,
            customer_id=customer_id or None,
            reason_code=reason_code,
        )
        ticket_no = (await tickets.create(session, new, who, now, zone)).row.ticket_no
    data = {"result": f"{version.title}：{version.body}"[:RESULT_LENGTH], "article_id": article_id}
    await tickets.act(session, ticket_no, Act.ANSWER, who, now, "", data)
    session.add(_use(version, "answered", who, call_id, ticket_no, "", now))
    return ticket_no


async def in_force(session: AsyncSession, article_id: str, now: datetime) -> ArticleVersion:
    found = current_of(await repository.versions(session, article_id), now)
    if found is None:
        raise Refused("article.not_in_force")
    return found


async def _addressee(
    session: AsyncSession, who: Principal, call_id: str, customer_id: str
) -> tuple[Customer | None, str]:
    number = ""
    if call_id:
        call = await calls.get_for(session, call_id, who)
        customer_id, number = customer_id or call.customer_id or "", normal_number(call.caller_number)
    customer = await customers.get(session, customer_id) if customer_id else None
    number = number or (customer.contact_number if customer else "")
    if not number:
        raise NotFound("customer", customer_id)
    return customer, number


def _use(
    version: ArticleVersion, kind: str, who: Principal, call_id: str, ticket_no: str, comment: str, now: datetime
) -> ArticleUse:
    return ArticleUse(
        article_id=version.article_id,
        version=version.version,
        kind=kind,
        agent_no=who.agent_no,
        call_id=call_id,
        ticket_no=ticket_no,
        comment=comment,
        at=now,
    )
