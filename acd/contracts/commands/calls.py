"""Call control by the agent who has the call. All are refused (`call.wrong_state`) when it is not theirs any more."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from acd.contracts.commands.base import AgentCommand
from acd.contracts.ids import CallId
from acd.contracts.vocabulary import TargetKind


class Target(BaseModel):
    """Where a caller or a question goes: an agent number, a queue, a centre, or a number outside."""

    model_config = ConfigDict(frozen=True)

    kind: TargetKind
    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")


class CallCommand(AgentCommand):
    call_id: CallId


class SendToPasswordMenu(CallCommand):
    """The agent's caller proves who he is in the voice menu and comes back; the agent never hears the password."""

    type: Literal["call.password_menu"] = "call.password_menu"
    number: str = Field(default="", pattern=r"^[0-9]{0,15}$")
    """Line whose password is asked; empty: the menu asks for the number, too."""


class HoldCall(CallCommand):
    """The customer hears music; for desk phones, as a softphone holds by itself."""

    type: Literal["call.hold"] = "call.hold"


class ResumeCall(CallCommand):
    type: Literal["call.resume"] = "call.resume"


class TransferCall(CallCommand):
    """Blind: the agent is out at once, an unanswered target gives the caller back to the queue, seniority kept."""

    type: Literal["call.transfer"] = "call.transfer"
    to: Target
    note: str = Field(default="", max_length=200)
    """What the next agent should know."""


class ConsultCall(CallCommand):
    """Ask somebody while the customer hears music. Follows: CompleteTransfer, Conference or EndConsult."""

    type: Literal["call.consult"] = "call.consult"
    to: Target


class EndConsult(CallCommand):
    """Back to the customer alone; who was asked is let go."""

    type: Literal["call.end_consult"] = "call.end_consult"


class CompleteTransfer(CallCommand):
    """Attended transfer: customer and the one asked are joined, the agent is out. `blonde` when it still rings."""

    type: Literal["call.complete_transfer"] = "call.complete_transfer"


class Conference(CallCommand):
    """Customer, agent and the one asked hear each other."""

    type: Literal["call.conference"] = "call.conference"


class LeaveConference(CallCommand):
    """The agent goes, the others stay."""

    type: Literal["call.leave_conference"] = "call.leave_conference"


class AskForHelp(CallCommand):
    """求助: tells the supervisors; nobody joins by itself."""

    type: Literal["call.ask_for_help"] = "call.ask_for_help"
    note: str = Field(default="", max_length=200)


class EndCall(CallCommand):
    """The agent ends the call; with `survey` the customer is asked for a grade."""

    type: Literal["call.end"] = "call.end"
    survey: bool = True


class PauseRecording(CallCommand):
    """While a secret is spoken; goes on by itself after a limit."""

    type: Literal["call.pause_recording"] = "call.pause_recording"


class ResumeRecording(CallCommand):
    type: Literal["call.resume_recording"] = "call.resume_recording"
