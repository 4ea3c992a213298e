"""Callers come, wait, are served or give up; the routing engine of the ACD says who gets whom. Same seed, same day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from acd.contracts.ids import AgentId, CallId, CenterId, QueueName
from acd.core.routing import Decision, Engine, Entry, Mark
from acd.simulator.agenda import Agenda
from acd.simulator.chance import drawn
from acd.simulator.figures import Day
from acd.simulator.profile import HALF_HOUR, Profile, Traffic
from acd.simulator.staff import Staff

DEFAULT_HANDLE_SECONDS = 180.0


@dataclass(frozen=True, slots=True)
class Caller:
    entry: Entry
    talk: timedelta
    day: Day


class Simulation:
    """Also the `Figures` that overflow conditions look at."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.now = profile.begins()
        self.day = Day(self.now)
        """All queues together, and the agents."""
        self.days = {each.queue: Day(self.now) for each in profile.traffic}
        self._engine = Engine(profile.table)
        self._agenda = Agenda()
        self._random = Random(profile.seed)
        self._staff = Staff(profile, self._engine, self.day)
        self._waiting: dict[CallId, Caller] = {}
        self._calls = 0
        for since, until, agent_id in self._staff.shifts:
            self._agenda.add(since, partial(self._sign_in, agent_id))
            if until < profile.ends():
                self._agenda.add(until, partial(self._sign_out, agent_id))
        for traffic in profile.traffic:
            self._expect(traffic, self.now)

    def run(self) -> Iterator[datetime]:
        """Yields the simulated time every half hour, and the end."""
        end, mark = self.profile.ends(), self.now
        while self._agenda.step(end):
            if self.now >= mark:
                yield self.now
                mark += HALF_HOUR
        self._staff.close(end)
        yield end

    # ---- what happens -------------------------------------

    def _sign_in(self, agent_id: AgentId, now: datetime) -> None:
        self._staff.sign_in(agent_id, now)
        self._match(now)

    def _sign_out(self, agent_id: AgentId, now: datetime) -> None:
        self._staff.sign_out(agent_id, now)
        self._match(now)

    def _expect(self, traffic: Traffic, since: datetime) -> None:
        """The next caller, by the rate of the half hour; one who would come later than it is drawn anew there."""
        half_hour = since + HALF_HOUR - (since - self.profile.begins()) % HALF_HOUR
        rate = traffic.per_half_hour(since.timetz().replace(tzinfo=None))
        gap = timedelta(seconds=self._random.expovariate(rate / HALF_HOUR.total_seconds())) if rate > 0 else HALF_HOUR
        if since + gap < half_hour:
            self._agenda.add(since + gap, partial(self._arrive, traffic))
        elif half_hour < self.profile.ends():
            self._agenda.add(half_hour, partial(self._expect, traffic))

    def _arrive(self, traffic: Traffic, now: datetime) -> None:
        self._calls += 1
        self._expect(traffic, now)
        entry = self._entry(traffic, CallId(f"s{self._calls}"), now)
        caller = Caller(entry, drawn(self._random, traffic.talk), self.days[traffic.queue])
        for day in (self.day, caller.day):
            day.at(now).offered += 1
        self._waiting[entry.entry_id] = caller
        self._engine.enter(entry)
        self._engine.stir(entry.queue)
        self._match(now)
        if entry.entry_id in self._waiting:
            for day in (self.day, caller.day):
                day.at(now).waited_at_all += 1
            if traffic.patience is not None:
                self._agenda.add(now + drawn(self._random, traffic.patience), partial(self._give_up, entry.entry_id))

    def _entry(self, traffic: Traffic, call_id: CallId, now: datetime) -> Entry:
        rules = self._engine.rules
        marks = (Mark.VIP,) if traffic.vip and self._random.random() < traffic.vip else ()
        weights = list(traffic.centers.values())
        center = self._random.choices(list(traffic.centers), weights)[0] if weights else CenterId("")
        return Entry(call_id, traffic.queue, now, rules.points(rules.queue(traffic.queue), 0, marks), center)

    def _give_up(self, call_id: CallId, now: datetime) -> None:
        caller = self._waiting.pop(call_id, None)
        if caller is None:
            return
        self._engine.leave(call_id)
        for day in (self.day, caller.day):
            interval = day.at(caller.entry.joined)
            interval.abandoned += 1
            interval.longest_wait_seconds = max(interval.longest_wait_seconds, caller.entry.waited(now))

    def _hang_up(self, agent_id: AgentId, queue: QueueName, now: datetime) -> None:
        self._engine.engage(queue, -1)
        wrap_up = timedelta(seconds=self._engine.rules.queue(queue).wrap_up_seconds)
        if wrap_up:
            self._agenda.add(now + wrap_up, partial(self._free, agent_id))
            self._match(now)
        else:
            self._free(agent_id, now)

    def _free(self, agent_id: AgentId, now: datetime) -> None:
        self._staff.free(agent_id, now)
        self._match(now)

    def _reconsider(self, call_id: CallId, now: datetime) -> None:
        self._engine.reconsider(call_id)
        self._match(now)

    # ---- who gets whom ------------------------------------

    def _match(self, now: datetime) -> None:
        self.now = now
        self._settle(now)
        while (decision := self._engine.choose(now)) is not None:
            self._serve(decision, now)
            self._settle(now)

    def _settle(self, now: datetime) -> None:
        for settled in self._engine.settle(self, now):
            if settled.next_at is not None:
                self._agenda.add(settled.next_at, partial(self._reconsider, settled.entry.entry_id))

    def _serve(self, decision: Decision, now: datetime) -> None:
        caller = self._waiting.pop(decision.call_id)
        self._engine.leave(decision.call_id)
        self._engine.engage(decision.queue, 1)
        self._engine.stir(decision.queue)
        rule = self._engine.rules.queue(decision.queue)
        over = now + timedelta(seconds=self.profile.answer_seconds) + caller.talk
        self._staff.take(decision.agent_id, decision.call_id, now, over + timedelta(seconds=rule.wrap_up_seconds))
        self._agenda.add(over, partial(self._hang_up, decision.agent_id, decision.queue))
        waited = caller.entry.waited(now) + self.profile.answer_seconds
        for day in (self.day, caller.day):
            interval = day.at(caller.entry.joined)
            interval.answered += 1
            interval.in_time += waited <= rule.service_level_seconds
            interval.answer_seconds += waited
            interval.longest_wait_seconds = max(interval.longest_wait_seconds, waited)

    # ---- what overflow conditions look at -----------------

    def signed_in(self, queue: QueueName) -> int:
        return self._staff.signed_in[queue]

    def ready(self, queue: QueueName) -> int:
        return self._engine.bench.count(queue)

    def waiting(self, queue: QueueName) -> int:
        return self._engine.room.length(queue)

    def expected_wait_seconds(self, queue: QueueName, ahead: int) -> float | None:
        serving = self.signed_in(queue)
        return DEFAULT_HANDLE_SECONDS * (ahead + 1) / serving if serving else None
