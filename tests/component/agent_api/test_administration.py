"""System administration over HTTP: accounts, first sign-in, second factor, idle lock, sessions, audit log."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

import httpx
import pyotp
import pytest
from sqlalchemy import update

from agent_api.auth.models import AuditEntry
from agent_api.demo.places import PASSWORD
from tests.component.agent_api.harness import Databases, Desk, desk_on, sign_in

pytestmark = pytest.mark.component

Json = dict[str, Any]
PERSON = {"name": "钱小满", "center_id": "js", "roles": ["agent"], "queues": ["bill"], "skills": {"bill": 5}}
NEW = "Xiaoxi#2026a"


async def code_of(answer: httpx.Response) -> str:
    return str(answer.json()["code"])


async def enter(client: httpx.AsyncClient, agent_no: str, password: str, code: str = "") -> httpx.Response:
    return await client.post("/api/v1/session", json={"agent_no": agent_no, "password": password, "code": code})


async def change_password(client: httpx.AsyncClient, old: str, new: str) -> httpx.Response:
    return await client.put("/api/v1/session/password", json={"old": old, "new": new})


async def test_a_new_person_signs_in_and_chooses_a_password_first(desk: Desk) -> None:
    async with desk.signed_in("9001") as admin, desk.client() as person:
        made = (await admin.post("/api/v1/admin/people", json=PERSON | {"agent_no": "8050"})).json()
        assert (await admin.post("/api/v1/admin/people", json=PERSON | {"agent_no": "8050"})).status_code == 409
        me = (await enter(person, "8050", made["password"])).json()
        assert (me["stage"], me["permissions"]) == ("password", [])
        held = await person.get("/api/v1/agent/state")
        assert (held.status_code, await code_of(held)) == (401, "auth.unfinished")
        for new, why in (("Kurz1!", "too_short"), ("nurkleinbuchstaben", "too_plain"), ("Abc8050abcdef", "names_you")):
            assert await code_of(await change_password(person, made["password"], new)) == f"password.{why}"
        assert await code_of(await change_password(person, "wrong", NEW)) == "password.wrong"
        assert (
            await code_of(await change_password(person, made["password"], made["password"])) == "password.used_before"
        )
        assert (await change_password(person, made["password"], NEW)).json() == {"stage": "open"}
        assert (await person.get("/api/v1/agent/state")).status_code == 200
        listed = (await admin.get("/api/v1/admin/people", params={"q": "小满"})).json()
        assert [(row["agent_no"], row["skills"]) for row in listed["items"]] == [("8050", {"bill": 5})]


async def test_a_managers_mobile_is_kept_masked_and_stays_until_it_is_changed(desk: Desk) -> None:
    async with desk.signed_in("9001") as admin:
        await admin.post("/api/v1/admin/people", json=PERSON | {"agent_no": "8050", "mobile": "13905550050"})
        kept = (await admin.put("/api/v1/admin/people/8050", json=PERSON)).json()
        gone = (await admin.put("/api/v1/admin/people/8050", json=PERSON | {"mobile": ""})).json()
        wrong = await admin.put("/api/v1/admin/people/8050", json=PERSON | {"mobile": "call me"})
    assert (kept["mobile_masked"], gone["mobile_masked"], wrong.status_code) == ("139****0050", "", 422)


async def test_a_password_lasts_ninety_days_and_five_are_remembered(desk: Desk) -> None:
    async with desk.client() as person:
        await sign_in(person, "8001")
        chosen = [PASSWORD, *(f"Kennwort#{index}x" for index in range(6))]
        for old, new in pairwise(chosen):
            assert (await change_password(person, old, new)).status_code == 200
        assert await code_of(await change_password(person, chosen[-1], chosen[-4])) == "password.used_before"
        assert (await change_password(person, chosen[-1], PASSWORD)).status_code == 200
        desk.clock.move(days=91)
        assert (await enter(person, "8001", PASSWORD)).json()["stage"] == "password"


async def test_nobody_gives_what_is_above_or_does_not_fit(desk: Desk) -> None:
    async with desk.signed_in("9001") as admin:
        made = await admin.post("/api/v1/admin/people", json=PERSON | {"agent_no": "9010", "roles": ["sys_admin"]})
        assert made.status_code == 201, made.text
        both = PERSON | {"roles": ["kb_editor", "kb_approver"]}
        assert await code_of(await admin.put("/api/v1/admin/people/8001", json=both)) == "role.separation"
        assert await code_of(await admin.put("/api/v1/admin/people/9001", json=PERSON)) == "person.yourself"
        roles = (await admin.get("/api/v1/admin/roles")).json()
        assert len(roles) == 23
    async with desk.client() as province:
        await enter(province, "9010", made.json()["password"])
        await change_password(province, made.json()["password"], NEW)
        above = PERSON | {"agent_no": "8060", "center_id": "cn"}
        assert await code_of(await province.post("/api/v1/admin/people", json=above)) == "person.not_your_center"
        beside = await province.put("/api/v1/admin/people/8007", json=PERSON)
        assert await code_of(beside) == "person.not_your_center"
        assert {row["center_id"] for row in (await province.get("/api/v1/admin/people")).json()["items"]} <= {
            "js", "js-nj", "js-sz"}  # fmt: skip
        city = {"id": "js-wx", "name": "无锡市客户服务中心", "parent_id": "js"}
        tree = (await province.post("/api/v1/admin/centers", json=city)).json()
        assert {"js-wx": "C"}.items() <= {row["id"]: row["level"] for row in tree}.items()
        named = await province.put("/api/v1/admin/centers/js-wx", json={"name": "无锡中心"})
        assert "无锡中心" in {row["name"] for row in named.json()}
        assert (await province.put("/api/v1/admin/centers/sc", json={"name": "四川中心"})).status_code == 403
    async with desk.signed_in("8101") as boss:
        assert (await boss.get("/api/v1/admin/people")).status_code == 403


async def test_a_supervisor_needs_a_code_of_the_moment(databases: Databases) -> None:
    async with desk_on(databases.new("demo"), second_factor_roles=["supervisor"]) as desk, desk.client() as boss:
        assert (await enter(boss, "8101", PASSWORD)).json()["stage"] == "enrol"
        assert (await boss.get("/api/v1/floor")).status_code == 401
        begun = (await boss.post("/api/v1/session/second-factor")).json()
        assert begun["uri"].startswith("otpauth://totp/")
        assert begun["picture"].startswith("<svg")
        totp = pyotp.TOTP(begun["secret"])
        confirm = "/api/v1/session/second-factor/confirm"
        assert await code_of(await boss.post(confirm, json={"code": "000000"})) == "auth.code_wrong"
        done = (await boss.post(confirm, json={"code": totp.at(desk.clock())})).json()
        assert (done["stage"], len(done["codes"])) == ("open", 10)
        assert (await boss.get("/api/v1/floor")).status_code == 200

        assert await code_of(await enter(boss, "8101", PASSWORD)) == "auth.code_required"
        assert await code_of(await enter(boss, "8101", PASSWORD, totp.at(desk.clock()))) == "auth.code_wrong", "used"
        desk.clock.move(seconds=60)
        assert (await enter(boss, "8101", PASSWORD, totp.at(desk.clock()))).json()["stage"] == "open"
        assert (await enter(boss, "8101", PASSWORD, done["codes"][0])).status_code == 200
        assert await code_of(await enter(boss, "8101", PASSWORD, done["codes"][0])) == "auth.code_wrong", "used"
        for _ in range(5):
            await enter(boss, "8101", PASSWORD, "123456")
        assert await code_of(await enter(boss, "8101", PASSWORD, done["codes"][1])) == "auth.locked"
        async with desk.signed_in("9001") as admin:
            assert (await admin.delete("/api/v1/admin/people/8101/second-factor")).status_code == 204
            assert (await admin.post("/api/v1/admin/people/8101/unlock")).status_code == 204
        assert (await enter(boss, "8101", PASSWORD)).json()["stage"] == "enrol"


async def test_a_locked_desk_shows_nothing_until_the_password_is_given(desk: Desk) -> None:
    async with desk.signed_in("8001") as agent:
        assert (await agent.post("/api/v1/session/lock")).status_code == 204
        assert (await agent.get("/api/v1/tickets")).status_code == 401
        assert (await agent.get("/api/v1/session")).json()["stage"] == "locked"
        assert await code_of(await agent.post("/api/v1/session/unlock", json={"password": "x"})) == "password.wrong"
        assert (await agent.post("/api/v1/session/unlock", json={"password": PASSWORD})).json() == {"stage": "open"}
        assert (await agent.get("/api/v1/tickets")).status_code == 200


async def test_a_desk_nobody_touches_is_locked_by_the_server(demo_database: str) -> None:
    async with (
        desk_on(demo_database, idle_lock=timedelta(minutes=10)) as desk,
        desk.signed_in("8001") as agent,
    ):
        desk.clock.move(minutes=9)
        assert (await agent.get("/api/v1/tickets")).status_code == 200, "reading is no touch"
        desk.clock.move(minutes=2)
        held = await agent.get("/api/v1/tickets")
        assert (held.status_code, held.json()["detail"]) == (401, {"stage": "locked"})
        assert (await agent.post("/api/v1/session/touch")).status_code == 401, "too late"
        assert (await agent.get("/api/v1/session")).json()["stage"] == "locked"
        wrong = await agent.post("/api/v1/session/unlock", json={"password": "x"})
        assert wrong.json()["code"] == "password.wrong"
        unlocked = await agent.post("/api/v1/session/unlock", json={"password": PASSWORD})
        assert unlocked.json() == {"stage": "open"}
        for _ in range(3):
            desk.clock.move(minutes=9)
            assert (await agent.post("/api/v1/session/touch")).status_code == 204
        assert (await agent.get("/api/v1/tickets")).status_code == 200


async def test_sessions_are_few_seen_and_ended(desk: Desk) -> None:
    async with desk.client() as first, desk.client() as last, desk.signed_in("9001") as admin:
        await sign_in(first, "8001")
        for _ in range(3):
            desk.clock.move(minutes=1)
            await sign_in(last, "8001")
        assert (await first.get("/api/v1/session")).status_code == 401, "the oldest of four"
        sessions = (await admin.get("/api/v1/admin/people/8001/sessions")).json()
        assert len(sessions) == 3
        assert (await admin.delete("/api/v1/admin/people/8001/sessions")).status_code == 204
        assert (await last.get("/api/v1/session")).status_code == 401
        await sign_in(last, "8001")
        fields = PERSON | {"name": "林晓雯", "disabled": True}
        assert (await admin.put("/api/v1/admin/people/8001", json=fields)).json()["disabled"] is True
        assert (await last.get("/api/v1/session")).status_code == 401
        assert await code_of(await enter(last, "8001", PASSWORD)) == "auth.wrong"


async def test_a_reset_password_is_for_one_sign_in(desk: Desk) -> None:
    async with desk.signed_in("9001") as admin, desk.client() as agent:
        given = (await admin.post("/api/v1/admin/people/8002/password")).json()["password"]
        assert await code_of(await enter(agent, "8002", PASSWORD)) == "auth.wrong"
        assert (await enter(agent, "8002", given)).json()["stage"] == "password"


async def test_the_auditor_finds_checks_and_takes_the_log(desk: Desk) -> None:
    async with desk.signed_in("8001") as agent:
        assert (await agent.get("/api/v1/audit")).status_code == 403
    async with desk.signed_in("9002") as auditor:
        found = (await auditor.get("/api/v1/audit", params={"action": "session.", "actor": "8001"})).json()
        assert [row["action"] for row in found["items"]] == ["session.opened"]
        denied = (await auditor.get("/api/v1/audit", params={"result": "denied"})).json()["items"]
        assert [(row["actor"], row["subject_id"]) for row in denied] == [("8001", "GET /api/v1/audit")]
        page = (await auditor.get("/api/v1/audit", params={"limit": 1})).json()
        older = (await auditor.get("/api/v1/audit", params={"limit": 1, "before": page["next"]})).json()
        assert older["items"][0]["entry_id"] < page["items"][0]["entry_id"]
        assert (await auditor.get("/api/v1/audit/check")).json()["first_break"] is None
        file = await auditor.post("/api/v1/audit/export", params={"actor": "8001"})
        assert file.content.decode("utf-8-sig").count("\r\n") == 3
        async with desk.context.db.write() as session:
            broken = update(AuditEntry).where(AuditEntry.action == "access.denied").values(actor="8002")
            await session.execute(broken)
        assert (await auditor.get("/api/v1/audit/check")).json()["first_break"] == denied[0]["entry_id"]
