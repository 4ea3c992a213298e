"""Call event at Asterisk to screen pop in the desk's page, with real calls that went through the menu."""

import asyncio
import random
from collections.abc import Mapping, Sequence

import pytest

from hotline.outside.world import OutsideWorld
from tests.benchmarks.instruments.machine import NoiseWatch, describe_machine
from tests.benchmarks.instruments.pops import WATCH_PAGE, BusWatch, RingWatch, SocketWatch, page_pops
from tests.benchmarks.instruments.results import at_most, percentiles, record
from tests.benchmarks.instruments.scene import Scene, agents_do
from tests.browser.desk_pages import chromium, person
from tests.support.processes import eventually_async

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(900)]

AGENT = "8001"
CALLS = 40
EVERY_SECONDS = (4.0, 6.0)
MENU_SECONDS = 8.0
"""Greeting and notice are over, the main menu speaks."""
P95_MS = 150
# Neither VIP nor senior: those pass the menu by.
SUBSCRIBERS = [f"139{n:08d}" for n in range(1, 200) if n % 10 != 4 and n % 9 != 5]


async def one_call(outside: OutsideWorld, caller: str) -> None:
    """Through the menu to the agent, whose telephone answers and soon hangs up; then the customer hangs up too."""
    customer = await outside.dial(caller)
    await customer.answered()
    await asyncio.sleep(MENU_SECONDS)
    await customer.press("0")
    phone = await outside.rung(AGENT, within=120)
    await phone.ended(within=30)
    await customer.hang_up()


async def many_calls(outside: OutsideWorld, callers: Sequence[str]) -> None:
    async with asyncio.TaskGroup() as calls:
        for caller in callers:
            calls.create_task(one_call(outside, caller))
            await asyncio.sleep(random.uniform(*EVERY_SECONDS))


def delays(earlier: Mapping[str, float], later: Mapping[str, float]) -> list[float]:
    return [1000 * (later[call] - at) for call, at in earlier.items() if call in later]


async def test_screen_pop(scene: Scene, outside: OutsideWorld) -> None:
    line = scene.line
    await agents_do(outside, [AGENT], "brief", after_seconds=0.5)
    async with (
        chromium() as browser,
        person(browser, line.desk_url) as desk,
        line.sign_in(AGENT) as session,
        RingWatch(AGENT).watching(line) as asterisk,
        BusWatch().watching(line) as bus,
        SocketWatch().watching(line, session.http) as socket,
    ):
        await desk.page.add_init_script(WATCH_PAGE)
        await desk.page.reload()
        await desk.sign_in(AGENT)
        await desk.become_ready()
        noise = NoiseWatch()
        await many_calls(outside, random.sample(SUBSCRIBERS, CALLS))

        async def all_popped() -> bool:
            return len(await page_pops(desk.page)) >= CALLS

        await eventually_async(all_popped, f"{CALLS} calls popped up", 10)
        page = await page_pops(desk.page)
    stages = {"to_bus": bus.rung, "to_websocket": socket.popped, "to_page": page}
    waits = {name: delays(asterisk.rung, seen) for name, seen in stages.items()}
    assert {name: len(wait) for name, wait in waits.items()} == dict.fromkeys(stages, CALLS)
    shapes = {name: percentiles(wait) for name, wait in waits.items()}
    record(
        "screen_pop",
        "DialBegin to screen pop",
        describe_machine(line.installation.settings.asterisk_root) | {"chromium": browser.version},
        noise.result(),
        {
            **{f"{name}_ms": shape for name, shape in shapes.items()},
            "raw_ms": {name: [round(delay, 1) for delay in wait] for name, wait in waits.items()},
        },
        [at_most("page, p95", P95_MS, shapes["to_page"]["p95"], " ms")],
    )
