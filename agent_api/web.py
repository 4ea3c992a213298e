"""What endpoints depend on: the process's parts, a unit of work, and who is asking."""

import hmac
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import Depends, Header, Request
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import HTTPConnection

from agent_api.auth import service
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.auth.signing_in import TOUCH_EVERY, Stage, present_stage
from agent_api.context import Context
from agent_api.errors import Denied, NotSignedIn

COOKIE = "hotline_session"
SAFE_METHODS = frozenset({"GET", "HEAD"})


def process_context(connection: HTTPConnection) -> Context:
    context: Context = connection.app.state.context
    return context


async def _context(connection: HTTPConnection) -> Context:
    """A plain function would be called in a thread of the pool, for every request."""
    return process_context(connection)


ContextDep = Annotated[Context, Depends(_context)]


async def _reading(context: ContextDep) -> AsyncIterator[AsyncSession]:
    async with context.db.read() as session:
        yield session


async def _writing(context: ContextDep) -> AsyncIterator[AsyncSession]:
    async with context.db.write() as session:
        yield session


# Ends (and commits) before the answer is sent: what a client was told has happened.
Reading = Annotated[AsyncSession, Depends(_reading, scope="function")]
Writing = Annotated[AsyncSession, Depends(_writing, scope="function")]


def address_of(connection: HTTPConnection) -> str:
    return connection.client.host if connection.client else ""


def check_same_site(request: Request) -> None:
    """A foreign page can send a cookie of ours at worst, never this header."""
    if request.method not in SAFE_METHODS and request.headers.get("x-requested-with") != "desk":
        raise Denied("auth.csrf")


@dataclass(frozen=True, slots=True)
class HalfOpen:
    """Somebody whose password was right, and what must be done before anything else."""

    who: Principal
    stage: Stage
    last_touch: datetime


async def _half_open(connection: HTTPConnection, context: Context) -> HalfOpen:
    token = connection.cookies.get(COOKIE, "")
    if token:
        now = context.clock()
        if (found := await context.reception.find(token, address_of(connection), now)) is not None:
            who, desk = found
            stage = present_stage(desk.stage, desk.touched_at, context.sign_in_rules, now)
            return HalfOpen(who, stage, desk.touched_at)
    raise NotSignedIn("auth.required")


async def signed_in(
    connection: HTTPConnection, context: Context, stages: Collection[Stage] = (Stage.OPEN,)
) -> Principal:
    half = await _half_open(connection, context)
    _check_stage(half, stages)
    return half.who


def _check_stage(half: HalfOpen, stages: Collection[Stage]) -> None:
    if half.stage not in stages:
        raise NotSignedIn("auth.unfinished", {"stage": half.stage.value})


async def _half(request: Request, context: ContextDep) -> HalfOpen:
    check_same_site(request)
    half = await _half_open(request, context)
    request.state.principal = half.who
    return half


HalfSignedIn = Annotated[HalfOpen, Depends(_half)]


async def _current(request: Request, context: ContextDep) -> Principal:
    check_same_site(request)
    half = await _half_open(request, context)
    _check_stage(half, (Stage.OPEN,))
    request.state.principal = half.who
    await _touch(request, context, half.last_touch)
    return half.who


async def _touch(request: Request, context: Context, last: datetime) -> None:
    """Pages read by themselves; what changes something was done by a person."""
    now = context.clock()
    if request.method not in SAFE_METHODS and now - last >= TOUCH_EVERY:
        async with context.db.write() as session:
            await service.touch(session, request.cookies[COOKIE], now)


async def _rescoping(request: Request, context: ContextDep) -> AsyncIterator[None]:
    yield
    if request.method not in SAFE_METHODS:
        await context.rights.look()


Rescoping = Depends(_rescoping, scope="request")
"""For what changes rights or sessions: open live connections follow once it is committed."""

CurrentStaff = Annotated[Principal, Depends(_current)]


def allowed(permission: Permission) -> Callable[[Principal], Awaitable[Principal]]:
    """Dependency: the signed-in member of staff, who must have the permission."""

    async def check(who: CurrentStaff) -> Principal:
        who.require(permission)
        return who

    return check


def allowed_one_of(*permissions: Permission) -> Callable[[Principal], Awaitable[Principal]]:
    """Dependency: who has at least one of these."""

    async def check(who: CurrentStaff) -> Principal:
        if not any(who.may(each) for each in permissions):
            who.require(permissions[0])
        return who

    return check


async def check_service(context: ContextDep, authorization: Annotated[str, Header()] = "") -> None:
    """Only our own processes, which hold the service token."""
    check_token(context, authorization)


def check_token(context: Context, authorization: str) -> None:
    expected = f"Bearer {context.settings.service_token.get_secret_value()}"
    if not hmac.compare_digest(authorization.encode(), expected.encode()):
        raise NotSignedIn("service.forbidden")
