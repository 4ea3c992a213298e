"""The public page's interface: proof, filing with evidence, own matters, progress by number, limits that survive."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from agent_api.channels.settings import ChannelSettings
from agent_api.demo.subscribers import SERVICE_PASSWORD, mobile_number
from tests.component.agent_api.harness import Desk, desk_on

pytestmark = pytest.mark.component

NUMBER = mobile_number(21)
PAGE = "/api/v1/service"
FORM = {"kind": "complaint", "title": "多收话费", "text": "上月多收20元", "submission": "0123456789abcdef"}


@pytest.fixture
async def desk(demo_database: str, tmp_path: Any) -> AsyncIterator[Desk]:
    channels = ChannelSettings(web=True)
    async with desk_on(demo_database, channels=channels, attachments_folder=tmp_path) as running:
        yield running


def visitor(desk: Desk, **headers: str) -> httpx.AsyncClient:
    return desk.client(**({"X-Requested-With": "service-page"} | headers))


async def prove(client: httpx.AsyncClient, number: str = NUMBER, secret: str = SERVICE_PASSWORD) -> httpx.Response:
    return await client.post(f"{PAGE}/session", json={"number": number, "proof": "password", "secret": secret})


async def filed(client: httpx.AsyncClient, **more: str) -> str:
    answer = await client.post(f"{PAGE}/matters", data=FORM | more)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["ticket_no"])


async def test_off_unless_switched_on(demo_database: str) -> None:
    async with desk_on(demo_database) as closed, visitor(closed) as client:
        assert (await client.get(f"{PAGE}/page")).status_code == 404


async def test_in_by_a_code_to_the_own_line(desk: Desk) -> None:
    async with visitor(desk) as client:
        assert (await client.post(f"{PAGE}/code", json={"number": NUMBER})).json() == {"result": "sent"}
        await desk.context.post_office.sender.work()
        async with desk.signed_in("8001") as staff:
            text = (await staff.post("/api/v1/messages/sink", json={"number": NUMBER})).json()[0]["text"]
        code = next(
            word for word in "".join(each if each.isdigit() else " " for each in text).split() if len(word) == 6
        )
        answer = await client.post(f"{PAGE}/session", json={"number": NUMBER, "proof": "code", "secret": code})
        assert (answer.status_code, answer.json()["number_masked"]) == (200, "139****0021")
        cookie = answer.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        assert f"Path={PAGE}" in cookie
        again = await client.post(f"{PAGE}/session", json={"number": NUMBER, "proof": "code", "secret": code})
        assert (again.status_code, again.json()["code"]) == (401, "contact.not_proved")


async def test_a_stranger_learns_nothing(desk: Desk) -> None:
    """The same answers for a number of ours and for one that is nobody's."""
    async with visitor(desk) as client:
        sent = [await client.post(f"{PAGE}/code", json={"number": each}) for each in (NUMBER, "13111112222")]
        assert [each.json() for each in sent] == [{"result": "sent"}] * 2
        wrong = [await prove(client, each, "000000") for each in (NUMBER, "13111112222")]
        assert {(each.status_code, each.json()["code"]) for each in wrong} == {(401, "contact.not_proved")}
        assert (await client.get(f"{PAGE}/matters")).status_code == 401


async def test_the_desks_cookie_opens_nothing_here_nor_the_other_way(desk: Desk) -> None:
    async with desk.signed_in("8001") as staff:
        assert (await staff.get(f"{PAGE}/session")).status_code == 401
    async with visitor(desk) as client:
        await prove(client)
        assert (await client.get("/api/v1/session")).status_code == 401


async def test_a_foreign_page_can_do_nothing(desk: Desk) -> None:
    async with visitor(desk) as client:
        await prove(client)
        answer = await client.post(f"{PAGE}/matters", data=FORM, headers={"X-Requested-With": ""})
        assert (answer.status_code, answer.json()["code"]) == (403, "auth.csrf")


async def test_a_complaint_with_evidence(desk: Desk) -> None:
    evidence = {"evidence": ("账单.png", b"\x89PNG\r\n\x1a\nxx", "image/png")}
    async with visitor(desk) as client:
        await prove(client)
        answer = await client.post(f"{PAGE}/matters", data=FORM, files=evidence)
        number = answer.json()["ticket_no"]
        assert await filed(client) == number  # the same submission again: the same ticket
        (row,) = [each for each in (await client.get(f"{PAGE}/matters")).json() if each["ticket_no"] == number]
        assert (row["kind"], row["channel"], row["title"]) == ("complaint", "web", "多收话费")
    await desk.context.contacts.checker.look()
    async with desk.signed_in("8301") as staff:
        ticket = (await staff.get(f"/api/v1/tickets/{number}")).json()
    assert (ticket["type"], ticket["channel"], ticket["customer_id"]) == ("complaint", "web", "C000021")
    assert [each["file_name"] for each in ticket["attachments"]] == ["账单.png"]


async def test_what_is_no_picture_is_refused(desk: Desk) -> None:
    async with visitor(desk) as client:
        await prove(client)
        program = {"evidence": ("账单.png", b"MZ\x90", "image/png")}
        answer = await client.post(f"{PAGE}/matters", data=FORM, files=program)
        assert (answer.status_code, answer.json()["code"]) == (422, "attachment.wrong_type")
        many = [("evidence", (f"{each}.txt", b"x", "text/plain")) for each in range(6)]
        assert (await client.post(f"{PAGE}/matters", data=FORM, files=many)).json()["code"] == "attachment.too_many"


async def test_five_an_hour_and_a_restart_forgets_nothing(desk: Desk, demo_database: str) -> None:
    async with visitor(desk) as client:
        await prove(client)
        for number in range(5):
            await filed(client, submission=f"{number:016d}")
        sixth = await client.post(f"{PAGE}/matters", data=FORM)
        assert (sixth.status_code, sixth.json()["code"]) == (429, "contact.too_often")
        cookies = client.cookies
    async with desk_on(demo_database, channels=ChannelSettings(web=True)) as restarted, visitor(restarted) as client:
        client.cookies = cookies
        assert (await client.post(f"{PAGE}/matters", data=FORM)).status_code == 429
        restarted.clock.move(minutes=61)
        await prove(client)
        assert (await client.post(f"{PAGE}/matters", data=FORM)).status_code == 201


async def test_own_matters_alone(desk: Desk) -> None:
    async with visitor(desk) as client, visitor(desk) as other:
        await prove(client)
        number = await filed(client)
        await prove(other, mobile_number(22))
        assert (await other.get(f"{PAGE}/matters/{number}")).status_code == 404
        assert (await other.post(f"{PAGE}/matters/{number}/withdraw", json={})).status_code == 404


async def test_urge_and_withdraw(desk: Desk) -> None:
    async with visitor(desk) as client:
        await prove(client)
        number = await filed(client, kind="fault")
        shown = (await client.get(f"{PAGE}/matters/{number}")).json()
        assert {"urge", "withdraw"} <= set(shown["may"])
        assert (await client.post(f"{PAGE}/matters/{number}/urge")).status_code == 200
        done = (await client.post(f"{PAGE}/matters/{number}/withdraw", json={"text": "好了"})).json()
        assert (done["progress"], done["may"]) == ("closed", [])


async def test_comments_meant_for_the_customer_alone_and_a_rating(desk: Desk) -> None:
    async with visitor(desk) as client, desk.signed_in("8301") as staff:
        await prove(client)
        number = await filed(client, kind="suggestion")
        await event(staff, number, "accept")
        await event(staff, number, "comment", comment="内部：用户欠费")
        await event(staff, number, "comment", comment="师傅明天上门", data={"public": "yes"})
        assert (await client.post(f"{PAGE}/matters/{number}/add", json={"text": "请下午来"})).status_code == 200
        shown = (await client.get(f"{PAGE}/matters/{number}")).json()
        assert [(each["ours"], each["text"]) for each in shown["comments"]] == [
            (True, "师傅明天上门"),
            (False, "请下午来"),
        ]
        assert "内部" not in str(shown)
        await event(staff, number, "reply", data={"result": "已更换光猫"})
        shown = (await client.get(f"{PAGE}/matters/{number}")).json()
        assert (shown["progress"], shown["result"], "rate" in shown["may"]) == ("answered", "已更换光猫", True)
        rated = await client.post(f"{PAGE}/matters/{number}/rating", json={"stars": 5, "text": "快"})
        assert (rated.status_code, rated.json()["rating"]) == (200, 5)
        assert (await client.post(f"{PAGE}/matters/{number}/rating", json={"stars": 1})).status_code == 409


async def test_words_can_be_added_before_anybody_works_on_it(desk: Desk) -> None:
    """A fresh complaint takes no comment: the words stand in its timeline all the same, for the staff too."""
    async with visitor(desk) as client, desk.signed_in("8301") as staff:
        await prove(client)
        number = await filed(client)
        shown = (await client.post(f"{PAGE}/matters/{number}/add", json={"text": "9月也多收"})).json()
        assert [(each["ours"], each["text"]) for each in shown["comments"]] == [(False, "9月也多收")]
        told = (await staff.get(f"/api/v1/tickets/{number}")).json()["timeline"][-1]
        assert (told["event"], told["comment"]) == ("correspond", "9月也多收")


async def test_progress_without_signing_in(desk: Desk) -> None:
    async with visitor(desk) as client:
        await prove(client)
        number = await filed(client)
    async with visitor(desk) as guest:
        good = await guest.post(f"{PAGE}/progress", json={"ticket_no": number.lower(), "last4": NUMBER[-4:]})
        assert good.json()["progress"] == "working"
        assert "多收" not in good.text
        for _ in range(3):
            assert (
                await guest.post(f"{PAGE}/progress", json={"ticket_no": number, "last4": "9999"})
            ).status_code == 404
        locked = await guest.post(f"{PAGE}/progress", json={"ticket_no": number, "last4": NUMBER[-4:]})
        assert locked.status_code == 404


async def event(staff: httpx.AsyncClient, number: str, what: str, **more: Any) -> None:
    answer = await staff.post(f"/api/v1/tickets/{number}/events", json={"event": what} | more)
    assert answer.status_code == 200, answer.text
