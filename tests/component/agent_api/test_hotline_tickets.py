"""Faults, voice messages and progress of tickets, as the voice menu asks for them, and what the desk sees of it."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlalchemy import delete, select, update

from agent_api.announcements.models import Notice
from agent_api.auth import repository as auth_repository
from agent_api.messages.models import Message
from agent_api.tickets import attachments
from agent_api.tickets import service as tickets
from agent_api.tickets.models import TicketNews, TicketRow
from agent_api.tickets.watch import ClockWatch
from tests.component.agent_api.harness import NOW, Desk, ask, desk_on

pytestmark = pytest.mark.component

FIRST = "13900000001"
SPEECH = b"RIFF" + bytes(40) + bytes(range(256)) * 250


@pytest.fixture
def spool(tmp_path: Path) -> Path:
    folder = tmp_path / "messages"
    folder.mkdir()
    return folder


@pytest.fixture
async def desk(demo_database: str, spool: Path, tmp_path: Path) -> AsyncIterator[Desk]:
    async with desk_on(demo_database, messages_folder=spool, attachments_folder=tmp_path / "attachments") as running:
        yield running


async def fault(desk: Desk, number: str = FIRST, call_id: str = "n1-1.1") -> dict[str, object]:
    return await ask(desk, "fault", number=number, fault="signal", call_id=call_id)


async def texts(desk: Desk, template: str) -> list[Message]:
    async with desk.context.db.read() as session:
        return list(await session.scalars(select(Message).where(Message.template == template)))


async def test_a_fault_becomes_a_ticket_and_a_text(desk: Desk) -> None:
    taken = await fault(desk)
    assert (taken["result"], taken["hours"]) == ("ok", 48)
    assert await fault(desk) == taken, "asked again in the same call"
    assert (await fault(desk, call_id="n1-2.1"))["ticket_no"] != taken["ticket_no"]
    async with desk.signed_in("8301") as client:
        ticket = (await client.get(f"/api/v1/tickets/{taken['ticket_no']}")).json()
    assert (ticket["type"], ticket["state"], ticket["customer_id"]) == ("fault", "REPORTED", "C000001")
    assert (ticket["center_id"], ticket["created_by"]) == ("js", "system"), "the province accepts, not the city"
    assert [(clock["id"], clock["limit_seconds"]) for clock in ticket["clocks"]] == [("operational", 48 * 3600)]
    (text, _) = await texts(desk, "fault.accepted")
    assert (text.address, text.values) == (FIRST, {"ticket_no": taken["ticket_no"], "hours": "48"})


async def test_no_fault_for_who_owes_or_is_unknown(desk: Desk) -> None:
    assert (await fault(desk, "13900000047"))["result"] == "arrears"
    assert (await fault(desk, "13800000000"))["result"] == "unknown"


async def test_a_mass_fault_is_told_in_its_area_only(desk: Desk) -> None:
    async with desk.context.db.write() as session:
        session.add(
            Notice(
                announcement_id="1", center_id="js", title="苏州抢修", area="0512", place="entry",
                prompts=["notice/mass_fault"], barge_in=True, active=True, starts_at=None, ends_at=None,
                first_day=None, last_day=None, created_by="8101", created_at=NOW, updated_at=NOW,
            )
        )  # fmt: skip
    assert (await fault(desk, "13900000001"))["result"] == "mass", "number 1 is of Suzhou"
    assert (await fault(desk, "13900000004"))["result"] == "ok", "number 4 is of Nanjing"


def names(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


async def message(desk: Desk, spool: Path, about: str = "complaint", name: str = "n1-1.1-1") -> dict[str, object]:
    (spool / f"{name}.wav").write_bytes(SPEECH)
    return await ask(
        desk, "message", call_id="n1-1.1", about=about, recording=f"{name}.wav", seconds=4, caller_number=FIRST
    )


@pytest.mark.parametrize(
    ("about", "kind", "state", "prefix"),
    [
        ("complaint", "complaint", "ACCEPTED", "TS"),
        ("suggestion", "suggestion", "NEW", "JY"),
        ("praise", "praise", "NEW", "BY"),
        ("general", "message", "NEW", "LY"),
    ],
)
async def test_a_message_becomes_a_ticket_of_its_kind(
    desk: Desk, spool: Path, about: str, kind: str, state: str, prefix: str
) -> None:
    number = str((await message(desk, spool, about))["ticket_no"])
    assert number.startswith(prefix)
    async with desk.signed_in("8301") as client:
        ticket = (await client.get(f"/api/v1/tickets/{number}")).json()
    assert (ticket["type"], ticket["state"], ticket["call_id"]) == (kind, state, "n1-1.1")
    assert [(each["kind"], each["seconds"]) for each in ticket["attachments"]] == [("voice_message", 4)]
    expected = {"ticket_no": number} | ({"hours": "24"} if kind == "complaint" else {})
    told = await texts(desk, f"{'complaint' if kind == 'complaint' else 'ticket'}.accepted")
    assert [text.values for text in told if text.about == number] == [expected]


async def test_the_recording_is_played_in_parts_and_audited(desk: Desk, spool: Path) -> None:
    number = (await message(desk, spool))["ticket_no"]
    assert names(spool) == [], "it is kept elsewhere now"
    async with desk.signed_in("8301") as client:
        attachment = (await client.get(f"/api/v1/tickets/{number}")).json()["attachments"][0]["id"]
        address = f"/api/v1/tickets/{number}/attachments/{attachment}"
        whole = await client.get(address)
        part = await client.get(address, headers={"Range": "bytes=44-99"})
        assert (await client.get(f"/api/v1/tickets/{number}/attachments/nothing")).status_code == 404
    assert (whole.status_code, whole.headers["content-type"], whole.content) == (200, "audio/wav", SPEECH)
    assert (part.status_code, part.content) == (206, SPEECH[44:100])
    assert part.headers["content-range"] == f"bytes 44-99/{len(SPEECH)}"
    async with desk.signed_in("8302") as city:
        assert (await city.get(address)).status_code == 403
    async with desk.context.db.read() as session:
        played = [entry for entry in await auth_repository.audit_log(session) if entry.action == "recording.play"]
    assert [(entry.actor, entry.subject_id) for entry in played] == [("8301", number)] * 2


async def test_the_same_recording_twice_is_one_ticket(desk: Desk, spool: Path) -> None:
    first = await message(desk, spool)
    assert await message(desk, spool) == first
    async with desk.signed_in("8301") as client:
        assert len((await client.get(f"/api/v1/tickets/{first['ticket_no']}")).json()["attachments"]) == 1


async def test_a_message_without_its_file_is_still_a_ticket(desk: Desk) -> None:
    taken = await ask(
        desk, "message", call_id="n1-1.1", about="general", recording="gone.wav", seconds=4, caller_number=""
    )
    async with desk.signed_in("8201") as national:
        ticket = (await national.get(f"/api/v1/tickets/{taken['ticket_no']}")).json()
    assert (ticket["attachments"], ticket["center_id"]) == ([], "cn")


@pytest.mark.parametrize("name", ["../desk.sqlite3", "/etc/passwd", "a/b.wav", "", ".hidden"])
async def test_only_files_of_the_spool(desk: Desk, name: str) -> None:
    async with desk.client(Authorization="Bearer service-token-of-the-tests") as client:
        body = {"call_id": "n1-1.1", "about": "general", "recording": name, "seconds": 4, "caller_number": FIRST}
        assert (await client.post("/internal/v1/message", json=body)).status_code == 422


async def progress(desk: Desk, number: object, last4: str = "0001") -> dict[str, object]:
    digits = "".join(character for character in str(number) if character.isdigit())
    return await ask(desk, "ticket/progress", digits=digits, last4=last4)


async def do(client: httpx.AsyncClient, number: object, event: str, **data: str) -> None:
    done = await client.post(f"/api/v1/tickets/{number}/events", json={"event": event, "data": data})
    assert done.status_code == 200, done.text


async def test_progress_of_a_ticket(desk: Desk) -> None:
    number = (await fault(desk))["ticket_no"]
    assert await progress(desk, number) == {"result": "ok", "state": "working", "due": "2026-11-20"}
    async with desk.signed_in("8301") as client:
        await do(client, number, "pre_check", line_test="光衰过大")
        await do(client, number, "assign", target="js")
        await do(client, number, "accept")
        await do(client, number, "repair", result="更换光猫")
        assert (await progress(desk, number))["state"] == "answered"
        assert [text.address for text in await texts(desk, "fault.repaired")] == [FIRST]
        await do(client, number, "ask_customer")
        await do(client, number, "satisfied")
    assert await progress(desk, number) == {"result": "ok", "state": "closed", "due": None}


async def test_nobody_finds_out_which_numbers_exist(desk: Desk) -> None:
    number = (await fault(desk))["ticket_no"]
    nothing = {"result": "not_found", "state": "", "due": None}
    assert await progress(desk, "ZA20200101000001") == nothing
    assert [await progress(desk, number, last4) for last4 in ("0002", "0003", "0004")] == [nothing] * 3
    assert await progress(desk, number) == nothing, "three wrong ones: nothing more today"
    desk.clock.move(days=1)
    assert (await progress(desk, number))["result"] == "ok"


async def test_our_own_work_items_are_nobodys_progress(desk: Desk) -> None:
    number = (await fault(desk))["ticket_no"]
    async with desk.context.db.write() as session:
        await session.execute(delete(TicketNews).where(TicketNews.ticket_no == number))
        await session.execute(
            update(TicketRow)
            .where(TicketRow.ticket_no == number)
            .values(ticket_no=f"JJ{str(number)[2:]}", type="urgent")
        )
    assert (await progress(desk, number))["result"] == "not_found"
    found = await ask(desk, "caller", caller_number=FIRST, did="10010")
    assert found["open_ticket"] is None


async def test_warnings_are_written_once_as_the_limit_is_used_up(desk: Desk) -> None:
    number = str((await fault(desk))["ticket_no"])
    watch = ClockWatch(desk.context.db, desk.clock)

    async def warnings() -> list[tuple[str, str]]:
        await watch.look()
        await watch.look()
        async with desk.context.db.read() as session:
            case = await tickets.case(session, number)
        whole = [entry for entry in case.timeline if entry.data.get("clock") == "operational"]
        return [(entry.act, entry.data["percent"]) for entry in whole]

    assert await warnings() == []
    desk.clock.move(hours=25)
    assert await warnings() == [("warn", "50")]
    desk.clock.move(hours=24)
    assert await warnings() == [("warn", "50"), ("warn", "80"), ("overdue", "100")]
    async with desk.context.db.read() as session:
        case = await tickets.case(session, number)
    assert (case.ticket.overdue, case.row.waive_fee) == (True, True)
    assert [text.address for text in await texts(desk, "fault.late")].count(FIRST) == 1
    assert case.row.updated_at == NOW + timedelta(hours=49)


async def test_the_national_centre_may_say_that_a_question_is_not_its_own(desk: Desk) -> None:
    new = {"type": "consult", "customer_id": "C000001", "title": "漫游", "category": "C.TARIFF.2"}
    async with desk.signed_in("8001") as agent:
        number = (await agent.post("/api/v1/tickets", json=new)).json()["ticket_no"]
        forward = {"event": "forward", "data": {"target": "cn"}}
        await agent.post(f"/api/v1/tickets/{number}/events", json=forward)
    async with desk.signed_in("8202") as nation:
        assert "not_national" in (await nation.get(f"/api/v1/tickets/{number}")).json()["allowed_events"]
        back = await nation.post(f"/api/v1/tickets/{number}/events", json={"event": "not_national"})
    assert back.json()["state"] == "ASKED"


async def test_recordings_of_old_closed_tickets_are_deleted(desk: Desk, spool: Path) -> None:
    open_one = (await message(desk, spool, "general", "n1-1.1-1"))["ticket_no"]
    closed = (await message(desk, spool, "general", "n1-1.1-2"))["ticket_no"]
    folder = desk.context.settings.attachments_folder
    async with desk.signed_in("8301") as client:
        await client.post(f"/api/v1/tickets/{closed}/events", json={"event": "close"})
    async with desk.context.db.write() as session:
        assert await attachments.forget_before(session, NOW, folder) == 0, "not yet"
        assert await attachments.forget_before(session, NOW + timedelta(seconds=1), folder) == 1
    async with desk.context.db.read() as session:
        (kept,) = await tickets.attachments_of(session, str(open_one))
        assert await tickets.attachments_of(session, str(closed)) == []
    assert names(folder) == [f"{kept.attachment_id}.wav"]
