"""What an agent does with the call at hand: one command each. Whose call it is and what is possible the ACD knows.

It refuses with a code (409) what does not fit; what came of it is told over the live connection.
"""

from typing import Annotated, TypedDict
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime

from acd.contracts.commands import (
    AskForHelp,
    Command,
    CompleteTransfer,
    Conference,
    ConsultCall,
    EndCall,
    EndConsult,
    HoldCall,
    LeaveConference,
    PauseRecording,
    ResumeCall,
    ResumeRecording,
    TransferCall,
)
from acd.contracts.ids import AgentId, CallId
from agent_api.agents.commands import CommandDesk
from agent_api.agents.schemas import Done
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.calls.control_schemas import Consult, Ending, Help, Transfer
from agent_api.errors import Denied, Invalid, NotSignedIn, Refused, Unavailable, responses
from agent_api.web import ContextDep, allowed

router = APIRouter(
    prefix="/api/v1/calls/{call_id}",
    tags=["call control"],
    responses=responses(NotSignedIn, Denied, Refused, Invalid, Unavailable),
)


class MyCall(TypedDict):
    """What every command about one's own call begins with."""

    command_id: UUID
    not_after: AwareDatetime
    agent_id: AgentId
    call_id: CallId


class Control:
    """One agent's hand on one call."""

    def __init__(self, desk: CommandDesk, mine: MyCall) -> None:
        self._desk = desk
        self.mine = mine

    async def do(self, command: Command) -> Done:
        await self._desk.do(command)
        return Done()


async def _control(
    call_id: str, context: ContextDep, who: Annotated[Principal, Depends(allowed(Permission.AGENT_WORK))]
) -> Control:
    stamp = context.commands.stamp(context.clock())
    return Control(context.commands, MyCall(**stamp, agent_id=AgentId(who.agent_no), call_id=CallId(call_id)))


Hand = Annotated[Control, Depends(_control)]


@router.post("/hold")
async def hold(call: Hand) -> Done:
    """The customer hears music. For telephones that cannot hold by themselves."""
    return await call.do(HoldCall(**call.mine))


@router.post("/resume")
async def resume(call: Hand) -> Done:
    return await call.do(ResumeCall(**call.mine))


@router.post("/transfer")
async def transfer(body: Transfer, call: Hand) -> Done:
    """Blind: out at once; an unanswered target gives the caller back to the queue, place kept."""
    return await call.do(TransferCall(**call.mine, to=body.to, note=body.note))


@router.post("/consult")
async def consult(body: Consult, call: Hand) -> Done:
    """Ask somebody while the customer hears music."""
    return await call.do(ConsultCall(**call.mine, to=body.to))


@router.post("/consult/end")
async def end_consult(call: Hand) -> Done:
    """Back to the customer; who was asked is let go."""
    return await call.do(EndConsult(**call.mine))


@router.post("/consult/complete")
async def complete_transfer(call: Hand) -> Done:
    """The customer and who was asked are joined, oneself is out."""
    return await call.do(CompleteTransfer(**call.mine))


@router.post("/conference")
async def conference(call: Hand) -> Done:
    """All three hear each other."""
    return await call.do(Conference(**call.mine))


@router.post("/conference/leave")
async def leave_conference(call: Hand) -> Done:
    """The others stay."""
    return await call.do(LeaveConference(**call.mine))


@router.post("/help")
async def ask_for_help(body: Help, call: Hand) -> Done:
    """Tell the supervisors (求助)."""
    return await call.do(AskForHelp(**call.mine, note=body.note))


@router.post("/end")
async def end(body: Ending, call: Hand) -> Done:
    return await call.do(EndCall(**call.mine, survey=body.survey))


@router.post("/recording/pause")
async def pause_recording(call: Hand) -> Done:
    """While a secret is spoken; goes on by itself after a limit."""
    return await call.do(PauseRecording(**call.mine))


@router.post("/recording/resume")
async def resume_recording(call: Hand) -> Done:
    return await call.do(ResumeRecording(**call.mine))
