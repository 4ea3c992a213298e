"""Facts of our own: timers, commands, the start."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from acd.contracts.commands import Command


class Timer(StrEnum):
    RESERVED = "reserved"  # of a call: the phone should have been dialled by now
    ANNOUNCE = "announce"  # of a call: tell the caller the place in the queue
    WRAP_UP = "wrap_up"  # of an agent
    NODE = "node"  # of a node out of reach: its calls are given up
    SETTLED = "settled"  # after the start: not every node was heard of, work begins without the others
    DESK = "desk"  # of an agent: the desk has been away too long
    PAUSE = "pause"  # of an agent: the pause lasts longer than its reason allows
    GIVE_BACK = "give_back"  # of an agent: the desk is back, the telephone should be, too
    KEPT = "kept"  # of a call: the agent's phone is still not back
    LEASE = "lease"
    QUEUES = "queues"  # publish the queues that changed
    RECORDING = "recording"  # of a call: its pause has lasted long enough
    WIDEN = "widen"  # of a waiting entry: more agents may take it now
    CALLBACK = "callback"  # of a promise: something is to be done
    MANAGER = "manager"  # of a call: the customer's own manager is rung outside the house
    PATIENCE = "patience"  # of a call: has waited as long as the queue allows
    ATTEMPT = "attempt"  # of an attempt: its end should have been seen by now


@dataclass(frozen=True, slots=True)
class TimerKey:
    timer: Timer
    of: str = ""


@dataclass(frozen=True, slots=True)
class TimerDue:
    key: TimerKey


@dataclass(frozen=True, slots=True)
class CommandArrived:
    command: Command


@dataclass(frozen=True, slots=True)
class Started:
    """The process runs; what the journal remembered has been put into the world."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """The journal has published again what was asked for, as far as it knew the stream."""

    command_id: UUID
    known: bool
