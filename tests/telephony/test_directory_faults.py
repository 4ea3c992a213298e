"""Billing late, away or talking nonsense: the caller hears a sensible sentence soon, and an agent after it."""

from collections.abc import Iterator

import pytest

from hotline import listening
from hotline.outside.call import OutsideCall
from hotline.outside.world import OutsideWorld
from tests.support.directory_faults import Fault
from tests.support.hearing import hears, sound
from tests.support.stack import Line

pytestmark = pytest.mark.telephony

SOON_SECONDS = 2.0
OF_THE_RECORDING = 0.6
"""How far the recording on disk may lag behind the line."""
OWN_BALANCE = "1111"
"""Bills, mobile, balance, own line: nothing secret is asked for."""


def heard_so_far(call: OutsideCall) -> float:
    return len(listening.read(call.heard)) / listening.RATE


@pytest.mark.parametrize("fault", list(Fault))
async def test_billing_in_trouble(fault: Fault, line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    call = await outside.dial(next(callers))
    await call.answered()
    await hears(call, "notice_recording")
    with line.directory.spoiling(fault, "account"):
        await call.press(OWN_BALANCE)
        pressed_at = heard_so_far(call)
        await hears(call, "bill/billing_down", within=20)
        spoken = [listening.heard(call.heard, sound(prompt)) for prompt in ("please_wait", "bill/billing_down")]
        first = min(one.offset_seconds for one in spoken if one.is_heard)
        assert first - pressed_at < SOON_SECONDS + OF_THE_RECORDING
        await call.press("0")
        await hears(call, "to_agent", within=20)


async def test_nobody_knows_the_caller(line: Line, outside: OutsideWorld, callers: Iterator[str]) -> None:
    """The very first question fails: the caller is greeted as a stranger, in time."""
    with line.directory.spoiling(Fault.SLOW, "caller"):
        call = await outside.dial(next(callers))
        await call.answered()
        await hears(call, "welcome", within=15)
        assert listening.heard(call.heard, sound("welcome")).offset_seconds < SOON_SECONDS + OF_THE_RECORDING
        await hears(call, "notice_recording", within=15)


async def test_many_callers_do_not_each_wait_for_a_dead_directory(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    """After a few failures nobody waits for the answer any more; when it is back, it is used again."""
    with line.directory.spoiling(Fault.SLOW):
        early = [await outside.dial(next(callers)) for _ in range(3)]
        for call in early:
            await hears(await call.answered(), "welcome", within=15)
        late = await outside.dial(next(callers))
        await hears(await late.answered(), "welcome", within=15)
        assert listening.heard(late.heard, sound("welcome")).offset_seconds < 1.0
    for call in (*early, late):
        await call.hang_up()
    # half open after some seconds: the next caller's balance is read out again
    own = next(callers)

    async def balance_is_heard() -> bool:
        again = await outside.dial(own)
        await again.answered()
        await hears(again, "notice_recording")
        await again.press(OWN_BALANCE)
        await hears(again, "leaf/choices_copy", within=40)
        heard_down = listening.heard(again.heard, sound("bill/billing_down")).is_heard
        await again.hang_up()
        return not heard_down

    assert await balance_is_heard()
