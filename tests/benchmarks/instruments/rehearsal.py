"""One call of a benchmark, recorded and counted, before many are made blindly: is it the call we mean to measure?"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import httpx
from prometheus_client.parser import text_string_to_metric_families

from hotline.ami import Ami, Message
from hotline.outside.world import OutsideWorld
from tests.benchmarks.instruments.customers import Behaviour
from tests.support.hearing import heard_in_order
from tests.support.stack import Line

SETTLE_SECONDS = 1.5
ATTEMPTS = 3


@dataclass(slots=True)
class Rehearsal:
    """`heard` are the prompts of a given list that were heard to the end, in order."""

    heard: Sequence[str]
    ami_events: Counter[str] = field(default_factory=Counter)
    agi_commands: Counter[str] = field(default_factory=Counter)

    def figures(self) -> dict[str, object]:
        return {
            "agi_commands": {"all": self.agi_commands.total(), **dict(self.agi_commands.most_common())},
            "ami_events": {"all": self.ami_events.total(), **dict(self.ami_events.most_common())},
        }


async def rehearse(
    line: Line, outside: OutsideWorld, number: str, behaviour: Behaviour, prompts: Sequence[str]
) -> Rehearsal:
    """Make the call with nobody else calling; again when a prompt was missed, as a busy machine loses sound."""
    for _ in range(ATTEMPTS):
        rehearsal = await _one_call(line, outside, number, behaviour, prompts)
        if rehearsal.heard == list(prompts):
            break
    return rehearsal


async def _one_call(
    line: Line, outside: OutsideWorld, number: str, behaviour: Behaviour, prompts: Sequence[str]
) -> Rehearsal:
    installation = line.installation
    events: Counter[str] = Counter()

    def count(event: Message) -> None:
        events[event["Event"]] += 1

    watcher = await Ami.connect(installation.settings.ami_port, "acd", installation.credentials.ami_acd, count)
    try:
        before = await _agi_commands(line)
        events.clear()
        call = await outside.dial(behaviour.caller, number)
        await call.answered()
        clock = asyncio.get_running_loop().time
        answered = clock()
        for press in behaviour.presses:
            await asyncio.sleep(max(0.0, answered + press.at - clock()))
            await call.press(press.key, gap_seconds=0)
        await asyncio.sleep(max(0.0, answered + behaviour.seconds - clock()))
        assert call.is_up, f"the call to {number} ended before its time"
        await call.hang_up()
        await asyncio.sleep(SETTLE_SECONDS)
        commands = await _agi_commands(line)
    finally:
        await watcher.close()
    commands.subtract(before)
    return Rehearsal(heard_in_order(call, prompts), events, +commands)


async def _agi_commands(line: Line) -> Counter[str]:
    async with httpx.AsyncClient(trust_env=False) as http:
        text = (await http.get(f"http://127.0.0.1:{line.installation.settings.ivr_observe_port}/metrics")).text
    return Counter(
        {
            sample.labels["command"]: int(sample.value)
            for family in text_string_to_metric_families(text)
            for sample in family.samples
            if sample.name == "ivr_agi_commands_total"
        }
    )
