"""The one entrance to the ticket flows: where a ticket starts, what an act makes of it, what may be done now. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Protocol

from agent_api.tickets.flows import complaint, consult, fault, simple
from agent_api.tickets.flows.parts import Effect
from agent_api.tickets.words import FLOW_OF, SYSTEM_ACTS, Act, Happening, Level, Refusal, State, Ticket, TicketType


class Flow(Protocol):
    """One of the modules of flows/."""

    @property
    def START(self) -> State: ...  # noqa: N802 - a module's constant
    @property
    def OPEN(self) -> tuple[State, ...]: ...  # noqa: N802
    @property
    def NEXT(self) -> Mapping[tuple[State, Act], State]: ...  # noqa: N802
    @property
    def NEEDS(self) -> Mapping[Act, tuple[str, ...]]: ...  # noqa: N802
    @property
    def EFFECTS(self) -> Mapping[Act, Effect]: ...  # noqa: N802
    def closed_off(self, ticket: Ticket, act: Act, now: datetime, /) -> str | None: ...
    def check_data(self, ticket: Ticket, done: Happening, /) -> None: ...


FLOWS: dict[str, Flow] = {"complaint": complaint, "consult": consult, "fault": fault, "simple": simple}
WITH_THE_UNIT = frozenset(
    {
        State.DISPATCHED, State.PROCESSING, State.INFO_REQUIRED, State.SUSPENDED, State.REPROCESSING,
        State.FORWARDED, State.NEW, State.WORKING, State.IN_REPAIR,
    }
)  # fmt: skip
"""States in which the target works; in all others the centre that accepted the ticket, or that it was escalated to."""


def flow_of(ticket: Ticket) -> Flow:
    return FLOWS[ticket.flow or FLOW_OF[ticket.type]]


def first_state(kind: TicketType, flow: str = "") -> State:
    return FLOWS[flow or FLOW_OF[kind]].START


def start(
    kind: TicketType,
    tier: str,
    level: Level = Level.NORMAL,
    *,
    flow: str = "",
    home: str = "",
    vip: bool = False,
    category: str = "",
    at: datetime | None = None,
) -> Ticket:
    name = flow or FLOW_OF[kind]
    return Ticket(
        kind, FLOWS[name].START, tier, level, name, vip, home, category, target=home, state_since=at, accepted_at=at
    )


def step(ticket: Ticket, done: Happening) -> Ticket:
    """The ticket after the act. Raises Refusal with a stable code."""
    flow = flow_of(ticket)
    if (ticket.state, done.act) not in flow.NEXT:
        raise Refusal("ticket.wrong_state")
    if refusal := flow.closed_off(ticket, done.act, done.at):
        raise Refusal(refusal)
    flow.check_data(ticket, done)
    return _after(flow, ticket, done)


def _after(flow: Flow, ticket: Ticket, done: Happening) -> Ticket:
    moved = replace(ticket, state=flow.NEXT[ticket.state, done.act])
    effect = flow.EFFECTS.get(done.act)
    changed = effect(moved, done) if effect else moved
    return changed if changed.state is ticket.state else replace(changed, state_since=done.at)


def rebuild(first: Ticket, happenings: Iterable[Happening]) -> Ticket:
    """The ticket as its timeline tells it. What has happened is not judged again: rules change, the past does not."""
    for done in happenings:
        first = _after(flow_of(first), first, done)
    return first


def allowed(ticket: Ticket, now: datetime) -> list[Act]:
    """What a person could do now, in the order of the table; roles are not its business."""
    flow = flow_of(ticket)
    return [
        act
        for state, act in flow.NEXT
        if state is ticket.state and act not in SYSTEM_ACTS and not flow.closed_off(ticket, act, now)
    ]


def needs(ticket: Ticket, act: Act) -> tuple[str, ...]:
    """Fields a form must ask for."""
    return flow_of(ticket).NEEDS.get(act, ())


def is_open(ticket: Ticket) -> bool:
    return ticket.state in flow_of(ticket).OPEN


def responsible(ticket: Ticket) -> tuple[str, str]:
    """Who has the ticket now: a person or nobody in particular, and the unit whose pool it is in."""
    higher = ticket.target if ticket.target_tier and ticket.target_tier == ticket.tier else ""
    unit = ticket.target if ticket.state in WITH_THE_UNIT else higher
    return ticket.owner, unit or ticket.home
