"""The floor as it is now, and where a call can be sent. Changes of the floor come over the live connection."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query

from acd.contracts.vocabulary import AgentState
from agent_api.agents import service as agents
from agent_api.auth import service as auth
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.errors import Denied, Invalid, NotSignedIn, responses
from agent_api.live_messages import Viewer
from agent_api.supervision.floor import floor_agent
from agent_api.supervision.schemas import (
    Floor,
    FloorCall,
    FloorWaiting,
    TargetAgent,
    TargetCenter,
    TargetQueue,
    Targets,
)
from agent_api.web import ContextDep, Reading, allowed

router = APIRouter(prefix="/api/v1", tags=["supervision"], responses=responses(NotSignedIn, Denied, Invalid))

MayLook = Annotated[Principal, Depends(allowed(Permission.FLOOR_READ))]
Agent = Annotated[Principal, Depends(allowed(Permission.AGENT_WORK))]
MOST_TARGETS = 50


@router.get("/floor")
async def read_floor(who: MayLook, session: Reading, context: ContextDep) -> Floor:
    """Agents, calls and waiting callers of one's own centre and those below."""
    board, viewer = context.board, Viewer(who)
    skills = {each.agent_no: each.skills for each in await auth.all_staff(session)}
    at_desk = await agents.agents_with_desks(session, context.clock())
    return Floor(
        agents=[
            floor_agent(snapshot, skills.get(number, {}), number in at_desk or context.presence.is_open(number))
            for number, snapshot in sorted(board.agents.items())
            if viewer.sees_center(snapshot.center_id)
        ],
        calls=[FloorCall.model_validate(row) for _, row in sorted(board.calls.items()) if viewer.sees_row(row)],
        waiting=[
            FloorWaiting(
                call_id=call.call_id,
                queue=queue.queue,
                since=call.since,
                priority=call.priority,
                position=call.position,
                center_id=row["center_id"] if row else "",
            )
            for _, queue in sorted(board.queues.items())
            for call in queue.waiting
            if (row := board.calls.get(call.call_id)) is None or viewer.sees_row(row)
        ],
    )


@router.get("/targets")
async def read_targets(
    who: Agent, session: Reading, context: ContextDep, q: Annotated[str, Query(max_length=40)] = ""
) -> Targets:
    """Where a call can go: agents who are signed in, queues, centres. `q`: part of a number, a name or a title."""
    board, wanted = context.board, q.strip().lower()
    names = {each.agent_no: each.name for each in await auth.all_staff(session)}
    centers = await auth.all_centers(session)
    there = [
        TargetAgent(
            id=number, name=names.get(number, each.name), center=each.center_id, state=each.state, queues=[*each.queues]
        )
        for number, each in sorted(board.agents.items())
        if each.state is not AgentState.LOGGED_OUT and number != who.agent_no
    ]
    found = [each for each in there if wanted in each.id or wanted in each.name.lower()]
    found.sort(key=lambda each: (each.state is not AgentState.READY, each.id))
    queues = [
        TargetQueue(id=name, title=each.title, waiting=len(each.waiting), ready=each.agents_ready)
        for name, each in sorted(board.queues.items())
        if wanted in name or wanted in each.title.lower()
    ]
    named = [TargetCenter(id=each.center_id, name=each.name) for each in centers]
    return Targets(
        agents=found[:MOST_TARGETS],
        queues=queues,
        centers=[each for each in named if wanted in each.id or wanted in each.name.lower()],
    )
