"""Facts the ACD publishes, past tense. Readers ignore fields they do not know."""

from typing import Annotated

from pydantic import Field, TypeAdapter

from acd.contracts.events.agent import AgentPauseOverdue, AgentStateChanged
from acd.contracts.events.base import CallEventBase, Envelope
from acd.contracts.events.call import (
    CallAbandoned,
    CallAgentMissed,
    CallAgentRinging,
    CallConnected,
    CallEnded,
    CallHeld,
    CallOverflowed,
    CallQueued,
    CallQueueLeft,
    CallRedirected,
    CallResumed,
    CallSurveyed,
)
from acd.contracts.events.callback import (
    CallbackBooked,
    CallbackClosed,
    CallbackDialled,
    CallbackEventBase,
    CallbackMissed,
)
from acd.contracts.events.control import (
    CallAgentBack,
    CallAgentLost,
    CallConferenceChanged,
    CallConsulting,
    CallConsultOver,
    CallHelpWanted,
    CallRecordingChanged,
    CallSpied,
    CallTakenOver,
    CallTransferred,
)
from acd.contracts.events.menu import (
    CallAgentRequested,
    CallIdentified,
    CallIvrAnswered,
    CallIvrLeft,
    CallIvrVisited,
    CallOffered,
    CallPasswordChecked,
)
from acd.contracts.events.outbound import AttemptAnswered, AttemptFinished, AttemptStarted, FaxFinished, NoticeFinished
from acd.contracts.events.system import AcdLinkDown, AcdLinkUp, AcdStarted, CommandDone, QueueClosed, RoutingConfigured

CallEvent = (
    CallOffered
    | CallIvrAnswered
    | CallIvrVisited
    | CallIdentified
    | CallPasswordChecked
    | CallAgentRequested
    | CallIvrLeft
    | CallQueued
    | CallAgentRinging
    | CallAgentMissed
    | CallConnected
    | CallHeld
    | CallResumed
    | CallOverflowed
    | CallQueueLeft
    | CallRedirected
    | CallAbandoned
    | CallSurveyed
    | CallEnded
    | CallTransferred
    | CallConsulting
    | CallConsultOver
    | CallConferenceChanged
    | CallHelpWanted
    | CallAgentLost
    | CallAgentBack
    | CallSpied
    | CallTakenOver
    | CallRecordingChanged
)
AgentEvent = AgentStateChanged | AgentPauseOverdue
AttemptEvent = AttemptStarted | AttemptAnswered | AttemptFinished
CallbackEvent = CallbackBooked | CallbackDialled | CallbackMissed | CallbackClosed
SystemEvent = AcdStarted | AcdLinkUp | AcdLinkDown | RoutingConfigured | QueueClosed
Event = Annotated[
    CallEvent | AgentEvent | AttemptEvent | CallbackEvent | FaxFinished | NoticeFinished | CommandDone | SystemEvent,
    Field(discriminator="type"),
]
EVENT: TypeAdapter[Event] = TypeAdapter(Event)

__all__ = [
    "EVENT",
    "AcdLinkDown",
    "AcdLinkUp",
    "AcdStarted",
    "AgentPauseOverdue",
    "AgentStateChanged",
    "AttemptAnswered",
    "AttemptEvent",
    "AttemptFinished",
    "AttemptStarted",
    "CallAbandoned",
    "CallAgentBack",
    "CallAgentLost",
    "CallAgentMissed",
    "CallAgentRequested",
    "CallAgentRinging",
    "CallConferenceChanged",
    "CallConnected",
    "CallConsultOver",
    "CallConsulting",
    "CallEnded",
    "CallEvent",
    "CallEventBase",
    "CallHeld",
    "CallHelpWanted",
    "CallIdentified",
    "CallIvrAnswered",
    "CallIvrLeft",
    "CallIvrVisited",
    "CallOffered",
    "CallOverflowed",
    "CallPasswordChecked",
    "CallQueueLeft",
    "CallQueued",
    "CallRecordingChanged",
    "CallRedirected",
    "CallResumed",
    "CallSpied",
    "CallSurveyed",
    "CallTakenOver",
    "CallTransferred",
    "CallbackBooked",
    "CallbackClosed",
    "CallbackDialled",
    "CallbackEvent",
    "CallbackEventBase",
    "CallbackMissed",
    "CommandDone",
    "Envelope",
    "Event",
    "FaxFinished",
    "NoticeFinished",
    "QueueClosed",
    "RoutingConfigured",
    "SystemEvent",
]
