"""200 desks and 50 ticket operations a second on PostgreSQL, with 100,000 tickets in the table.

Two cores carry everything: the process, PostgreSQL, the broker and the desks played here over HTTP and WebSocket.
"""

import asyncio
import random
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

import psutil
import pytest

from tests.benchmarks.instruments.desks import Crew, Desks
from tests.benchmarks.instruments.machine import NoiseWatch, describe_machine
from tests.benchmarks.instruments.results import at_least, at_most, percentiles, record
from tests.benchmarks.instruments.ticket_table import CENTERS, TICKETS, fill
from tests.component.agent_api.harness import TOKEN, Databases
from tests.support.mosquitto import Mosquitto, free_port, mosquitto, port_answers
from tests.support.postgres import Postgres, postgres
from tests.support.processes import TestedProcess

__all__ = ["mosquitto", "postgres"]

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(900)]

DESKS = 200
RATE = 50
SECONDS = 60
WARM_UP_SECONDS = 5
P95_MS = 200.0
MIX = {"list": 30, "open": 30, "act": 20, "create": 10, "search": 10}
"""Of a hundred operations."""


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def process(mosquitto: Mosquitto, postgres: Postgres, tmp_path: Path, port: int) -> TestedProcess:
    url = Databases("postgresql", tmp_path, postgres).new("demo")
    asyncio.run(fill(url, DESKS))
    environment = {
        "HOTLINE_HOME": str(tmp_path),
        "DESK_DATABASE_URL": url,
        "DESK_SERVICE_TOKEN": TOKEN,
        "DESK_PORT": str(port),
        "DESK_BROKER__PORT": str(mosquitto.port),
        "DESK_CONSUMER": "benchmark",
        "DESK_SECOND_FACTOR_ROLES": "[]",
    }
    command = [sys.executable, "-m", "agent_api"]
    return TestedProcess("agent_api", command, environment, tmp_path / "desk.log", partial(port_answers, port))


@asynccontextmanager
async def signed_in(process: TestedProcess, address: str) -> AsyncIterator[Desks]:
    process.start(within=60)
    desks = Desks(address)
    try:
        await desks.sign_in(DESKS)
        yield desks
    finally:
        await desks.close()
        process.stop()


def plan(dice: random.Random, seconds: float) -> list[tuple[float, str]]:
    """When which operation begins: at random, as people do, whatever the last one took."""
    at, found = 0.0, []
    while (at := at + dice.expovariate(RATE)) < seconds:
        found.append((at, dice.choices(list(MIX), list(MIX.values()))[0]))
    return found


async def work(crew: Crew, dice: random.Random, seconds: float) -> float:
    """Seconds until the last of them was answered."""
    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for at, operation in plan(dice, seconds):
            await asyncio.sleep(max(0.0, began + at - time.perf_counter()))
            group.create_task(crew.do(operation, began + at))
    return time.perf_counter() - began


async def test_two_hundred_desks_work_on_tickets(process: TestedProcess, port: int) -> None:
    dice = random.Random(20)
    async with signed_in(process, f"127.0.0.1:{port}") as desks:
        crew = Crew(desks, dice)
        await crew.look()
        await work(crew, dice, WARM_UP_SECONDS)
        crew.taken.clear()
        watch = NoiseWatch()
        server = psutil.Process(process.pid)
        used = sum(server.cpu_times()[:2])
        heard = desks.heard
        lasted = await work(crew, dice, SECONDS)
        used = sum(server.cpu_times()[:2]) - used
        noise = watch.result()
        heard = desks.heard - heard
        assert desks.lost == 0, "every desk stays connected"
    everything = [each for values in crew.taken.values() for each in values]
    p95 = percentiles(everything)["p95"]
    slowest = max(percentiles(values)["p95"] for values in crew.taken.values())
    record(
        "desk_operations",
        f"{DESKS} desks, {TICKETS:,} tickets (PostgreSQL)",
        describe_machine(Path("/")),
        noise,
        {name: percentiles(values) for name, values in sorted(crew.taken.items())}
        | {
            "all": percentiles(everything),
            "mix": MIX,
            "refused": crew.refused,
            "live_messages_a_second": round(heard / lasted, 1),
            "process_cores": round(used / lasted, 2),
            "centers": list(CENTERS),
        },
        [
            at_least("operations a second", 0.95 * RATE, len(everything) / lasted),
            at_most("p95 of all operations", P95_MS, p95, " ms"),
            at_most("p95 of the slowest kind", P95_MS, slowest, " ms"),
        ],
    )
    assert not crew.failed, crew.failed[:5]
