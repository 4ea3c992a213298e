"""What a caller leaves by hanging up: a rating without its reason, a message he has not confirmed."""

from collections.abc import Iterator

import pytest

from hotline.outside.world import OutsideWorld
from tests.support.hearing import hears, hears_file
from tests.support.journeys import stored, talk
from tests.support.processes import eventually_async
from tests.support.stack import Line

pytestmark = pytest.mark.telephony

FIVE_SECONDS_BYTES = 5 * 16_000


async def test_a_rating_counts_when_the_caller_hangs_up_at_the_reason(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    async with line.sign_in("8001") as desk:
        customer, phone = await talk(outside, desk, next(callers))
        call_id = phone.hotline_call_id
        await hears_file(customer, line.announcement("8001"))
        await phone.hang_up()
        await hears(customer, "survey/ask")
        await customer.press("3")
        await hears(customer, "survey/reason")
        await customer.hang_up()

        async def is_rated() -> bool:
            call = await stored(desk, call_id)
            return call["ended_at"] is not None and call["satisfaction"] == 3

        await eventually_async(is_rated, "the call is stored with its rating", 10)


async def test_a_message_counts_when_the_caller_hangs_up_while_speaking(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    spool, kept = line.installation.messages_spool, line.installation.folder / "attachments"
    before, spooled = set(kept.glob("*.wav")), set(spool.glob("*.wav"))
    call = await outside.dial(next(callers))
    await call.answered()
    await hears(call, "notice_recording")
    await call.press("54")
    await hears(call, "message/speak", within=20)
    await call.play_tone(440)

    async def is_recorded() -> bool:
        mine = set(spool.glob("*.wav")) - spooled
        return any(file.stat().st_size > FIVE_SECONDS_BYTES for file in mine)

    await eventually_async(is_recorded, "five seconds are recorded", 15)
    await call.hang_up()

    async def is_kept() -> bool:
        return len(set(kept.glob("*.wav")) - before) == 1 and not set(spool.glob("*.wav")) - spooled

    await eventually_async(is_kept, "the recording belongs to a ticket", 10)
