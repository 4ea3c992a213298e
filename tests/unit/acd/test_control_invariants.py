"""Commands and hang-ups in any order: every leg ends, the call ends once, no second of an agent's time is lost."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from acd.contracts import events
from acd.contracts.vocabulary import AgentState
from acd.core.calls.call import IN_CONVERSATION, CallState
from tests.support.controls import C1, staffed
from tests.support.exchange import CALL, Exchange
from tests.support.floor import phone_channel

pytestmark = pytest.mark.unit

AGENTS = ("8001", "8002", "8003")
IN_CALL = (AgentState.TALKING, AgentState.HELD, AgentState.CONSULTING)
FITTING = {
    CallState.CONNECTED: ("call.hold", "call.leave_conference", "call.end"),
    CallState.HELD: ("call.resume", "call.end"),
    CallState.CONSULTING: ("call.end_consult", "call.complete_transfer", "call.conference"),
}
TARGETS = (
    *({"kind": "agent", "id": agent} for agent in AGENTS),
    *({"kind": "queue", "id": queue} for queue in ("general", "bill")),
)
Step = Callable[[], object]


class OneCall:
    """A customer talking with 8001, and whatever may happen next."""

    def __init__(self) -> None:
        self.floor = staffed()
        self.exchange = Exchange(self.floor)
        self.exchange.customer_comes()
        self.exchange.answers(phone_channel("8001"))

    def possible(self) -> list[Step]:
        return [*self._by_command(), *self._by_people(), partial(self._time_passes, 7), partial(self._time_passes, 40)]

    def _by_command(self) -> Iterator[Step]:
        call = self.floor.world.calls.get(CALL)
        if call is None or call.state not in FITTING or call.agent_id is None:
            return
        for what in FITTING[call.state]:
            yield partial(self.exchange.command, what, call.agent_id)
        if call.state is not CallState.CONSULTING:
            for to in TARGETS:
                yield partial(self.exchange.command, "call.consult", call.agent_id, to=to)
                yield partial(self.exchange.command, "call.transfer", call.agent_id, to=to)

    def _by_people(self) -> Iterator[Step]:
        for leg in sorted(self.exchange.rings):
            yield from [partial(self.exchange.answers, leg)] * 3
            yield partial(self.exchange.declines, leg)
        for leg in sorted(self.exchange.place):
            if leg != C1:
                yield partial(self.exchange.hangs_up, leg)
        for agent in AGENTS:
            if self.floor.state_of(agent) in (AgentState.WRAP_UP, AgentState.PAUSED):
                yield partial(self._is_ready, agent)

    def _is_ready(self, agent: str) -> None:
        self.floor.ready(agent)
        self.exchange.obey()

    def _time_passes(self, seconds: int) -> None:
        self.floor.pass_time(seconds)
        self.exchange.obey()

    # ---- what must hold -----------------------------------

    def check(self) -> None:
        """At every moment: the call lives as long as the customer, and one agent, who is there, has it."""
        assert (CALL in self.floor.world.calls) is (C1 in self.exchange.place)
        busy = [agent for agent in self.floor.world.agents.values() if agent.state in IN_CALL]
        call = self.floor.world.calls.get(CALL)
        if call is not None and call.state in IN_CONVERSATION:
            assert call.agent_channel in self.exchange.place
            assert [agent.agent_id for agent in busy] == [call.agent_id]
        else:
            assert not busy

    def check_books(self) -> None:
        """When all is over: nobody is left, and talk, hold and questions add up to what the agents' states say."""
        assert not self.exchange.place
        assert not self.exchange.rings
        (ended,) = self.floor.all_of(events.CallEnded)
        asked = sum(over.consult_ms for over in self.floor.all_of(events.CallConsultOver))
        assert ended.talk_ms + ended.hold_ms + asked == round(1000 * self._present())
        told = Counter(type(event) for event in self.floor.events)
        assert told[events.CallConsulting] == told[events.CallConsultOver]

    def _present(self) -> float:
        """Seconds the agents spent in the call."""
        seconds, since = 0.0, dict[str, tuple[datetime, AgentState]]()
        for event in self.floor.all_of(events.AgentStateChanged):
            if event.agent_id in since and since[event.agent_id][1] in IN_CALL:
                seconds += (event.since - since[event.agent_id][0]).total_seconds()
            since[event.agent_id] = (event.since, event.state)
        return seconds


@settings(max_examples=150)
@given(st.lists(st.integers(0, 10**6), min_size=15, max_size=40))
def test_whatever_is_done_with_a_call(choices: list[int]) -> None:
    day = OneCall()
    for choice in choices:
        steps = day.possible()
        steps[choice % len(steps)]()
        day.check()
    if C1 in day.exchange.place:
        day.exchange.hangs_up(C1)
        day.check()
    day.check_books()
