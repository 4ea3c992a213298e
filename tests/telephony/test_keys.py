"""Keys arrive however the customer's telephone sends them, and rubbish among them does no harm."""

from collections.abc import Iterator

import pytest

from hotline.outside.world import Keys, OutsideWorld
from tests.support.hearing import hears

pytestmark = pytest.mark.telephony


@pytest.mark.parametrize("keys", list(Keys), ids=lambda keys: keys.name.lower())
async def test_a_key_is_understood_however_it_is_sent(
    keys: Keys, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    call = await outside.dial(next(callers), keys=keys)
    await call.answered()
    await hears(call, "notice_recording")
    await call.press("6")
    await hears(call, "menu/emergency", within=30)
    await call.press("0")
    await hears(call, "to_agent", within=20)


async def test_a_flood_of_keys_ends_at_an_agent(outside: OutsideWorld, callers: Iterator[str]) -> None:
    """Three hundred keys as fast as they can be sent: the caller is served all the same, nobody else notices."""
    flooding = await outside.dial(next(callers))
    await flooding.answered()
    beside = await outside.dial(next(callers))
    await beside.answered()
    # back and forth between menu and waiting room, where * leads to the menu again; the last ones mean nothing anywhere
    await flooding.press("#*#1*#9*" * 30 + "#" * 60, gap_seconds=0.0)
    await hears(beside, "welcome")
    await hears(flooding, "queue/ahead/0", within=60)  # in the waiting room, told the place
