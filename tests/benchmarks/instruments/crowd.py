"""Customers who wait for an agent, played by the outside Asterisk: they keep coming, and leave after the agent."""

import asyncio
import itertools
import random
from collections.abc import Sequence
from contextlib import suppress

from hotline.ami import AmiError
from hotline.outside.call import OutsideCall
from hotline.outside.world import OutsideWorld

FIRST_CALLER = 13_900_100_000
"""No subscriber of the demo data has such a number: what is known of a customer does not matter here."""


class Crowd:
    """Dials `number` at random intervals of `1 / rate` seconds on average, so that always `least` to `most` wait.

    Use as a context manager. A caller who waits no longer than the agents need is no measure of how fast they are free.
    """

    def __init__(
        self, outside: OutsideWorld, number: str, agents: Sequence[str], *, rate: float, least: int, most: int
    ) -> None:
        self._outside, self._number, self._agents = outside, number, agents
        self._rate, self._least, self._most = rate, least, most
        self._callers = itertools.count(FIRST_CALLER + random.randrange(10_000) * 1000)
        self._waiting: dict[str, OutsideCall] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self.served = 0

    async def __aenter__(self) -> "Crowd":
        for _ in range(self._least):
            await self._one_more()
        for call in list(self._waiting.values()):
            await call.answered()
        self._tasks = [
            asyncio.create_task(self._arrive()),
            *(asyncio.create_task(self._leave(a)) for a in self._agents),
        ]
        return self

    async def __aexit__(self, *error: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._outside.hang_up_all()

    def check(self) -> None:
        """Raise what stopped one of us, if anything did."""
        for task in self._tasks:
            if task.done():
                task.result()

    async def _arrive(self) -> None:
        while True:
            await asyncio.sleep(random.expovariate(self._rate) if len(self._waiting) >= self._least else 0)
            if len(self._waiting) < self._most:
                await self._one_more()

    async def _one_more(self) -> None:
        caller = str(next(self._callers))
        self._waiting[caller] = await self._outside.dial(caller, self._number)

    async def _leave(self, agent: str) -> None:
        """The customer whom this agent served hangs up after the agent, so that no survey is played to the end."""
        while True:
            phone = await self._outside.rung(agent, within=600)
            customer = self._waiting.pop(phone.shown_number, None)
            await phone.ended(within=60)
            self.served += 1
            if customer is not None:
                with suppress(AmiError):  # the hotline was faster
                    await customer.hang_up()
