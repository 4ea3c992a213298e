"""Who is told of what: listeners with their filters, and the events put on the way to them. Never commits."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.auth import service as auth
from agent_api.auth.principal import centers_below
from agent_api.errors import NotFound, Refused
from agent_api.tickets.models import TicketRow
from agent_api.trouble_tickets.clients import Client
from agent_api.trouble_tickets.errors import BadRequest
from agent_api.trouble_tickets.models import ApiClient, HubDelivery, HubListener
from agent_api.trouble_tickets.words import ATTRIBUTES, EVENTS

Json = dict[str, Any]
TICKET = "event.troubleTicket."


async def listen(
    session: AsyncSession, client: Client, callback: str, query: str, hosts: Sequence[str], now: datetime
) -> HubListener:
    check_callback(callback, hosts)
    parsed_query(query)
    known = select(HubListener).where(
        HubListener.client_id == client.who.agent_no, HubListener.callback == callback, HubListener.query == query
    )
    if await session.scalar(known) is not None:
        raise Refused("trouble.known_listener")
    row = HubListener(
        listener_id=uuid4().hex, client_id=client.who.agent_no, callback=callback, query=query, created_at=now
    )
    session.add(row)
    return row


async def forget(session: AsyncSession, client: Client, listener_id: str) -> None:
    """With everything that is on its way there."""
    row = await session.get(HubListener, listener_id)
    if row is None or row.client_id != client.who.agent_no:
        raise NotFound("listener", listener_id[:40])
    await session.execute(delete(HubDelivery).where(HubDelivery.listener_id == listener_id))
    await session.delete(row)


def check_callback(callback: str, hosts: Sequence[str]) -> None:
    """Only hosts of the allow-list: nobody makes this process call addresses inside the company."""
    try:
        parts = urlsplit(callback)
        place = f"{parts.hostname}:{parts.port}" if parts.port else parts.hostname
    except ValueError:
        raise BadRequest("callback", "not an address") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.username or parts.fragment:
        raise BadRequest("callback", "an http(s) address without user name and fragment")
    if place not in hosts and parts.hostname not in hosts:
        raise BadRequest("callback", "this host is not allowed")


def parsed_query(query: str) -> list[tuple[str, list[str]]]:
    """eventType=...&event.troubleTicket.severity=Critical,Major; all must hold, of several values any."""
    if not query:
        return []
    try:
        pairs = parse_qsl(query.removeprefix("?"), strict_parsing=True)
    except ValueError:
        raise BadRequest("query", "not name=value pairs") from None
    if not pairs:
        raise BadRequest("query", "not name=value pairs")
    for name, value in pairs:
        attribute = name.removeprefix(TICKET).partition(".")[0]
        if name == "eventType":
            if not set(value.split(",")) <= set(EVENTS):
                raise BadRequest("query", f"eventType is one of {', '.join(EVENTS)}")
        elif attribute not in ATTRIBUTES:
            raise BadRequest("query", f"cannot be filtered by {name[:60]}")
    return [(name, value.split(",")) for name, value in pairs]


def matches(query: str, event_type: str, ticket: Mapping[str, Any]) -> bool:
    for name, values in parsed_query(query):
        found = {event_type} if name == "eventType" else set(_values(ticket, name.removeprefix(TICKET).split(".")))
        if not found & set(values):
            return False
    return True


def _values(value: Any, path: Sequence[str]) -> list[str]:
    """What lies at a path; lists are looked into."""
    if isinstance(value, list):
        return [found for each in value for found in _values(each, path)]
    if not path:
        return [] if value is None else [str(value)]
    return _values(value.get(path[0]), path[1:]) if isinstance(value, Mapping) else []


async def anybody_listens(session: AsyncSession) -> bool:
    return await session.scalar(select(HubListener.listener_id).limit(1)) is not None


async def tell(
    session: AsyncSession,
    event_types: Sequence[str],
    row: TicketRow,
    ticket: Json,
    now: datetime,
    seq: int | None = None,
) -> None:
    """Puts the events on the way to every listener that may see the ticket and asked for them."""
    listeners = (
        await session.execute(
            select(HubListener, ApiClient.center_id)
            .join(ApiClient, ApiClient.client_id == HubListener.client_id)
            .where(ApiClient.disabled.is_(False))
            .order_by(HubListener.created_at, HubListener.listener_id)
        )
    ).all()
    parents = await auth.parents(session) if listeners else {}
    for event_type in event_types:
        body = event(event_type, ticket, now, seq)
        for listener, center_id in listeners:
            seen = {row.center_id, row.owner_center} & centers_below(center_id, parents)
            if seen and matches(listener.query, event_type, ticket):
                session.add(HubDelivery(listener_id=listener.listener_id, body=body, attempts=0, due_at=now))


def event(event_type: str, ticket: Json, now: datetime, seq: int | None) -> Json:
    """The envelope of v4; `timeOcurred` is spelled as the specification has it."""
    at = now.astimezone(UTC).isoformat().replace("+00:00", "Z")
    event_id = uuid4().hex if seq is None else f"{ticket['id']}-{seq}-{event_type}"
    return {
        "id": event_id,
        "href": ticket["href"],
        "eventId": event_id,
        "eventTime": at,
        "eventType": event_type,
        "correlationId": ticket["id"],
        "domain": "troubleTicket",
        "title": event_type,
        "description": f"{event_type} {ticket['id']}",
        "priority": ticket.get("priority", ""),
        "timeOcurred": at,
        "event": {"troubleTicket": ticket},
    }
