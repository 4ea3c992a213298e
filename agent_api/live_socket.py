"""The live connection itself: one WebSocket, fed from its client's outbox in the hub."""

import asyncio
import re
from urllib.parse import urlsplit

from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from agent_api.agents.schemas import DESK_SESSION
from agent_api.auth import service as auth
from agent_api.auth.roles import Permission
from agent_api.context import Context
from agent_api.errors import NotSignedIn
from agent_api.live import Client
from agent_api.live_rights import AT_THE_DESK
from agent_api.web import COOKIE, signed_in

PING_SECONDS = 20
NOT_SIGNED_IN = 4401
WRONG_ORIGIN = 4403
TOO_SLOW = 4008

router = APIRouter()


@router.websocket("/api/v1/live")
async def live(socket: WebSocket, last_event_id: int | None = None, desk: str | None = None) -> None:
    """Snapshot, then every change; with `last_event_id` only what was missed, if it is still known.

    `desk` is the session an agent signed in with: while such a connection is open, the agent is taken to be there.
    """
    context: Context = socket.app.state.context
    await socket.accept()
    if not _same_origin(socket):
        return await socket.close(WRONG_ORIGIN)
    try:
        who = await signed_in(socket, context, AT_THE_DESK)
    except NotSignedIn:
        return await socket.close(NOT_SIGNED_IN)
    desk = desk if desk is not None and re.fullmatch(DESK_SESSION, desk) else None
    client = context.hub.join(who, last_event_id, desk, auth.token_hash(socket.cookies[COOKIE]))
    if desk is not None and who.may(Permission.AGENT_WORK):
        context.presence.came(who.agent_no, desk)
    try:
        await _serve(socket, client, context)
    finally:
        context.hub.leave(client)
        if desk is not None and client.who.may(Permission.AGENT_WORK):
            context.presence.went(who.agent_no, desk)
    return None


async def _serve(socket: WebSocket, client: Client, context: Context) -> None:
    """Until the desk goes, its session ends, or it cannot keep up."""
    jobs = {
        asyncio.create_task(_feed(socket, client)),
        asyncio.create_task(_listen(socket)),
        asyncio.create_task(_keep_alive(socket, client, context)),
        asyncio.create_task(_watch_drop(client)),
        asyncio.create_task(_watch_session(client)),
    }
    try:
        done, _ = await asyncio.wait(jobs, return_when=asyncio.FIRST_COMPLETED)
        codes = [code for job in done if not job.exception() and (code := job.result()) is not None]
        if codes:
            await socket.close(codes[0])
    finally:
        for job in jobs:
            job.cancel()
        await asyncio.gather(*jobs, return_exceptions=True)


async def _feed(socket: WebSocket, client: Client) -> None:
    while True:
        await socket.send_text(await client.outbox.get())


async def _listen(socket: WebSocket) -> None:
    """The desk sends nothing; reading is how its leaving is noticed."""
    try:
        while True:
            await socket.receive_text()
    except WebSocketDisconnect:
        return


async def _keep_alive(socket: WebSocket, client: Client, context: Context) -> int:
    while True:
        await asyncio.sleep(PING_SECONDS)
        try:
            await signed_in(socket, context, AT_THE_DESK)
        except NotSignedIn:
            return NOT_SIGNED_IN
        if client.outbox.empty():
            client.outbox.put_nowait('{"type":"ping"}')


async def _watch_drop(client: Client) -> int:
    await client.dropped.wait()
    return TOO_SLOW


async def _watch_session(client: Client) -> int:
    await client.signed_out.wait()
    return NOT_SIGNED_IN


def _same_origin(socket: WebSocket) -> bool:
    origin = socket.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == socket.headers.get("host")
