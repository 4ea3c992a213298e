"""Who a customer on the public page is: by a code to the own line, or by the service password. A cookie of its own."""

import hashlib
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import delete

from agent_api.channels.models import ContactSession
from agent_api.context import Context
from agent_api.customers import service as customers
from agent_api.errors import Denied, NotFound, NotSignedIn
from agent_api.web import SAFE_METHODS, ContextDep

COOKIE = "service_session"
PATH = "/api/v1/service"
HEADER = "service-page"


@dataclass(frozen=True, slots=True)
class Visitor:
    """A customer who has proved to own this line."""

    customer_id: str
    number: str = field(repr=False)


def check_open(request: Request, context: ContextDep) -> None:
    """The page is switched on, and what changes something comes from it: a foreign page cannot send this header."""
    if not context.settings.channels.web:
        raise NotFound("address", "service")
    if request.method not in SAFE_METHODS and request.headers.get("x-requested-with") != HEADER:
        raise Denied("auth.csrf")


async def open_session(context: Context, number: str, proof: str, length: timedelta) -> tuple[str, Visitor] | None:
    """The cookie's token. None: the line is nobody's."""
    token, now = secrets.token_urlsafe(32), context.clock()
    async with context.db.write() as session:
        line = await customers.find_line(session, number)
        if line is None:
            return None
        visitor = Visitor(line.customer.customer_id, line.product.number)
        session.add(
            ContactSession(
                token_hash=_hashed(token),
                number=visitor.number,
                customer_id=visitor.customer_id,
                proof=proof,
                created_at=now,
                expires_at=now + length,
            )
        )
    return token, visitor


async def close_session(context: Context, token: str) -> None:
    async with context.db.write() as session:
        await session.execute(delete(ContactSession).where(ContactSession.token_hash == _hashed(token)))


async def _visitor(request: Request, context: ContextDep) -> Visitor:
    token = request.cookies.get(COOKIE, "")
    if token:
        async with context.db.read() as session:
            found = await session.get(ContactSession, _hashed(token))
        if found is not None and found.expires_at > context.clock():
            return Visitor(found.customer_id, found.number)
    raise NotSignedIn("auth.required")


SignedIn = Annotated[Visitor, Depends(_visitor)]


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
