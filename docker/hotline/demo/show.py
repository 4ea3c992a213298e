"""Puts the demo together: the outside world, customers, agents, dunning, and the board; ends it all in order."""

import asyncio
import random
import signal
from contextlib import AsyncExitStack

from rich.console import Console
from rich.live import Live

from hotline.database import agent_phones
from hotline.demo.agents import SimulatedAgent
from hotline.demo.board import board
from hotline.demo.customers import Customers
from hotline.demo.dunning import Dunning
from hotline.demo.pace import Pace
from hotline.demo.tally import Tally
from hotline.desk_client import DeskClient
from hotline.installation import Installation
from hotline.outside.instance import outside_world
from hotline.outside.world import Behaviour, OutsideWorld
from hotline.welcome import DEMO_PASSWORD

SUPERVISOR = "8101"
AGENTS = tuple(str(number) for number in range(8012, 8000, -1))
"""From the last one down: 8001 stays free for the newcomer."""


async def show(
    installation: Installation, console: Console, per_minute: float, agents: int, seconds: float | None, pace: Pace
) -> Tally:
    """Run until Ctrl-C or for `seconds`; returns what happened."""
    tally, chance = Tally(), random.Random()
    settings = installation.settings
    url = f"http://{settings.bind}:{settings.desk_port}"
    phones = [phone for phone in agent_phones(installation) if phone.number in AGENTS[:agents]]
    prompts = installation.project / "sounds" / "zh"
    async with AsyncExitStack() as stack:
        world = await stack.enter_async_context(outside_world(installation, phones))
        stack.push_async_callback(world.hang_up_all)
        await world.record_nothing()
        desks = [await stack.enter_async_context(DeskClient(url, phone.number, DEMO_PASSWORD)) for phone in phones]
        supervisor = await stack.enter_async_context(DeskClient(url, SUPERVISOR, DEMO_PASSWORD))
        for phone in phones:
            await world.set_behaviour(phone.number, Behaviour.ANSWER, after_seconds=chance.uniform(0.5, 2))
        dunning = Dunning(supervisor, world, tally, prompts, pace, chance)
        everybody = [
            Customers(world, tally, prompts, per_minute, pace, chance).dial_for_ever(),
            *(SimulatedAgent(desk, world, tally, pace, chance).work() for desk in desks),
            dunning.call_debtors(),
            dunning.answer_for_ever(),
            _draw(console, tally, url, world),
        ]
        await _until_told([asyncio.create_task(each) for each in everybody], seconds)
    return tally


async def _draw(console: Console, tally: Tally, url: str, world: OutsideWorld) -> None:
    """A table that stays in its place; where there is no terminal, one every ten seconds."""
    pause_seconds = 0.25 if console.is_terminal else 10.0
    with Live(console=console, refresh_per_second=4) as live:
        while True:
            await asyncio.sleep(pause_seconds)
            if console.is_terminal:
                live.update(board(tally, url))
            else:
                console.print(board(tally, url))
            if world.is_lost:
                raise ConnectionError("the outside world's Asterisk has ended")


async def _until_told(tasks: list[asyncio.Task[None]], seconds: float | None) -> None:
    """Until a signal, the end of time, or the first task that fails, which is then raised."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    stop = asyncio.create_task(told.wait())
    try:
        done, _ = await asyncio.wait([*tasks, stop], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (*tasks, stop):
            task.cancel()
        await asyncio.gather(*tasks, stop, return_exceptions=True)
    for task in done - {stop}:
        task.result()
