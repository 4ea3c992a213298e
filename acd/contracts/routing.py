"""The table of queues as data: who may take whose call, when, in which order. Edited in the desk, obeyed by the ACD.

Durations in seconds. Every default is today's simplest behaviour, so a queue of three lines is a queue.
"""

from datetime import date, time
from enum import StrEnum
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from acd.contracts.ids import CenterId, QueueName

NAME = r"^[a-z][a-z0-9_-]{0,39}$"


class Rule(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Reason(BaseModel):
    """One step of an explanation: a stable code and its values, put into words by the reader."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    code: str = Field(max_length=40)
    values: dict[str, str] = Field(default_factory=dict)


class Relax(Rule):
    """After so long in the queue a lower level will do; 0: the skill is not asked for any more."""

    after_seconds: int = Field(ge=1, le=3600)
    level: int = Field(ge=0, le=9)


class SkillNeed(Rule):
    """What an agent should have. Not `required`: only preferred, it orders the agents."""

    skill: str = Field(pattern=NAME)
    level: int = Field(default=1, ge=1, le=9)
    required: bool = True
    relax: tuple[Relax, ...] = ()


class Strategy(StrEnum):
    """Among the equally able."""

    LONGEST_IDLE = "longest_idle"
    LEAST_OCCUPIED = "least_occupied"
    ROUND_ROBIN = "round_robin"


class Opening(Rule):
    """Local time of the table's time zone; `days` 1 (Monday) to 7."""

    days: tuple[int, ...] = (1, 2, 3, 4, 5, 6, 7)
    begins: time = time(0)
    ends: time = time(23, 59, 59)


class Hours(Rule):
    """No opening means always open."""

    openings: tuple[Opening, ...] = ()
    closed_on_holidays: bool = False


class Circle(Rule):
    """After so long also agents of centres this far up the tree: 0 the caller's own, 1 its province, 2 all."""

    after_seconds: int = Field(ge=0, le=3600)
    reach: int = Field(ge=0, le=2)


class When(StrEnum):
    """Condition of an overflow; `threshold` is its figure."""

    ALWAYS = "always"
    NO_AGENT = "no_agent"  # nobody signed in there
    NONE_READY = "none_ready"
    EXPECTED_WAIT_OVER = "expected_wait_over"  # seconds
    WAITING_PER_AGENT_OVER = "waiting_per_agent_over"  # callers per agent signed in


class Overflow(Rule):
    """Another queue's agents may take the caller as well, who keeps the place here."""

    to_queue: QueueName = Field(pattern=NAME)
    after_seconds: int = Field(default=0, ge=0, le=3600)
    when: When = When.ALWAYS
    threshold: int = Field(default=0, ge=0, le=3600)


class Way(Rule):
    """Where a caller goes who cannot wait here."""

    kind: Literal["queue", "callback", "message", "menu", "goodbye"]
    queue: QueueName = QueueName("")


class CallbackRule(Rule):
    """When a call back is offered, and how it is made."""

    by_key: bool = True
    """The caller may press 1 at any time while waiting."""
    offer_after_seconds: int | None = Field(default=60, ge=0, le=3600)
    offer_when_wait_over_seconds: int | None = Field(default=None, ge=0, le=3600)
    agent_first: bool = False
    attempts: int = Field(default=3, ge=1, le=10)
    gap_seconds: int = Field(default=600, ge=5, le=86400)
    expires_seconds: int = Field(default=4 * 3600, ge=60, le=86400)
    most_waiting: int = Field(default=200, ge=0, le=10000)


class QueueRule(Rule):
    name: QueueName = Field(pattern=NAME)
    title: str = Field(max_length=40)
    title_en: str = Field(default="", max_length=40)
    skills: tuple[SkillNeed, ...] = ()
    strategy: Strategy = Strategy.LONGEST_IDLE
    base_priority: int = Field(default=0, ge=0, le=1000)
    seconds_per_priority: int = Field(default=10, ge=1, le=600)
    """Ageing: so long a wait weighs one point of priority, so that nobody starves."""
    last_agent_seconds: int = Field(default=0, ge=0, le=600)
    """So long a caller waits for the agent of the last contact, or for the own manager; 0: not at all."""
    manager_phone_after_seconds: int | None = Field(default=None, ge=0, le=3600)
    """After so long the customer's own manager is rung once outside the house, where a number is known."""
    circles: tuple[Circle, ...] = (Circle(after_seconds=0, reach=2),)
    overflows: tuple[Overflow, ...] = ()
    most_talking: int | None = Field(default=None, ge=1)
    """Cap: no more conversations of this queue at a time."""
    reserve: int = Field(default=0, ge=0)
    """So many agents able for this queue stay free for calls of higher priority."""
    reserve_below_priority: int = Field(default=10, ge=0)
    """Calls with less than this do not get the last `reserve` agents."""
    most_waiting: int | None = Field(default=None, ge=0)
    longest_wait_seconds: int | None = Field(default=None, ge=1)
    hours: Hours = Hours()
    when_closed: Way = Way(kind="message")
    when_full: Way = Way(kind="message")
    when_no_agent: Way | None = None
    """Nobody signed in: None waits all the same."""
    when_too_long: Way = Way(kind="message")
    callback: CallbackRule | None = None
    ring_seconds: int = Field(default=15, ge=5, le=60)
    misses: int = Field(default=1, ge=1, le=9)
    """After so many missed rings in a row the agent is paused (RONA)."""
    wrap_up_seconds: int = Field(default=60, ge=0, le=600)
    announce_every_seconds: int = Field(default=30, ge=0, le=600)
    comfort_every_seconds: int = Field(default=0, ge=0, le=600)
    service_level_seconds: int = Field(default=15, ge=1, le=600)
    record: bool = True


class Priorities(Rule):
    """Points on top of the menu's. Of queue, VIP, emergency and complaint the highest counts, the rest is added."""

    vip: int = 30
    emergency: int = 50
    complaint: int = 10
    repeated_within_24h: int = 5
    after_callback: int = 10


class PauseLimit(Rule):
    """At most so many at a time, so long each; the supervisor may still force."""

    reason: str
    most_agents: int | None = Field(default=None, ge=0)
    longest_seconds: int | None = Field(default=None, ge=60)


class RoutingTable(Rule):
    version: int = Field(default=0, ge=0)
    timezone: str = "Asia/Shanghai"
    holidays: tuple[date, ...] = ()
    queues: tuple[QueueRule, ...] = Field(min_length=1)
    parents: dict[CenterId, CenterId] = Field(default_factory=dict)
    """Centre to the one above it."""
    priorities: Priorities = Priorities()
    pause_limits: tuple[PauseLimit, ...] = ()
    kept_seconds: int = Field(default=60, ge=5, le=600)
    """How long a caller is kept for an agent whose desk or phone vanished, before others may take the call."""

    @model_validator(mode="after")
    def _names_fit(self) -> Self:
        names = [queue.name for queue in self.queues]
        if len(set(names)) != len(names):
            raise ValueError("two queues have the same name")
        for queue in self.queues:
            ways = (queue.when_closed, queue.when_full, queue.when_no_agent, queue.when_too_long)
            named = [way.queue for way in ways if way is not None and way.kind == "queue"]
            for name in (*named, *(overflow.to_queue for overflow in queue.overflows)):
                if name not in names:
                    raise ValueError(
                        f"{queue.name} sends callers to {name or 'a queue without a name'}, which is not there"
                    )
        return self
