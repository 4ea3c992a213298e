"""Simulated agents: sign in at the desk, answer on an outside telephone, wrap up with a reason, take a break."""

import asyncio
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from hotline.ami import AmiError
from hotline.demo.pace import Pace, some
from hotline.demo.tally import Tally
from hotline.desk_client import DeskClient, DeskError
from hotline.outside.call import OutsideCall
from hotline.outside.world import OutsideWorld

NOTES = ("已解释账单", "已核实，客户满意", "已登记，等待回复", "咨询套餐，已答复")
PAUSE_REASONS = ("break", "meal", "training")
LOOK_SECONDS = 2.0


@dataclass
class SimulatedAgent:
    desk: DeskClient
    world: OutsideWorld
    tally: Tally
    pace: Pace
    chance: random.Random

    async def work(self) -> None:
        """Until cancelled; signs out at the end. What the desk refuses is noted and tried again."""
        reasons = list(leaves(await self.desk.send("GET", "/contact-reasons")))
        await self.desk.send("POST", "/agent/login")
        try:
            while True:
                try:
                    await self._one_turn(reasons)
                except (DeskError, AmiError, TimeoutError) as error:
                    self.tally.notes.append(f"agent {self.desk.agent_no}: {error}")
                    await asyncio.sleep(LOOK_SECONDS)
        finally:
            await self._leave()

    async def _one_turn(self, reasons: list[str]) -> None:
        """Be ready, take one call, wrap it up; now and then a break before the next."""
        await self._become_ready()
        try:
            call = await self.world.rung(self.desk.agent_no, within=LOOK_SECONDS)
        except TimeoutError:
            return  # nobody called: look again whether we are still ready
        await call.answered()
        await self._talk(call)
        self._show("wrap-up")
        await asyncio.sleep(some(self.chance, self.pace.wrap_up))
        await self.desk.send(
            "PUT",
            f"/calls/{call.hotline_call_id}/wrap-up",
            reason_code=self.chance.choice(reasons),
            notes=self.chance.choice(NOTES),
            resolved=self.chance.random() < 0.85,
        )
        if self.chance.random() < 0.1:
            reason = self.chance.choice(PAUSE_REASONS)
            await self.desk.send("POST", "/agent/pause", reason=reason)
            self._show(reason)
            await asyncio.sleep(some(self.chance, self.pace.pause))

    async def _become_ready(self) -> None:
        if await self.desk.state() != "ready":
            await self.desk.send("POST", "/agent/ready")
        self._show("ready")

    async def _talk(self, call: OutsideCall) -> None:
        self._show("talking")
        conversation = self.tally.conversations.get(call.shown_number)
        if conversation:
            conversation.connected.set()
        try:
            await call.ended(within=some(self.chance, self.pace.talk))
        except TimeoutError:
            await call.hang_up()
        if conversation:
            conversation.over.set()

    async def _leave(self) -> None:
        try:
            await self.desk.send("POST", "/agent/logout")
        except DeskError as error:
            self.tally.notes.append(f"agent {self.desk.agent_no} could not sign out: {error}")
        self.tally.agents.pop(self.desk.agent_no, None)

    def _show(self, what: str) -> None:
        self.tally.agents[self.desk.agent_no] = what


def leaves(tree: list[dict[str, Any]]) -> Iterator[str]:
    """Codes of the lowest level: only those may be given as a reason."""
    for reason in tree:
        if reason["children"]:
            yield from leaves(reason["children"])
        else:
            yield str(reason["code"])
