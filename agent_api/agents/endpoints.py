"""Sign in to the queues, ready, pause, sign out; the agent's state as the ACD reports it."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Depends

from acd.contracts.snapshots import AgentSnapshot
from acd.contracts.vocabulary import AgentState, PauseReason
from agent_api.agents import service
from agent_api.agents.schemas import Done, Pause, PauseLimitOut, SignOn, WrapUpTime
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotSignedIn, Refused, Unavailable, responses
from agent_api.routing import service as routing
from agent_api.scripts import service as scripts
from agent_api.web import ContextDep, Reading, allowed

router = APIRouter(
    prefix="/api/v1/agent", tags=["agent"], responses=responses(NotSignedIn, Denied, Refused, Unavailable)
)

Agent = Annotated[Principal, Depends(allowed(Permission.AGENT_WORK))]


@router.post("/login", responses=responses(Invalid))
async def login(who: Agent, context: ContextDep, body: SignOn = SignOn()) -> Done:
    """Join one's queues, paused until `ready`. From another desk: state and call move here, the old one is told."""
    await service.login(context.commands, who, body, context.clock())
    if body.session is not None:
        context.hub.desk_of(who.agent_no, body.session)
    return Done()


@router.post("/ready")
async def ready(who: Agent, context: ContextDep) -> Done:
    """Take calls; ends a pause or the wrap-up. Not before new sentences (`GET /scripts`) are acknowledged."""
    async with context.db.glance() as session:
        await scripts.check_read(session, who)
    await service.ready(context.commands, who, context.clock())
    return Done()


@router.post("/pause", responses=responses(Invalid))
async def pause(body: Pause, who: Agent, context: ContextDep) -> Done:
    """Take no calls. During a call it takes effect when the call and its wrap-up are over."""
    await service.pause(context.commands, who, body.reason, context.clock())
    return Done()


@router.get("/pause-limits")
async def pause_limits(_who: Agent, session: Reading, context: ContextDep) -> list[PauseLimitOut]:
    """Reasons without a limit are not named. The ACD enforces the number and tells of pauses that last too long."""
    table = await routing.live_table(session, context.settings.queues_file)
    paused = Counter(each.reason for each in context.board.agents.values() if each.state is AgentState.PAUSED)
    return [
        PauseLimitOut(
            reason=limit.reason,
            longest_seconds=limit.longest_seconds,
            most_agents=limit.most_agents,
            agents_paused=paused[PauseReason(limit.reason)],
        )
        for limit in table.pause_limits
        if limit.reason in set(PauseReason)
    ]


@router.post("/wrap-up", responses=responses(Invalid))
async def wrap_up(body: WrapUpTime, who: Agent, context: ContextDep) -> Done:
    """More or less time for the wrap-up going on."""
    await service.wrap_up(context.commands, who, body.seconds, context.clock())
    return Done()


@router.post("/logout")
async def logout(who: Agent, context: ContextDep) -> Done:
    """Leave the queues."""
    await service.logout(context.commands, who, context.clock())
    return Done()


@router.get("/state")
async def state(who: Agent, context: ContextDep) -> AgentSnapshot:
    """One's own state as the ACD reported it last."""
    return service.state_of(context.board, who, context.clock())
