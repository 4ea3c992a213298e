"""A result told by telephone: whoever has a fixed line is rung, hears it twice, and the message is then delivered."""

from collections.abc import Iterator

import pytest

from hotline.outside.world import OutsideWorld
from tests.support.facts import ask_directory, rows
from tests.support.hearing import heard_in_order, hears
from tests.support.processes import eventually_async
from tests.support.stack import Line

pytestmark = pytest.mark.telephony

FIXED_LINE = "02588886677"
SAID = ("notice/told", "order/state_done", "notice/order")


async def test_the_result_of_an_order_is_told_to_a_fixed_line(
    line: Line, outside: OutsideWorld, callers: Iterator[str]
) -> None:
    own = next(callers)
    (owner,) = rows(line, "SELECT customer_id FROM product WHERE number = ?", own)
    async with line.sign_in("8001") as clerk:
        reached = {"version": 1, "reason": "客户要求", "contact_number": FIXED_LINE}
        (await clerk.http.patch(f"/customers/{owner['customer_id']}", json=reached)).raise_for_status()
    wish = {"product": "mobile", "number": own, "service": "call_forwarding", "choice": "13900000050"}
    placed = await ask_directory(line, "order", {**wish, "call_id": "n1-notice.1"})
    assert placed["result"] == "ok"
    phone = await outside.rung(FIXED_LINE, within=60)
    await phone.answered()
    await hears(phone, "goodbye", within=90)
    order = heard_in_order(phone, SAID)
    assert order == [*SAID, *SAID]

    async def is_delivered() -> bool:
        found = rows(
            line,
            "SELECT state, channel FROM message WHERE template = 'order.completed' AND about = ?",
            placed["order_no"],
        )
        return [(row["state"], row["channel"]) for row in found] == [("completed", "voice")]

    await eventually_async(is_delivered, "the notice counts as delivered", 20)
    async with line.sign_in("8001") as clerk:  # others of this run know the customer by the old number
        back = {"version": 2, "reason": "客户要求", "contact_number": own}
        (await clerk.http.patch(f"/customers/{owner['customer_id']}", json=back)).raise_for_status()
