"""Customers who dial in at a chosen rate, each with a story: hear the bill, want an agent, give up, rate the talk."""

import asyncio
import random
import wave
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from hotline.ami import AmiError
from hotline.demo.pace import Pace, some
from hotline.demo.tally import Conversation, Place, Tally
from hotline.outside.call import OutsideCall
from hotline.outside.world import OutsideWorld

SERVICE_PASSWORD = "135790"
SUBSCRIBERS = tuple(str(number) for number in range(13900000001, 13900000121))
LONGEST_CALL_SECONDS = 400

Story = Callable[[OutsideCall], Awaitable[str]]


class HungUp(Exception):
    """The hotline ended the call before the story did."""


@dataclass
class Customers:
    world: OutsideWorld
    tally: Tally
    prompts: Path
    per_minute: float
    pace: Pace
    chance: random.Random

    async def dial_for_ever(self) -> None:
        stories: list[Story] = [
            self.ask_for_bill,
            self.forget_password,
            self.want_agent,
            self.give_up,
            self.say_nothing,
        ]
        async with asyncio.TaskGroup() as calls:
            while True:
                calls.create_task(self._live(self.chance.choices(stories, (30, 8, 47, 10, 5))[0]))
                # Independent people: the gaps between them are exponential.
                await asyncio.sleep(min(self.chance.expovariate(self.per_minute / 60), 60))

    async def _live(self, story: Story) -> None:
        number = self.chance.choice([each for each in SUBSCRIBERS if each not in self.tally.places])
        self.tally.places[number] = Place.MENU
        self.tally.dialled += 1
        call = None
        try:
            async with asyncio.timeout(LONGEST_CALL_SECONDS):
                call = await self.world.dial(number)
                await call.answered()
                how = await story(call)
        except HungUp:
            how = "the hotline ended the call"
        except (AmiError, TimeoutError) as error:
            how = "failed"
            self.tally.notes.append(f"{number}: {error}")
        finally:
            del self.tally.places[number]
            self.tally.conversations.pop(number, None)
            if call is not None:
                await call.hang_up()
        self.tally.ends[how] += 1

    async def ask_for_bill(self, call: OutsideCall) -> str:
        await self._key_in(call, SERVICE_PASSWORD)
        await self._stay(call, 20)
        return "heard the bill"

    async def forget_password(self, call: OutsideCall) -> str:
        await self._key_in(call, "000000")
        await self._stay(call, 6)
        return "wrong password"

    async def want_agent(self, call: OutsideCall) -> str:
        conversation = self.tally.conversations[call.number] = Conversation()
        await self._hear(call, "welcome", "notice_recording")
        await call.press("0")
        self.tally.places[call.number] = Place.WAITING
        if not await _happens(conversation.connected, call, some(self.chance, self.pace.patience)):
            return "lost patience"
        self.tally.places[call.number] = Place.TALKING
        if not await _happens(conversation.over, call, LONGEST_CALL_SECONDS):
            return "talked to an agent"
        self.tally.places[call.number] = Place.SURVEY
        await self._hear(call, "survey/ask")
        await call.press(self.chance.choices("123", (75, 15, 10))[0])
        await self._stay(call, 4)
        return "talked and rated"

    async def give_up(self, call: OutsideCall) -> str:
        await self._stay(call, self.chance.uniform(2, 9))
        return "hung up in the menu"

    async def say_nothing(self, call: OutsideCall) -> str:
        await self._stay(call, 45)
        return "said nothing"

    async def _key_in(self, call: OutsideCall, password: str) -> None:
        await self._hear(call, "welcome", "notice_recording")
        way = {
            "menu/main": "1",
            "menu/bill": "1",
            "menu/bill_mobile": "2",
            "auth/which_line": "1",
            "auth/ask_password_sms": password,
        }
        for prompt, keys in way.items():
            await self._hear(call, prompt, share=0.5)
            await call.press(keys)

    async def _hear(self, call: OutsideCall, *prompts: str, share: float = 1.0) -> None:
        """Listen as long as these prompts take, or to a share of it: many people know the menu."""
        await self._stay(call, sum(length_seconds(self.prompts / f"{prompt}.wav") for prompt in prompts) * share + 0.7)

    async def _stay(self, call: OutsideCall, seconds: float) -> None:
        try:
            await call.ended(within=seconds)
        except TimeoutError:
            return
        raise HungUp


async def _happens(event: asyncio.Event, call: OutsideCall, within: float) -> bool:
    """True when the event comes first, False when time runs out or the call ends."""
    waits = [asyncio.create_task(event.wait()), asyncio.create_task(call.ended(within))]
    try:
        await asyncio.wait(waits, timeout=within, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
    return event.is_set() and not call.is_over


def length_seconds(path: Path) -> float:
    with wave.open(str(path), "rb") as clip:
        return clip.getnframes() / clip.getframerate()
