"""Requests to the ACD, imperative. A command that arrives after `not_after` is refused, never done late."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from acd.contracts.commands.agents import (
    AssignAgent,
    DeskBack,
    DeskLost,
    LoginAgent,
    LogoutAgent,
    PauseAgent,
    ReadyAgent,
    WrapUpAgent,
)
from acd.contracts.commands.base import AGENT_NUMBER, DIALLED_NUMBER, AgentCommand, CommandBase
from acd.contracts.commands.calls import (
    AskForHelp,
    CallCommand,
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
    SendToPasswordMenu,
    Target,
    TransferCall,
)
from acd.contracts.commands.outbound import (
    CancelDial,
    Debtor,
    DialDebtor,
    DunningPolicy,
    PastAttempt,
    SendFax,
    SpeakNotice,
)
from acd.contracts.commands.queues import BookCallback, CancelCallback, CloseQueue, ConfigureRouting
from acd.contracts.commands.supervision import RedirectWaiting, SpyOnCall, StopSpying, TakeOverCall
from acd.contracts.commands.system import ReplayEvents

Command = Annotated[
    LoginAgent
    | LogoutAgent
    | ReadyAgent
    | PauseAgent
    | WrapUpAgent
    | AssignAgent
    | DeskLost
    | DeskBack
    | SendToPasswordMenu
    | HoldCall
    | ResumeCall
    | TransferCall
    | ConsultCall
    | EndConsult
    | CompleteTransfer
    | Conference
    | LeaveConference
    | AskForHelp
    | EndCall
    | PauseRecording
    | ResumeRecording
    | SpyOnCall
    | StopSpying
    | TakeOverCall
    | RedirectWaiting
    | ConfigureRouting
    | CloseQueue
    | BookCallback
    | CancelCallback
    | SendFax
    | SpeakNotice
    | DialDebtor
    | CancelDial
    | ReplayEvents,
    Field(discriminator="type"),
]
COMMAND: TypeAdapter[Command] = TypeAdapter(Command)

__all__ = [
    "AGENT_NUMBER",
    "COMMAND",
    "DIALLED_NUMBER",
    "AgentCommand",
    "AskForHelp",
    "AssignAgent",
    "BookCallback",
    "CallCommand",
    "CancelCallback",
    "CancelDial",
    "CloseQueue",
    "Command",
    "CommandBase",
    "CompleteTransfer",
    "Conference",
    "ConfigureRouting",
    "ConsultCall",
    "Debtor",
    "DeskBack",
    "DeskLost",
    "DialDebtor",
    "DunningPolicy",
    "EndCall",
    "EndConsult",
    "HoldCall",
    "LeaveConference",
    "LoginAgent",
    "LogoutAgent",
    "PastAttempt",
    "PauseAgent",
    "PauseRecording",
    "ReadyAgent",
    "RedirectWaiting",
    "ReplayEvents",
    "ResumeCall",
    "ResumeRecording",
    "SendFax",
    "SendToPasswordMenu",
    "SpeakNotice",
    "SpyOnCall",
    "StopSpying",
    "TakeOverCall",
    "Target",
    "TransferCall",
    "WrapUpAgent",
]
