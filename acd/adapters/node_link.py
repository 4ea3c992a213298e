"""One Asterisk node: its messages become facts, our actions its messages. Resync, watchdog and answers live here."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any

from acd.adapters.ami import AmiWire, NotConnected
from acd.adapters.ami_actions import UnsafeValue, encode
from acd.adapters.call_records import read_since
from acd.adapters.clock import now
from acd.contracts.ids import NodeName
from acd.core import effects, facts
from acd.core.errors import BadMessage
from acd.core.facts import AnyFact, LiveLeg, LiveMember
from acd.core.messages.headers import Message
from acd.core.messages.records import ended_calls
from acd.core.messages.translate import EVENTS, live_leg, live_member, translate
from acd.settings import NodeSettings

log = logging.getLogger(__name__)

ANSWER_WITHIN = 5.0
MARGIN = timedelta(seconds=0.2)
"""What happened just before we went may not have reached the journal any more."""
OK = "ok"
OF_THE_LINK = frozenset({"FullyBooted", "QueueMember", "Status", "StatusComplete"})
DEAD_AFTER_REFUSALS = 4
"""A connection is tried every second. One that is refused so often in a row has no Asterisk behind it."""


class NodeLink:
    """Never raises towards the pump: what goes wrong comes back as a fact, or shows in `detail`."""

    def __init__(
        self,
        settings: NodeSettings,
        deliver: Callable[[AnyFact], None],
        *,
        silence_limit: timedelta = timedelta(seconds=10),
        ping_every: timedelta = timedelta(seconds=3),
    ) -> None:
        self.node = NodeName(settings.name)
        self.detail = "not connected yet"
        self.bad_messages = 0
        self._deliver = deliver
        self._silence_limit = silence_limit.total_seconds()
        self._ping_every = ping_every.total_seconds()
        self._tasks: set[asyncio.Task[None]] = set()
        self._legs: list[LiveLeg] = []
        self._members: list[LiveMember] = []
        self._refusals = 0
        self._call_records = settings.call_records
        self._overdue: asyncio.TimerHandle | None = None
        self._wire = AmiWire(
            settings.host,
            settings.port,
            settings.username,
            settings.secret.get_secret_value(),
            on_event=self._event,
            wanted=EVENTS | OF_THE_LINK,
            on_lost=self._lost,
            on_refused=self._refused,
            on_nobody=self._nobody_listens,
        )

    @property
    def up(self) -> bool:
        """In step with the node: the resync is through and the link was not lost since."""
        return self.detail == OK

    def start(self) -> None:
        self._wire.open()
        self._spawn(self._watch())

    async def stop(self) -> None:
        """Close the link and forget what was not answered."""
        self._wire.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # ---- out ----------------------------------------------

    def run(self, action: effects.Action) -> None:
        """Write the action to the socket now; its answer is awaited beside."""
        if isinstance(action, effects.AskLegs) and self._call_records is not None:
            self._spawn(self._recall(action, self._call_records))
        else:
            self._send(action)

    async def _recall(self, asked: effects.AskLegs, records: Path) -> None:
        """What ended while we were away is told before the list of what is alive is asked for."""
        found = await asyncio.to_thread(read_since, records, asked.since - MARGIN)
        calls = ended_calls(found, self.node, asked.since)
        if calls:
            self._deliver(facts.CallsMissed(now(), self.node, asked.since, calls))
        self._send(asked)

    def _send(self, action: effects.Action) -> None:
        try:
            for headers in encode(action):
                self._spawn(self._answered(action, self._wire.send(headers)))
        except UnsafeValue as error:
            log.error("an action with a control character was refused", extra={"header": str(error)})
            self._failed(action)
        except NotConnected:
            self._failed(action)

    async def _answered(self, action: effects.Action, answer: Awaitable[Any]) -> None:
        name = type(action).__name__
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                response = await answer
        except TimeoutError:
            log.warning("an action was not answered", extra={"action": name, "node": self.node})
            self._failed(action)
            return
        if not response.success:
            log.info("an action was refused", extra={"action": name, "node": self.node, "answer": response.message})
            self._failed(action)

    def _failed(self, action: effects.Action) -> None:
        """What the core should know at once; the rest it finds out by its timers."""
        if isinstance(action, effects.Redirect):
            self._deliver(facts.RedirectRefused(now(), self.node, action.channel))
        elif isinstance(action, effects.Originate):
            self._deliver(facts.OriginateFailed(now(), self.node, action.attempt_id, 0))
        elif isinstance(action, effects.OriginateSpy):
            self._deliver(facts.SpyNotReached(now(), self.node, action.leg))
        elif isinstance(action, effects.DialPromised):
            self._deliver(facts.CallbackNotDialled(now(), self.node, action.unique_id))
        elif isinstance(action, effects.RingForPromise):
            self._deliver(facts.CallbackNotDialled(now(), self.node, f"{action.unique_id}{effects.AGENT_LEG}"))
        elif isinstance(action, effects.DialFax):
            self._deliver(facts.FaxOver(now(), self.node, action.fax_id, False, 0, "not dialled"))
        elif isinstance(action, effects.DialNotice):
            self._deliver(facts.NoticeOver(now(), self.node, action.notice_id, False, "not dialled"))

    # ---- in -----------------------------------------------

    def _event(self, message: Message) -> None:
        try:
            match message["Event"]:
                case "FullyBooted":
                    self._booted()
                case "Status":
                    leg = live_leg(message)
                    self._legs.extend([leg] if leg else [])
                case "QueueMember":
                    self._members.append(live_member(message))
                case "StatusComplete":
                    self._resynced()
                case _:
                    fact = translate(message, self.node)
                    if fact is not None:
                        self._deliver(fact)
        except BadMessage as error:
            self.bad_messages += 1
            log.warning("an AMI message was skipped", extra={"node": self.node, "reason": error.reason})

    def _booted(self) -> None:
        """Signed in, and every module is there: the core asks what is alive, and the answer must come."""
        self._legs.clear()
        self._members.clear()
        self._refusals = 0
        self.detail = "resync under way"
        self._overdue = asyncio.get_running_loop().call_later(ANSWER_WITHIN, self._abort, "the resync took too long")
        self._deliver(facts.LinkUp(now(), self.node))

    def _resynced(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
        self.detail = OK
        self._deliver(facts.Resynced(now(), self.node, tuple(self._legs), tuple(self._members)))
        self._legs.clear()

    # ---- the link -----------------------------------------

    def _refused(self) -> None:
        self.detail = "Asterisk refuses our user or secret"
        log.error("Asterisk refuses our user or secret", extra={"node": self.node})

    def _nobody_listens(self) -> None:
        self._refusals += 1
        if self._refusals == DEAD_AFTER_REFUSALS:
            log.error("Asterisk is gone: nobody listens there", extra={"node": self.node})
            self._deliver(facts.NodeDied(now(), self.node))

    def _lost(self) -> None:
        if self._overdue is not None:
            self._overdue.cancel()
        if not self.detail.startswith("Asterisk refuses"):
            self.detail = "connection lost"
        log.warning("manager link lost", extra={"node": self.node, "reason": self.detail})
        self._deliver(facts.LinkDown(now(), self.node, self.detail))

    async def _watch(self) -> None:
        """Pings, and closes a link that says nothing: a hung Asterisk or a pulled cable leaves TCP silent."""
        while True:
            await asyncio.sleep(self._ping_every)
            if self._wire.silent_seconds() > self._silence_limit:
                self._abort("not a byte for too long")
            elif self._wire.connected():
                self._spawn(self._ping())

    async def _ping(self) -> None:
        """Its answer is only wanted as a sign of life, which the wire notices by itself."""
        try:
            async with asyncio.timeout(ANSWER_WITHIN):
                await self._wire.send({"Action": "Ping"})
        except (TimeoutError, NotConnected):
            pass

    def _abort(self, why: str) -> None:
        log.warning("manager link closed by us", extra={"node": self.node, "reason": why})
        self._wire.abort()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
