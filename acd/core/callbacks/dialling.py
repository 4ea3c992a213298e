"""It is the customer's turn and an agent is kept: the call is made, and comes to an answer or to nothing."""

from dataclasses import replace
from datetime import timedelta

from acd.contracts.ids import CallbackId, CallId, ChannelName
from acd.contracts.vocabulary import PauseReason
from acd.core import facts
from acd.core.agents import agent as agents
from acd.core.callbacks.booking import hang_up
from acd.core.callbacks.keeping import move, of_entry, of_leg, put
from acd.core.callbacks.promise import (
    AgentGiven,
    AgentLost,
    AgentRung,
    CustomerRung,
    Expired,
    Failed,
    Postponed,
    Promise,
    PromiseState,
    RestOver,
    may_call,
    morning,
)
from acd.core.effects import AGENT_LEG, DialPromised, Hangup, RingForPromise
from acd.core.outbound.dialer import unanswered
from acd.core.routing import Decision
from acd.core.state import World

S = PromiseState
WRITTEN_WITHIN = timedelta(milliseconds=150)
"""The dial waits so long for the journal: a crash between them must not make a second dial."""
RING_SECONDS = 30
END_SEEN_WITHIN = timedelta(seconds=RING_SECONDS + 15)


def given(world: World, decision: Decision) -> bool:
    """False: the entry is no promise. Called for routing's choice."""
    promise = of_entry(world, decision.call_id)
    if promise is None or promise.state is not S.WAITING:
        return False
    if not may_call(promise, world.table.timezone, world.now):
        move(world, promise, Postponed(world.now, morning(world.table.timezone, world.now)))
        return True
    node = world.synced_nodes()[0]  # without one the promise is not in the room
    after = move(world, promise, AgentGiven(world.now, decision.agent_id, node, world.now + WRITTEN_WITHIN))
    if after is not None:
        agent = world.agents[decision.agent_id]
        world.put_agent(agents.step(agent, agents.Reserved(world.now, CallId(after.unique_id))))
    return True


def woken(world: World, callback_id: CallbackId) -> None:
    """The promise's timer: time to dial, to take it up again, or to give it up."""
    promise = world.promises.get(callback_id)
    if promise is None:
        return
    match promise.state:
        case S.WAITING:
            move(world, promise, Expired(world.now))
        case S.RESTING if world.now >= promise.expires_at:
            move(world, promise, Expired(world.now))
        case S.RESTING:
            move(world, promise, RestOver(world.now))
        case S.RESERVED:
            _dial(world, promise)
        case S.RINGING_AGENT:
            _agent_missed(world, promise)
        case S.CALLING:
            fail(world, promise, "lost")


def _dial(world: World, promise: Promise) -> None:
    if not world.is_synced(promise.node):
        fail(world, promise, "no_line")
    elif promise.agent_first and promise.agent_id is not None:
        unique_id = promise.unique_id
        world.ask(RingForPromise(promise.node, promise.callback_id, unique_id, promise.agent_id, promise.language))
        move(world, promise, AgentRung(world.now, world.now + END_SEEN_WITHIN))
    else:
        _call_customer(world, promise, None)


def _call_customer(world: World, promise: Promise, agent_channel: ChannelName | None) -> None:
    world.ask(
        DialPromised(
            node=promise.node,
            callback_id=promise.callback_id,
            unique_id=promise.unique_id,
            number=promise.number,
            ring_seconds=RING_SECONDS,
            queue=promise.queue,
            priority=promise.priority,
            place_at=promise.place_at,
            language=promise.language,
            agent_channel=agent_channel,
        )
    )
    move(world, promise, CustomerRung(world.now, world.now + END_SEEN_WITHIN, agent_channel))


def agent_ready(world: World, fact: facts.CallbackAgentReady) -> None:
    """Agent first: the agent has answered and waits, so the customer is called."""
    promise = world.promises.get(fact.callback_id)
    if promise is not None and promise.state is S.RINGING_AGENT and promise.unique_id == fact.call_id:
        _call_customer(world, promise, fact.channel)
    else:
        world.ask(Hangup(fact.node, fact.channel))


def _agent_missed(world: World, promise: Promise) -> None:
    agent = world.agents.get(promise.agent_id) if promise.agent_id else None
    if agent is not None and agent.call_id == promise.unique_id and (agent.state, agents.Missed) in agents.NEXT:
        world.put_agent(agents.step(agent, agents.Missed(world.now, PauseReason.RONA)))
    move(world, promise, AgentLost(world.now))


def fail(world: World, promise: Promise, cause: str) -> None:
    """The attempt is over; whatever still rings stops."""
    hang_up(world, promise)
    move(world, promise, Failed(world.now, cause))


# ---- what the legs tell ------------------------------------------


def leg_opened(world: World, fact: facts.LegOpened) -> None:
    promise = of_leg(world, fact.unique_id)
    if promise is not None and promise.state in (S.RESERVED, S.CALLING):
        put(world, replace(promise, channel=fact.channel))


def leg_alerted(world: World, fact: facts.LegAlerted) -> None:
    promise = of_leg(world, fact.unique_id)
    if promise is not None and not promise.rang:
        put(world, replace(promise, rang=True))


def leg_gone(world: World, fact: facts.LegGone) -> None:
    """Before the answer; afterwards the end of the call says it."""
    promise = of_leg(world, fact.unique_id)
    if promise is not None and promise.state in (S.RESERVED, S.CALLING):
        fail(world, replace(promise, channel=None), unanswered(fact.cause, rang=promise.rang).lower())


def not_dialled(world: World, fact: facts.CallbackNotDialled) -> None:
    """Asterisk made no call: decisive when no leg was ever seen, otherwise its hang-up says why."""
    promise = of_leg(world, fact.unique_id.removesuffix(AGENT_LEG))
    if promise is None:
        return
    if fact.unique_id.endswith(AGENT_LEG):
        if promise.state is S.RINGING_AGENT:
            _agent_missed(world, promise)
    elif promise.channel is None and promise.state is S.CALLING:
        fail(world, promise, "not_dialled")
