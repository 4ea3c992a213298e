"""Proof of identity over the internal interface and the desk."""

import pytest
from sqlalchemy import select

from agent_api.auth import repository as auth_repository
from agent_api.customers import service as customers
from agent_api.customers.models import ServicePassword
from agent_api.identity.models import SmsCode, WrongTries
from agent_api.identity.tidy import ProofTidier
from agent_api.messages.models import Message
from tests.component.agent_api.harness import SERVICE, ZONE, Desk, ask

pytestmark = pytest.mark.component

FIRST = "13900000001"


async def verify(desk: Desk, password: str, number: str = FIRST) -> tuple[object, object]:
    found = await ask(desk, "verify", number=number, password=password)
    return found["result"], found["attempts_left"]


async def test_the_third_wrong_password_locks_for_the_day(desk: Desk) -> None:
    assert await verify(desk, "135790") == ("pass", 3)
    assert await verify(desk, "000000") == ("fail", 2)
    assert await verify(desk, "135790") == ("pass", 2), "and the count starts anew"
    assert [await verify(desk, "000000") for _ in range(3)] == [("fail", 2), ("fail", 1), ("locked", 0)]
    assert await verify(desk, "135790") == ("locked", 0)
    desk.clock.move(hours=11)
    assert await verify(desk, "135790") == ("pass", 3), "a new day in Shanghai"


async def test_an_unknown_number_has_no_password(desk: Desk) -> None:
    assert (await verify(desk, "135790", "13800000000"))[0] == "unknown"


async def test_who_it_is_is_told_after_a_right_password_only(desk: Desk) -> None:
    assert (await ask(desk, "verify", number=FIRST, password="135790"))["customer_id"] == "C000001"
    assert (await ask(desk, "verify", number=FIRST, password="1"))["customer_id"] is None


@pytest.mark.parametrize("number", ["17910000011", "8000000003"])
async def test_cards_and_internet_accounts_have_passwords_too(desk: Desk, number: str) -> None:
    assert (await verify(desk, "135790", number))[0] == "pass"


async def test_an_initial_password_says_so(desk: Desk) -> None:
    assert (await ask(desk, "verify", number="13900000036", password="135790"))["initial"] is True
    assert (await ask(desk, "verify", number=FIRST, password="135790"))["initial"] is False


async def test_service_passwords_are_stored_hashed(desk: Desk) -> None:
    async with desk.context.db.read() as session:
        stored = await session.get_one(ServicePassword, FIRST)
    assert stored.password_hash.startswith("$argon2id$")
    assert "135790" not in stored.password_hash


async def texts(desk: Desk, template: str) -> list[Message]:
    async with desk.context.db.read() as session:
        found = await session.scalars(select(Message).where(Message.template == template).order_by(Message.created_at))
        return list(found)


async def code_sent(desk: Desk, number: str = FIRST) -> str:
    assert (await ask(desk, "sms-code", number=number))["result"] == "sent"
    message = (await texts(desk, "code.one_time"))[-1]
    assert (message.channel, message.address) == ("sms", number)
    return str(message.values["code"])


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


async def test_the_owner_is_warned_of_a_lock_once(desk: Desk) -> None:
    for _ in range(4):
        await verify(desk, "000000")
    (warning,) = await texts(desk, "password.locked")
    assert (warning.address, warning.values) == (FIRST, {"number": "139****0001"})


async def test_the_identity_card(desk: Desk) -> None:
    async def check(number: str, keyed: str) -> object:
        return (await ask(desk, "verify-id", number=number, id_last6=keyed))["result"]

    assert await check(FIRST, "081234") == "pass"
    assert await check("13900000010", "08123*") == "pass", "a star stands for the letter"
    assert await check("13900000010", "08123x") == "pass"
    assert await check("13800000000", "081234") == "unknown"
    assert [await check(FIRST, keyed) for keyed in ("081235", "1", "081233")] == ["fail", "fail", "locked"]
    assert await check(FIRST, "081234") == "locked"
    assert await check("13900000003", "081234") == "pass", "another owner"
    desk.clock.move(hours=11)
    assert await check(FIRST, "081234") == "pass"


async def test_a_code_is_good_once_and_for_five_minutes(desk: Desk) -> None:
    async def check(code: str) -> object:
        return (await ask(desk, "verify-code", number=FIRST, code=code))["result"]

    assert await check("123456") == "unknown", "none was sent"
    code = await code_sent(desk)
    assert [await check(code), await check(code)] == ["pass", "fail"]
    late = await code_sent(desk)
    desk.clock.move(minutes=6)
    assert await check(late) == "fail"
    code = await code_sent(desk)
    assert [await check(another(code)) for _ in range(3)] == ["fail", "fail", "locked"]
    assert await check(code) == "locked"


async def test_three_codes_an_hour(desk: Desk) -> None:
    for _ in range(3):
        await code_sent(desk)
    assert (await ask(desk, "sms-code", number=FIRST))["result"] == "limit"
    desk.clock.move(minutes=61)
    assert (await ask(desk, "sms-code", number=FIRST))["result"] == "sent"
    assert (await ask(desk, "sms-code", number="13800000000"))["result"] == "unknown"


async def test_a_code_is_stored_hashed(desk: Desk) -> None:
    code = await code_sent(desk)
    async with desk.context.db.read() as session:
        stored = (await session.scalars(select(SmsCode))).one()
    assert stored.code_hash.startswith("$argon2id$")
    assert code not in stored.code_hash


async def test_the_password_is_changed_with_the_old_one(desk: Desk) -> None:
    number = "13900000036"

    async def change(old: str, new: str) -> object:
        return (await ask(desk, "password/change", number=number, old=old, new=new))["result"]

    assert await change("135790", "123456") == "weak"
    assert await change("000000", "802571") == "fail"
    assert await change("135790", "802571") == "ok"
    found = await ask(desk, "verify", number=number, password="802571")
    assert (found["result"], found["initial"]) == ("pass", False)
    assert (await verify(desk, "135790", number))[0] == "fail"
    assert [message.address for message in await texts(desk, "password.changed")] == [number]


@pytest.mark.parametrize("weak", ["111111", "123456", "987654", "900000", "12345", "1234567", "abcdef", "081234", ""])
async def test_weak_passwords(desk: Desk, weak: str) -> None:
    found = await ask(desk, "password/change", number=FIRST, old="135790", new=weak)
    assert found["result"] == "weak"


async def test_no_change_while_suspended(desk: Desk) -> None:
    found = await ask(desk, "password/change", number="13900000047", old="135790", new="802571")
    assert found["result"] == "refused"


async def test_changing_cannot_be_used_to_guess(desk: Desk) -> None:
    results = [
        (await ask(desk, "password/change", number=FIRST, old="000000", new="802571"))["result"] for _ in range(4)
    ]
    assert results == ["fail", "fail", "locked", "locked"]


async def test_a_reset_by_code_and_identity_card(desk: Desk) -> None:
    async def reset(code: str, id_last6: str = "081234", new: str = "802571") -> object:
        found = await ask(desk, "password/reset", number=FIRST, code=code, id_last6=id_last6, new=new)
        return found["result"]

    for _ in range(3):
        await verify(desk, "000000")
    code = await code_sent(desk)
    assert (await ask(desk, "verify-code", number=FIRST, code=code))["result"] == "pass"
    assert await reset(code, new="111111") == "weak"
    assert await reset(code, id_last6="000000") == "fail"
    assert await reset(another(code)) == "fail"
    assert await reset(code) == "ok"
    assert await verify(desk, "802571") == ("pass", 3), "and the lock is gone"
    assert await reset(code, new="913582") == "fail", "a code resets once"


async def test_no_reset_while_the_identity_check_is_locked(desk: Desk) -> None:
    code = await code_sent(desk)
    body = {"number": FIRST, "code": code, "new": "802571"}
    results = [(await ask(desk, "password/reset", **body, id_last6="000000"))["result"] for _ in range(3)]
    assert results == ["fail", "fail", "refused"]
    assert (await ask(desk, "password/reset", **body, id_last6="081234"))["result"] == "refused"


async def test_reminders_are_turned_on_and_off(desk: Desk) -> None:
    for on in (True, False):
        assert (await ask(desk, "password/reminder", number=FIRST, on=on))["result"] == "ok"
        async with desk.context.db.read() as session:
            line = await customers.find_line(session, FIRST)
        assert line is not None
        assert line.product.reminder is on
    assert (await ask(desk, "password/reminder", number="13800000000", on=True))["result"] == "unknown"


async def test_staff_unlock_under_audit(desk: Desk) -> None:
    for _ in range(3):
        await verify(desk, "000000")
        await ask(desk, "verify-id", number=FIRST, id_last6="000000")
    reason = {"reason": "机主持证件到营业厅办理"}
    async with desk.signed_in("8001") as agent:
        denied = await agent.post("/api/v1/customers/C000001/password-unlock", json=reason)
        assert (denied.status_code, denied.json()["code"]) == (403, "auth.forbidden")
    async with desk.signed_in("8101") as lead:
        assert (await lead.post("/api/v1/customers/C000001/password-unlock", json={})).status_code == 422
        assert (await lead.post("/api/v1/customers/C999999/password-unlock", json=reason)).status_code == 404
        assert (await lead.post("/api/v1/customers/C000001/password-unlock", json=reason)).status_code == 204
    assert await verify(desk, "135790") == ("pass", 3)
    assert (await ask(desk, "verify-id", number=FIRST, id_last6="081234"))["result"] == "pass"
    async with desk.context.db.read() as session:
        entries = [entry for entry in await auth_repository.audit_log(session) if entry.action == "password.unlock"]
    assert [(entry.actor, entry.subject_id, entry.reason) for entry in entries] == [
        ("8101", "C000001", "机主持证件到营业厅办理")
    ]


async def test_what_was_keyed_is_in_no_answer_to_a_bad_question(desk: Desk) -> None:
    async with desk.client(**SERVICE) as client:
        answer = await client.post("/internal/v1/verify", json={"number": FIRST, "password": "135790" * 5})
    assert answer.status_code == 422
    assert "135790" not in answer.text


async def test_old_codes_and_tries_are_forgotten(desk: Desk) -> None:
    async def kept() -> tuple[int, int]:
        await ProofTidier(desk.context.db, desk.clock, ZONE).look()
        async with desk.context.db.read() as session:
            codes, wrong = await session.scalars(select(SmsCode)), await session.scalars(select(WrongTries))
            return len(codes.all()), len(wrong.all())

    await code_sent(desk)
    await ask(desk, "verify-id", number=FIRST, id_last6="000000")
    assert await kept() == (1, 1)
    desk.clock.move(days=1, minutes=1)
    assert await kept() == (0, 0)


async def test_a_trip_to_the_password_menu_is_audited_without_the_number(desk: Desk) -> None:
    await ask(desk, "password-trip/result", call_id="n1-1.1", number=FIRST, result="fail")
    async with desk.context.db.read() as session:
        (entry,) = [entry for entry in await auth_repository.audit_log(session) if entry.action == "password.trip"]
    assert (entry.actor, entry.center_id, entry.subject_id, entry.result) == ("system", "js", "n1-1.1", "fail")
