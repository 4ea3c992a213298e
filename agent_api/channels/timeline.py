"""Every contact of a customer in one order: the written ones, and calls as a view over `call`, kept only there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from agent_api.calls import service as calls
from agent_api.calls.models import Call
from agent_api.channels import service
from agent_api.channels.models import Interaction
from agent_api.tickets import service as tickets


@dataclass(frozen=True, slots=True)
class Contact:
    """What all contacts have, whatever they came by (TMF683's party interaction)."""

    contact_id: str
    channel: str
    """voice or outbound for calls."""
    direction: str
    at: datetime
    subject: str
    state: str
    """Of the interaction; for calls talking, ended or abandoned."""
    ticket_no: str | None
    agent_no: str


async def of_customer(session: AsyncSession, customer_id: str, limit: int = 100) -> list[Contact]:
    """Latest first."""
    written = await service.of_customer(session, customer_id, limit)
    spoken = await calls.page(session, limit, None, customer_id=customer_id)
    numbers = await tickets.numbers_of_calls(session, [call.call_id for call in spoken])
    found = [_written(row) for row in written] + [_spoken(call, numbers.get(call.call_id, ())) for call in spoken]
    return sorted(found, key=lambda each: each.at, reverse=True)[:limit]


def _written(row: Interaction) -> Contact:
    return Contact(
        row.interaction_id, row.channel, row.direction, row.at, row.subject, row.state, row.ticket_no, row.assigned_to
    )


def _spoken(call: Call, ticket_numbers: Sequence[str]) -> Contact:
    state = "talking" if call.ended_at is None else "ended" if call.connected_at else "abandoned"
    channel = "outbound" if call.direction == "outbound" else "voice"
    ticket_no = ticket_numbers[0] if ticket_numbers else None
    agent = call.agent_no or ""
    return Contact(call.call_id, channel, call.direction, call.offered_at, "", state, ticket_no, agent)
