"""People in conversation over the hotline, each with a tone of their own: who hears whom right now."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from acd.contracts import events
from hotline import listening
from hotline.outside.call import OutsideCall
from hotline.outside.world import OutsideWorld
from tests.support import recorded
from tests.support.hearing import is_readable
from tests.support.journeys import ask_for_an_agent
from tests.support.processes import eventually_async
from tests.support.stack import Line
from tests.support.switchboard import Switchboard

CUSTOMER, AGENT, TARGET, SUPERVISOR = 2100, 2400, 2700, 3000
"""Tones in which neither speech nor the waiting music has much."""
TONES = (CUSTOMER, AGENT, TARGET, SUPERVISOR)
JUST_NOW_SECONDS = 0.6
AUDIBLE_DB = -36.0


@dataclass
class Conversation:
    """One customer and the agent who answered."""

    board: Switchboard
    call_id: str
    agent: str
    customer: OutsideCall
    phone: OutsideCall

    async def does(self, command: str, **fields: object) -> None:
        await self.board.does(command, call_id=self.call_id, **{"agent_id": self.agent, **fields})


async def conversations(
    board: Switchboard, outside: OutsideWorld, agents: tuple[str, ...], callers: Iterator[str], queue: str = "general"
) -> list[Conversation]:
    """As many customers as agents, all at once; each pair speaks in its tones."""
    for agent in agents:
        await board.signs_in(agent, queue)
    customers = await asyncio.gather(*(ask_for_an_agent(outside, next(callers)) for _ in agents))
    phones = await asyncio.gather(*(outside.rung(agent, within=30) for agent in agents))
    pairs = []
    for agent, phone in zip(agents, phones, strict=True):
        connected = await board.says(events.CallConnected, agent_id=agent, call_id=phone.hotline_call_id)
        offered = await board.says(events.CallOffered, call_id=connected.call_id)
        customer = next(one for one in customers if one.number == offered.caller_number)
        pairs.append(Conversation(board, connected.call_id, agent, customer, phone))
    for pair in pairs:
        await pair.phone.answered()
        await pair.customer.play_tone(CUSTOMER)
        await pair.phone.play_tone(AGENT)
    for pair in pairs:
        await hear_exactly({pair.customer: {AGENT}, pair.phone: {CUSTOMER}})
    return pairs


async def rung_and_speaking(outside: OutsideWorld, number: str, tone: int) -> OutsideCall:
    """Whose telephone rings next, answered."""
    call = await outside.rung(number)
    await call.answered()
    await call.play_tone(tone)
    return call


async def hear_exactly(expected: dict[OutsideCall, set[int]], within: float = 8) -> None:
    """Wait until each hears these tones and none of the others."""
    heard: dict[str, set[int]] = {}

    async def is_so() -> bool:
        heard.update({call.name: tones_now(call.heard) for call in expected})
        return all(heard[call.name] == tones for call, tones in expected.items())

    try:
        await eventually_async(is_so, "everybody hears whom they should", within)
    except AssertionError as error:
        wanted = {call.name: tones for call, tones in expected.items()}
        raise AssertionError(f"heard {heard}, should be {wanted}") from error


async def is_recorded(line: Line, talk: Conversation, tone: int, loud: bool = True) -> None:
    """The agents' side of what Asterisk writes now holds this tone, or does not."""
    (node,) = line.installation.nodes
    file = node.recordings_spool / f"{talk.call_id}.raw"

    async def is_there() -> bool:
        last = recorded.read(file)[-recorded.RATE :, recorded.AGENT]
        strength = np.abs(np.fft.rfft(last * np.hanning(len(last))))
        place = tone * len(last) // recorded.RATE
        return bool(strength[place - 8 : place + 9].max() > 100 * len(last)) is loud

    await eventually_async(is_there, f"{tone} Hz in the agents' side of {talk.call_id}: {loud}", 6)


def tones_now(recording: Path) -> set[int]:
    """Which of the tones sound at the end of a recording that goes on."""
    if not is_readable(recording):
        return set()
    samples = listening.read(recording)[-int(JUST_NOW_SECONDS * listening.RATE) :]
    spectrum = 2 * np.abs(np.fft.rfft(samples * np.hanning(len(samples)))) / np.sum(np.hanning(len(samples)))
    width = len(samples) / listening.RATE
    loud = {tone: np.max(spectrum[int((tone - 8) * width) : int((tone + 8) * width) + 1]) for tone in TONES}
    return {tone for tone, level in loud.items() if 20 * np.log10(max(level / np.sqrt(2), 1e-9)) > AUDIBLE_DB}
