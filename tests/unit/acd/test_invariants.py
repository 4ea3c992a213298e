"""Whatever happens, in whatever order, twice or too late: what must always hold on the floor."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from acd.contracts import events
from acd.contracts.commands import AgentCommand, AssignAgent, DeskBack, DeskLost, WrapUpAgent
from acd.contracts.ids import CallId
from acd.contracts.vocabulary import AgentState, AttemptCode, IvrOutcome
from acd.core import facts
from acd.core.agents.agent import BUSY
from acd.core.calls.call import CallState
from acd.core.effects import Kind
from acd.core.routing import serves
from tests.support.floor import NODE, QUEUES, Floor, caller_channel, phone_channel
from tests.support.floor_agents import asks, dialplan_keeps, leg_vanishes, phone_is_back, phone_vanishes
from tests.support.floor_dials import cancel_dial, debtor_answers, dial, dial_ends, dial_opens, dial_rings, judged
from tests.support.floor_legs import live_caller, live_phone

pytestmark = pytest.mark.unit

CALLS = st.sampled_from([f"c{number}" for number in range(6)])
AGENTS = st.sampled_from(["8001", "8002", "8003"])
ATTEMPTS = st.sampled_from(["a1", "a2"])
PLACES = ("cc-ivr", "cc-waiting", "cc-deliver", "cc-fallback", "cc-survey", "cc-kept")
QUEUE_NAMES = st.sampled_from([str(name) for name in QUEUES])


class Day(RuleBasedStateMachine):
    """Facts and commands at random; nothing keeps them from being nonsense."""

    def __init__(self) -> None:
        super().__init__()
        self.floor = Floor()
        self.ended: list[str] = []
        self.finished: list[str] = []

    def _note(self) -> None:
        self.ended += [event.call_id for event in self.floor.all_of(events.CallEnded)]
        self.finished += [event.attempt_id for event in self.floor.all_of(events.AttemptFinished)]
        self.floor.forget()

    # ---- what may happen ----------------------------------

    @rule(seconds=st.floats(0, 70))
    def time_passes(self, seconds: float) -> None:
        self.floor.pass_time(seconds)

    @rule(agent=AGENTS, queues=st.lists(QUEUE_NAMES, unique=True).map(tuple), ready=st.booleans())
    def signs_in(self, agent: str, queues: tuple[str, ...], ready: bool) -> None:
        self.floor.login(agent, queues=queues, ready=ready)

    @rule(agent=AGENTS, what=st.sampled_from(["logout", "ready", "pause"]))
    def commands(self, agent: str, what: str) -> None:
        getattr(self.floor, what)(agent)

    @rule(call=CALLS, queue=QUEUE_NAMES, priority=st.integers(0, 3))
    def waits(self, call: str, queue: str, priority: int) -> None:
        if call not in self.ended:
            self.floor.waits(call, queue, priority)

    @rule(call=CALLS, queue=QUEUE_NAMES)
    def falls_back(self, call: str, queue: str) -> None:
        if call not in self.ended:
            self.floor.in_fallback(call, queue)

    @rule(call=CALLS, outcome=st.sampled_from(IvrOutcome))
    def is_in_the_menu(self, call: str, outcome: IvrOutcome) -> None:
        if call not in self.ended:
            self.floor.in_menu(call)
            self.floor.leaves_menu(call, outcome)

    @rule(agent=AGENTS, call=CALLS, what=st.sampled_from(["rings", "answers", "holds", "resumes", "agent_hangs_up"]))
    def phone_does(self, agent: str, call: str, what: str) -> None:
        getattr(self.floor, what)(agent, call)

    @rule(agent=AGENTS, call=CALLS, what=st.sampled_from([phone_vanishes, leg_vanishes]))
    def vanishes(self, agent: str, call: str, what: Callable[[Floor, str, str], None]) -> None:
        what(self.floor, agent, call)

    @rule(call=CALLS)
    def is_kept(self, call: str) -> None:
        dialplan_keeps(self.floor, call)

    @rule(agent=AGENTS)
    def registers(self, agent: str) -> None:
        phone_is_back(self.floor, agent)

    @rule(agent=AGENTS, desk=st.sampled_from([DeskLost, DeskBack]))
    def desk_goes_and_comes(self, agent: str, desk: type[AgentCommand]) -> None:
        asks(self.floor, desk, agent, session="")

    @rule(agent=AGENTS, seconds=st.integers(0, 90))
    def changes_the_wrap_up(self, agent: str, seconds: int) -> None:
        asks(self.floor, WrapUpAgent, agent, seconds=seconds)

    @rule(agent=AGENTS, queues=st.lists(QUEUE_NAMES, unique=True))
    def is_assigned(self, agent: str, queues: list[str]) -> None:
        asks(self.floor, AssignAgent, agent, queues=queues, by="8101")

    @rule(agent=AGENTS)
    def phone_is_used(self, agent: str) -> None:
        self.floor.opens_phone(agent)

    @rule(agent=AGENTS)
    def phone_is_down(self, agent: str) -> None:
        self.floor.phone_closes(agent)

    @rule(call=CALLS)
    def survey(self, call: str) -> None:
        self.floor.surveyed(call, 1)

    @rule(call=CALLS, cause=st.sampled_from([0, 16, 38]))
    def hangs_up(self, call: str, cause: int) -> None:
        self.floor.caller_hangs_up(call, cause)

    @rule(call=CALLS)
    def redirect_is_refused(self, call: str) -> None:
        self.floor.tell(facts.RedirectRefused(self.floor.now, NODE, caller_channel(call)))

    @rule(attempt=ATTEMPTS)
    def dials(self, attempt: str) -> None:
        if attempt not in self.finished:
            dial(self.floor, attempt)

    @rule(attempt=ATTEMPTS, what=st.sampled_from([dial_opens, dial_rings, debtor_answers, cancel_dial]))
    def dial_does(self, attempt: str, what: Callable[[Floor, str], object]) -> None:
        if f"n1-{attempt}" not in self.ended:
            what(self.floor, attempt)

    @rule(attempt=ATTEMPTS, cause=st.sampled_from([0, 17, 19, 34]))
    def dial_ends(self, attempt: str, cause: int) -> None:
        dial_ends(self.floor, attempt, cause)

    @rule(attempt=ATTEMPTS, code=st.sampled_from([AttemptCode.PROMISE, AttemptCode.TO_AGENT]))
    def is_judged(self, attempt: str, code: AttemptCode) -> None:
        judged(self.floor, attempt, code)

    @rule()
    def link_breaks(self) -> None:
        self.floor.link_lost()

    @rule(data=st.data())
    def resyncs(self, data: st.DataObject) -> None:
        self._resync(data)

    @precondition(lambda self: self.floor.world.calls)
    @rule(data=st.data(), away=st.floats(0, 100))
    def is_killed(self, data: st.DataObject, away: float) -> None:
        self._note()
        self.floor = self.floor.killed(away_seconds=away)
        self._resync(data)

    def _resync(self, data: st.DataObject) -> None:
        """Any of the known calls alive, somewhere, with or without a phone."""
        alive = data.draw(st.lists(CALLS.filter(lambda call: call not in self.ended), unique=True))
        legs = []
        for call in alive:
            context = data.draw(st.sampled_from(PLACES))
            legs.append(live_caller(call, context))
            agent = data.draw(st.none() | AGENTS)
            if agent is not None and phone_channel(agent) not in [leg.channel for leg in legs]:
                legs.append(live_phone(agent, call, data.draw(st.sampled_from(facts.LegState))))
        self.floor.resync(*legs)

    # ---- what must hold -----------------------------------

    @invariant()
    def every_end_is_told_once(self) -> None:
        self._note()
        assert len(self.ended) == len(set(self.ended))
        assert len(self.finished) == len(set(self.finished))

    @invariant()
    def agents_and_calls_agree(self) -> None:
        world = self.floor.world
        for agent in world.agents.values():
            if agent.state not in BUSY:
                continue
            call = world.calls.get(agent.call_id) if agent.call_id else None
            assert call is not None, f"{agent.agent_id} is {agent.state} for a call that is no more"
            if agent.state is AgentState.RESERVED:
                assert (call.state, call.agent_id) == (CallState.RESERVED, agent.agent_id)

    @invariant()
    def kept_agents_and_kept_callers_belong_together(self) -> None:
        world = self.floor.world
        for agent in world.agents.values():
            if agent.state is AgentState.KEPT:
                call = world.calls[agent.call_id or CallId("")]
                assert (call.state, call.agent_id) == (CallState.KEPT, agent.agent_id)
        for call in world.calls.values():
            if call.state is CallState.KEPT and world.is_synced(NODE):
                assert facts.TimerKey(facts.Timer.KEPT, call.call_id) in self.floor.timers

    @invariant()
    def misses_never_reach_the_limit(self) -> None:
        most = max(queue.misses for queue in QUEUES.values())
        assert all(agent.misses < most for agent in self.floor.world.agents.values())

    @invariant()
    def only_waiting_callers_are_in_the_room(self) -> None:
        world = self.floor.world
        in_room = {call_id for name in QUEUES for call_id in world.room.order(name)}
        assert all(world.calls[call_id].state is CallState.WAITING for call_id in in_room)
        assert not in_room or world.is_synced(NODE)

    @invariant()
    def only_free_agents_are_on_the_bench(self) -> None:
        world = self.floor.world
        for agent in world.agents.values():
            free = agent.state is AgentState.READY and not world.phones.get(agent.agent_id)
            assert (agent.agent_id in world.bench) is free

    @invariant()
    def nobody_waits_while_somebody_is_free(self) -> None:
        world = self.floor.world
        waiting = [world.calls[call_id] for name in QUEUES for call_id in world.room.order(name)]
        free = [agent for agent in world.agents.values() if agent.agent_id in world.bench]
        assert not [(call, agent) for call in waiting for agent in free if serves(agent, QUEUES[call.queue])]

    @invariant()
    def every_reservation_has_an_end(self) -> None:
        for call in self.floor.world.calls.values():
            if call.state is CallState.RESERVED:
                assert facts.TimerKey(facts.Timer.RESERVED, call.call_id) in self.floor.timers

    @invariant()
    def every_wrap_up_has_an_end(self) -> None:
        for agent in self.floor.world.agents.values():
            if agent.state is AgentState.WRAP_UP:
                assert facts.TimerKey(facts.Timer.WRAP_UP, agent.agent_id) in self.floor.timers

    @invariant()
    def the_journal_knows_what_we_know(self) -> None:
        world, records = self.floor.world, self.floor.records
        assert {key: record for (kind, key), record in records.items() if kind is Kind.CALL} == world.calls
        assert {key: record for (kind, key), record in records.items() if kind is Kind.ATTEMPT} == world.attempts

    @invariant()
    def presence_is_counted_right(self) -> None:
        world = self.floor.world
        for name, counts in world.presence.items():
            for state in AgentState:
                assert counts[state] == sum(name in a.queues and a.state is state for a in world.agents.values())


TestDay = Day.TestCase
TestDay.settings = settings(max_examples=40, stateful_step_count=40, suppress_health_check=list(HealthCheck))
