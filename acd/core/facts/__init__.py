"""What happened, past tense, with units. Facts of the wire come from `translate`; the pump adds timers and commands."""

from acd.core.facts.base import Fact
from acd.core.facts.caller import (
    AgentWanted,
    CallArrived,
    CallerIdentified,
    CallerInFallback,
    CallerSurveyed,
    CallerWaiting,
    CallFact,
    FaxOver,
    MenuAnswered,
    MenuLeft,
    MenuVisited,
    PasswordChecked,
)
from acd.core.facts.leg import BlindTransferred, HangupAsked, LegAlerted, LegFact, LegGone, LegOpened
from acd.core.facts.link import CallsMissed, LegState, LinkDown, LinkUp, LiveLeg, RedirectRefused, Resynced
from acd.core.facts.outbound import AttemptJudged, AttemptPickedUp, OriginateFailed
from acd.core.facts.own import CommandArrived, Replayed, Started, Timer, TimerDue, TimerKey
from acd.core.facts.phone import (
    PhoneAlerted,
    PhoneAnswered,
    PhoneDialled,
    PhoneFact,
    PhoneFailed,
    PhoneHeld,
    PhoneResumed,
)
from acd.core.facts.recording import (
    ChannelJoined,
    ChannelParted,
    RecorderArmed,
    RecorderFact,
    RecorderMuted,
    RecorderRested,
)

AnyFact = Fact | TimerDue | CommandArrived | Started | Replayed

__all__ = [
    "AgentWanted",
    "AnyFact",
    "AttemptJudged",
    "AttemptPickedUp",
    "BlindTransferred",
    "CallArrived",
    "CallFact",
    "CallerIdentified",
    "CallerInFallback",
    "CallerSurveyed",
    "CallerWaiting",
    "CallsMissed",
    "ChannelJoined",
    "ChannelParted",
    "CommandArrived",
    "Fact",
    "FaxOver",
    "HangupAsked",
    "LegAlerted",
    "LegFact",
    "LegGone",
    "LegOpened",
    "LegState",
    "LinkDown",
    "LinkUp",
    "LiveLeg",
    "MenuAnswered",
    "MenuLeft",
    "MenuVisited",
    "OriginateFailed",
    "PasswordChecked",
    "PhoneAlerted",
    "PhoneAnswered",
    "PhoneDialled",
    "PhoneFact",
    "PhoneFailed",
    "PhoneHeld",
    "PhoneResumed",
    "RecorderArmed",
    "RecorderFact",
    "RecorderMuted",
    "RecorderRested",
    "RedirectRefused",
    "Replayed",
    "Resynced",
    "Started",
    "Timer",
    "TimerDue",
    "TimerKey",
]
