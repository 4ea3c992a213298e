"""The agents of a simulation: they sign in for their shifts, take what they get, and sign out after the last call."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta

from acd.contracts.ids import AgentId, CallId, QueueName
from acd.contracts.vocabulary import AgentState
from acd.core.agents.agent import Agent
from acd.core.routing import Engine
from acd.simulator.figures import Day
from acd.simulator.profile import Profile, Span, Team


class Staff:
    def __init__(self, profile: Profile, engine: Engine, day: Day) -> None:
        self.signed_in: Counter[QueueName] = Counter()
        self._engine, self._day = engine, day
        self._agents: dict[AgentId, Agent] = {}
        self._since: dict[AgentId, datetime] = {}
        """Of the sign-in, or of the last account of it."""
        self._leaving: set[AgentId] = set()
        self.shifts: list[tuple[datetime, datetime, AgentId]] = []
        number = 10_000
        for team in profile.teams:
            for _ in range(team.agents):
                number += 1
                self._hire(AgentId(str(number)), team, profile)

    def _hire(self, agent_id: AgentId, team: Team, profile: Profile) -> None:
        begins = profile.begins()
        self._agents[agent_id] = Agent(agent_id, begins, center_id=team.center, queues=team.queues, skills=team.skills)
        for since, until in _shifts(team.shifts, profile):
            self.shifts.append((since, until, agent_id))

    def sign_in(self, agent_id: AgentId, now: datetime) -> None:
        self._leaving.discard(agent_id)
        if agent_id not in self._since:
            self._since[agent_id] = now
            self.signed_in.update(self._agents[agent_id].queues)
            self.free(agent_id, now)

    def sign_out(self, agent_id: AgentId, now: datetime) -> None:
        """At once, or when the call is over."""
        agent = self._agents[agent_id]
        if agent.state is not AgentState.READY:
            self._leaving.add(agent_id)
            return
        self._day.spread(self._since.pop(agent_id), now, "staffed_seconds")
        self.signed_in.subtract(agent.queues)
        self._know(replace(agent, state=AgentState.LOGGED_OUT, since=now))

    def take(self, agent_id: AgentId, call_id: CallId, now: datetime, until: datetime) -> None:
        self._know(replace(self._agents[agent_id], state=AgentState.RESERVED, since=now, call_id=call_id))
        self._day.spread(now, until, "busy_seconds")

    def free(self, agent_id: AgentId, now: datetime) -> None:
        self._know(replace(self._agents[agent_id], state=AgentState.READY, since=now, idle_since=now, call_id=None))
        if agent_id in self._leaving:
            self._leaving.discard(agent_id)
            self.sign_out(agent_id, now)

    def close(self, now: datetime) -> None:
        """The end of the simulation: account for those still there."""
        for since in self._since.values():
            self._day.spread(since, now, "staffed_seconds")

    def _know(self, agent: Agent) -> None:
        self._agents[agent.agent_id] = agent
        self._engine.know(agent, free=agent.state is AgentState.READY)


def _shifts(spans: tuple[Span, ...], profile: Profile) -> Iterator[tuple[datetime, datetime]]:
    if not spans:
        yield profile.begins(), profile.ends()
    for number in range(-1, profile.days):  # the night before goes on into the first day
        midnight = profile.begins() + timedelta(days=number)
        for span in spans:
            since, until = _at(midnight, span.begins), _at(midnight, span.ends)
            until = until if until > since else until + timedelta(days=1)
            if until > profile.begins():
                yield max(since, profile.begins()), until


def _at(midnight: datetime, at: time) -> datetime:
    return midnight + timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)
