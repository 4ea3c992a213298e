"""How many callers a second the menu serves on this machine: greeting, three menus, the balance of the own line."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from hotline.outside.world import OutsideWorld
from tests.benchmarks.instruments.cpu import read_cpu
from tests.benchmarks.instruments.customers import Behaviour, Customers, Outcome
from tests.benchmarks.instruments.machine import NoiseWatch, describe_machine
from tests.benchmarks.instruments.rehearsal import rehearse
from tests.benchmarks.instruments.results import at_least, record
from tests.benchmarks.instruments.scene import NUMBERS, SUBSCRIBER, Scene
from tests.benchmarks.instruments.voice_packets import keys_at
from tests.support.stack import Line

pytestmark = [pytest.mark.benchmark, pytest.mark.timeout(1500)]

AIM_CALLS_PER_SECOND = 30
RATES = (5, 10, 15, 20, 25, 30)
SECONDS_PER_RATE = 20
CALL_SECONDS = 8.0
"""People who know the menu: the keys are pressed during the greeting, the balance is heard, the receiver put down."""
BEHAVIOUR = Behaviour(SUBSCRIBER, CALL_SECONDS, keys_at(0.6, "1111"))


@dataclass(frozen=True, slots=True)
class Step:
    rate: float
    outcome: Outcome
    served: int
    """Calls whose balance was looked up and spoken."""
    cpu_ms_per_call: Mapping[str, float]
    agi_commands: int
    ivr_us_per_command: float
    asterisk_us_per_command: float

    @property
    def is_clean(self) -> bool:
        return self.outcome.failed == 0 and self.served == self.outcome.calls and self.outcome.retransmissions == 0


async def counters(line: Line) -> tuple[int, int]:
    """AGI commands sent and balances looked up so far."""
    async with httpx.AsyncClient(trust_env=False) as http:
        text = (await http.get(f"http://127.0.0.1:{line.installation.settings.ivr_observe_port}/metrics")).text
    commands = served = 0
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            if sample.name == "ivr_agi_commands_total":
                commands += int(sample.value)
            elif sample.name == "ivr_lookups_total" and sample.labels == {"what": "account", "result": "ok"}:
                served = int(sample.value)
    return commands, served


async def step(line: Line, customers: Customers, rate: float) -> Step:
    commands, served = await counters(line)
    before = read_cpu(line.processes)
    outcome = await customers.call(NUMBERS["hotline"], int(rate * SECONDS_PER_RATE), rate)
    used = read_cpu(line.processes).since(before).seconds
    commands_after, served_after = await counters(line)
    sent = commands_after - commands
    return Step(
        rate,
        outcome,
        served_after - served,
        {name: round(1000 * seconds / outcome.calls, 2) for name, seconds in used.items()},
        sent,
        round(1e6 * used["ivr"] / max(1, sent), 1),
        round(1e6 * used["asterisk"] / max(1, sent), 1),
    )


async def test_calls_a_second_through_menu_and_balance(scene: Scene, outside: OutsideWorld, tmp_path: Path) -> None:
    line = scene.line
    heard = await rehearse(line, outside, NUMBERS["hotline"], BEHAVIOUR, ("notice_recording", "bill/balance/1"))
    assert list(heard.heard) == ["notice_recording", "bill/balance/1"]
    customers = Customers(tmp_path, BEHAVIOUR, line.installation.settings.sip_port)
    await step(line, customers, 2)
    noise = NoiseWatch()
    steps: list[Step] = []
    for rate in RATES:
        steps.append(await step(line, customers, rate))
        if not steps[-1].is_clean:
            break
    clean = [one.rate for one in steps if one.is_clean]
    assert clean, f"not even {RATES[0]} calls a second: {steps[0]}"
    record(
        "load",
        "Load: menu and balance",
        describe_machine(line.installation.settings.asterisk_root),
        noise.result(),
        {
            "seconds_per_call": CALL_SECONDS,
            "seconds_per_rate": SECONDS_PER_RATE,
            "steps": [
                {
                    "calls_per_second": one.rate,
                    "calls": one.outcome.calls,
                    "failed": one.outcome.failed,
                    "served": one.served,
                    "retransmissions": one.outcome.retransmissions,
                    "cpu_ms_per_call": one.cpu_ms_per_call,
                    "callers_cpu_ms_per_call": one.outcome.cpu_ms_per_call,
                    "agi_commands_per_call": round(one.agi_commands / one.outcome.calls, 1),
                    "ivr_us_per_agi_command": one.ivr_us_per_command,
                    "asterisk_us_per_agi_command": one.asterisk_us_per_command,
                }
                for one in steps
            ],
        },
        [at_least("calls a second, none failed", AIM_CALLS_PER_SECOND, max(clean))],
    )
