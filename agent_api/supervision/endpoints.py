"""What supervisors do: forced states, skills, calls of others, queues, a word to all desks. Everything is audited."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path

from acd.contracts.commands import (
    AGENT_NUMBER,
    AssignAgent,
    CloseQueue,
    LogoutAgent,
    PauseAgent,
    ReadyAgent,
    RedirectWaiting,
    SpyOnCall,
    StopSpying,
    TakeOverCall,
)
from acd.contracts.ids import AgentId, CallId, QueueName
from acd.contracts.routing import NAME
from acd.contracts.vocabulary import SpyMode
from agent_api.agents.schemas import Done
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, Unavailable, responses
from agent_api.supervision import notices, service
from agent_api.supervision.schemas import (
    Assignment,
    Broadcast,
    BroadcastOut,
    Closing,
    ForcedPause,
    NoticeList,
    Redirection,
    Spying,
)
from agent_api.supervision.service import Act
from agent_api.web import ContextDep, Reading, allowed

router = APIRouter(
    prefix="/api/v1/supervision",
    tags=["supervision"],
    responses=responses(NotSignedIn, Denied, NotFound, Refused, Invalid, Unavailable),
)

Supervisor = Annotated[Principal, Depends(allowed(Permission.SUPERVISE))]
Listener = Annotated[Principal, Depends(allowed(Permission.FLOOR_LISTEN))]
AgentNo = Annotated[str, Path(pattern=AGENT_NUMBER)]


@router.post("/agents/{agent_no}/ready")
async def force_ready(agent_no: AgentNo, who: Supervisor, context: ContextDep) -> Done:
    await service.check_agent(context, who, agent_no)
    order = ReadyAgent(**context.commands.stamp(context.clock()), agent_id=AgentId(agent_no), by=who.agent_no)
    await service.command(context, who, order, Act("supervision.ready", "staff", agent_no))
    return Done()


@router.post("/agents/{agent_no}/pause")
async def force_pause(agent_no: AgentNo, body: ForcedPause, who: Supervisor, context: ContextDep) -> Done:
    """During a call it takes effect when the call and its wrap-up are over."""
    await service.check_agent(context, who, agent_no)
    stamp = context.commands.stamp(context.clock())
    order = PauseAgent(**stamp, agent_id=AgentId(agent_no), by=who.agent_no, reason=body.reason)
    await service.command(context, who, order, Act("supervision.pause", "staff", agent_no, body.reason.value))
    return Done()


@router.post("/agents/{agent_no}/logout")
async def force_logout(agent_no: AgentNo, who: Supervisor, context: ContextDep) -> Done:
    await service.check_agent(context, who, agent_no)
    order = LogoutAgent(**context.commands.stamp(context.clock()), agent_id=AgentId(agent_no), by=who.agent_no)
    await service.command(context, who, order, Act("supervision.logout", "staff", agent_no))
    return Done()


@router.post("/agents/{agent_no}/assign")
async def assign(agent_no: AgentNo, body: Assignment, who: Supervisor, context: ContextDep) -> Done:
    """Queues and skills from now on, until the agent signs in anew; also in the middle of a call."""
    await service.check_agent(context, who, agent_no)
    order = AssignAgent(
        **context.commands.stamp(context.clock()),
        agent_id=AgentId(agent_no),
        by=who.agent_no,
        queues=tuple(QueueName(queue) for queue in body.queues),
        skills=body.skills,
    )
    await service.command(
        context, who, order, Act("supervision.assign", "staff", agent_no, service.listed(body.queues))
    )
    return Done()


@router.post("/calls/{call_id}/spy")
async def spy(call_id: str, body: Spying, who: Listener, context: ContextDep) -> Done:
    """Listen, whisper, barge; said again with another mode it changes the mode. One's own telephone rings."""
    if body.mode is not SpyMode.LISTEN:
        who.require(Permission.SUPERVISE)
    service.check_call(context, who, call_id)
    stamp = context.commands.stamp(context.clock())
    order = SpyOnCall(**stamp, agent_id=AgentId(who.agent_no), call_id=CallId(call_id), mode=body.mode)
    await service.command(context, who, order, Act("supervision.spy", "call", call_id, body.mode.value))
    return Done()


@router.post("/calls/{call_id}/stop")
async def stop_spying(call_id: str, who: Listener, context: ContextDep) -> Done:
    stamp = context.commands.stamp(context.clock())
    order = StopSpying(**stamp, agent_id=AgentId(who.agent_no), call_id=CallId(call_id))
    await service.command(context, who, order, Act("supervision.stop", "call", call_id))
    return Done()


@router.post("/calls/{call_id}/take-over")
async def take_over(call_id: str, who: Supervisor, context: ContextDep) -> Done:
    """The customer talks to the supervisor, the agent is out."""
    service.check_call(context, who, call_id)
    stamp = context.commands.stamp(context.clock())
    order = TakeOverCall(**stamp, agent_id=AgentId(who.agent_no), call_id=CallId(call_id))
    await service.command(context, who, order, Act("supervision.take_over", "call", call_id))
    return Done()


@router.post("/calls/{call_id}/redirect")
async def redirect(call_id: str, body: Redirection, who: Supervisor, context: ContextDep) -> Done:
    """A waiting caller to another queue or to one agent; the place is kept."""
    service.check_call(context, who, call_id)
    stamp = context.commands.stamp(context.clock())
    order = RedirectWaiting(**stamp, call_id=CallId(call_id), to=body.to, by=who.agent_no)
    reason = body.to.kind.value if body.to.kind.value == "external" else f"{body.to.kind.value} {body.to.id}"
    await service.command(context, who, order, Act("supervision.redirect", "call", call_id, reason))
    return Done()


@router.post("/queues/{queue}/closed")
async def close_queue(
    queue: Annotated[str, Path(pattern=NAME)], body: Closing, who: Supervisor, context: ContextDep
) -> Done:
    """No new callers, or open again. Those who wait are served."""
    stamp = context.commands.stamp(context.clock())
    order = CloseQueue(**stamp, queue=QueueName(queue), closed=body.closed, by=who.agent_no)
    action = "supervision.close" if body.closed else "supervision.open"
    await service.command(context, who, order, Act(action, "queue", queue))
    return Done()


@router.post("/broadcast")
async def broadcast(body: Broadcast, who: Supervisor, context: ContextDep) -> BroadcastOut:
    """On all desks of a centre and those below at once, or of one queue's agents there, until it expires."""
    async with context.db.write() as session:
        row = await notices.tell(session, who, body, context.clock())
    await context.notices_told.look()
    return notices.notice_out(row)


@router.get("/broadcasts")
async def list_broadcasts(who: Supervisor, session: Reading, context: ContextDep) -> NoticeList:
    """Of one's own centre and those below, latest first, also those that are over."""
    return NoticeList(items=[notices.notice_out(row) for row in await notices.visible(session, who)])
