"""A supervisor who has debtors called, and debtors who answer, are busy, promise, or let it ring."""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from hotline.ami import AmiError
from hotline.demo.customers import length_seconds
from hotline.demo.pace import Pace, some
from hotline.demo.tally import Tally
from hotline.desk_client import DeskClient, DeskError
from hotline.outside.call import OutsideCall
from hotline.outside.world import ANYBODY, Behaviour, OutsideWorld

ChoiceT = TypeVar("ChoiceT")

BEHAVIOURS = {
    Behaviour.ANSWER: 60,
    Behaviour.IGNORE: 15,
    Behaviour.BUSY: 10,
    Behaviour.REJECT: 8,
    Behaviour.VOICEMAIL: 7,
}
ANSWERS = {"2": 50, "1": 25, "3": 15, "": 10}


@dataclass
class Dunning:
    desk: DeskClient
    world: OutsideWorld
    tally: Tally
    prompts: Path
    pace: Pace
    chance: random.Random

    async def call_debtors(self) -> None:
        """One debtor after another until cancelled; what the gate refuses is counted with its reason."""
        await self._next_behaviour()
        while True:
            await asyncio.sleep(some(self.chance, self.pace.between_dunning_calls))
            try:
                cases = (await self.desk.send("GET", "/dunning/cases"))["items"]
                open_cases = [case for case in cases if case["next_allowed_at"] is None]
                if not open_cases:
                    self.tally.notes.append("every debtor has been called as often as the rules allow")
                    continue
                case = self.chance.choice(open_cases)
                await self.desk.send("POST", f"/dunning/cases/{case['case_id']}/dial")
                self.tally.dunning["dialled"] += 1
            except DeskError as error:
                self.tally.dunning[error.code.removeprefix("dunning.").replace("_", " ")] += 1

    async def answer_for_ever(self) -> None:
        """Debtors' side: whoever is rung and picks up, presses what debtors press."""
        async with asyncio.TaskGroup() as calls:
            while True:
                call = await self.world.rung(ANYBODY, within=3600)
                calls.create_task(self._answer(call))

    async def _answer(self, call: OutsideCall) -> None:
        behaviour = self._behaviour
        self.tally.dunning[behaviour.value] += 1
        await self._next_behaviour()
        if behaviour is not Behaviour.ANSWER:
            return
        try:
            await call.answered()
            await asyncio.sleep(length_seconds(self.prompts / "dunning/greeting_pre.wav") + 3)
            await call.press("1")
            await asyncio.sleep(12)
            await call.press(_weighted(self.chance, ANSWERS))
            await call.ended(within=60)
        except (AmiError, TimeoutError):
            await call.hang_up()

    async def _next_behaviour(self) -> None:
        self._behaviour = _weighted(self.chance, BEHAVIOURS)
        await self.world.set_behaviour(ANYBODY, self._behaviour, after_seconds=self.chance.uniform(2, 6))


def _weighted(chance: random.Random, weights: Mapping[ChoiceT, int]) -> ChoiceT:
    return chance.choices(list(weights), list(weights.values()))[0]
