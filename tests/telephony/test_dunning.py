"""One dunning call end to end: the gate, the ring, the person confirms before any amount, the result is stored."""

from typing import Any

import pytest

from hotline.outside.world import Behaviour, OutsideWorld
from ivr.speech.zh.money import speak_money
from tests.support.facts import debtors
from tests.support.hearing import heard_in_order, hears
from tests.support.processes import eventually_async
from tests.support.stack import Desk, Line

pytestmark = pytest.mark.telephony


def is_heard_as(spoken: list[str], wanted: list[str]) -> bool:
    """In order; of the short sounds one of three or more may be lost in a recording that slipped on a busy machine.

    That the words are the right ones is proved without sound (tests/unit/ivr); here, that they reach the ear.
    """
    rest = iter(wanted)
    return all(sound in rest for sound in spoken) and len(spoken) >= min(len(wanted), max(2, len(wanted) - 1))


async def finished(desk: Desk, case_id: str, attempt_id: str) -> dict[str, Any]:
    async def is_finished() -> bool:
        return bool((await attempt(desk, case_id, attempt_id)).get("code"))

    await eventually_async(is_finished, "the attempt has a result", 30)
    return await attempt(desk, case_id, attempt_id)


async def attempt(desk: Desk, case_id: str, attempt_id: str) -> dict[str, Any]:
    rows = (await desk.get(f"/dunning/attempts?case_id={case_id}")).json()
    return next((row for row in rows if row["attempt_id"] == attempt_id), {})


async def test_the_debtor_confirms_hears_the_amount_and_promises(line: Line, outside: OutsideWorld) -> None:
    async with line.sign_in("8101") as desk:
        debtor = (await debtors(line))[0]
        dialled = (await desk.post(f"/dunning/cases/{debtor.case_id}/dial")).json()
        phone = await outside.rung(debtor.number)
        assert phone.shown_number == "10010"
        await phone.answered()
        await hears(phone, "dunning/confirm", within=25)
        amount = list(speak_money(debtor.owed))
        assert not set(heard_in_order(phone, amount)) >= set(amount), "the amount is private until key 1"
        await phone.press("1")
        await hears(phone, "dunning/options", within=40)
        order = heard_in_order(phone, ["dunning/confirm", "dunning/owed/3", *amount, "dunning/options"])
        spoken = order[order.index("dunning/owed/3") + 1 : order.index("dunning/options")]
        assert is_heard_as(spoken, amount), f"{spoken} is not {amount}"
        await phone.press("2")
        await hears(phone, "dunning/promise_thanks")
        await phone.ended()
        result = await finished(desk, debtor.case_id, dialled["attempt_id"])
        assert result["code"] == "PROMISE"


async def test_a_debtor_who_speaks_english_is_called_in_english(line: Line, outside: OutsideWorld) -> None:
    async with line.sign_in("8101") as desk, line.sign_in("8001") as clerk:
        debtor = (await debtors(line))[5]
        customer = f"/customers/{debtor.case_id.removeprefix('D-')}"
        (
            await clerk.http.patch(customer, json={"version": 1, "language": "en", "reason": "客户要求"})
        ).raise_for_status()
        await desk.post(f"/dunning/cases/{debtor.case_id}/dial")
        phone = await outside.rung(debtor.number)
        await phone.answered()
        await hears(phone, "dunning/greeting_pre", within=25, language="en")
        await hears(phone, "dunning/confirm", within=25, language="en")
        await phone.press("2")
        await hears(phone, "dunning/wrong_person", within=25, language="en")


async def test_who_does_not_answer_gets_the_right_code(line: Line, outside: OutsideWorld) -> None:
    async with line.sign_in("8101") as desk:
        cases = await debtors(line)
        for debtor, behaviour, code in (
            (cases[1], Behaviour.BUSY, "BUSY"),
            (cases[2], Behaviour.REJECT, "REJECTED"),
            (cases[3], Behaviour.NO_SUCH_NUMBER, "EMPTY_NUMBER"),
        ):
            await outside.set_behaviour(debtor.number, behaviour)
            dialled = (await desk.post(f"/dunning/cases/{debtor.case_id}/dial")).json()
            result = await finished(desk, debtor.case_id, dialled["attempt_id"])
            assert result["code"] == code


async def test_a_paid_debt_is_not_called(line: Line, outside: OutsideWorld) -> None:
    async with line.sign_in("8103") as desk:
        debtor = (await debtors(line))[4]
        await desk.post(f"/dunning/cases/{debtor.case_id}/payments", amount=str(debtor.owed))
        answer = await desk.http.post(f"/dunning/cases/{debtor.case_id}/dial", json={})
        assert (answer.status_code, answer.json()["code"]) == (409, "dunning.no_debt")
        with pytest.raises(TimeoutError):
            await outside.rung(debtor.number, within=3)
