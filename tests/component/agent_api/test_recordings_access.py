"""Who may hear, export and keep a recording; everything else learns nothing."""

from pathlib import Path

import pytest

from agent_api.recordings.retention import RecordingPurge
from agent_api.recordings.sound import RATE
from tests.component.agent_api.harness import Desk
from tests.component.agent_api.recorded_calls import CALL, a_call, audited, sound_of, stored, take

pytestmark = pytest.mark.component


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("8001", 200),  # the agent of the call
        ("8002", 403),  # a colleague
        ("8101", 200),  # supervisor of the province
        ("8102", 403),  # of another province
        ("8501", 200),  # quality
        ("8201", 403),  # the national supervisor: by ticket only
        ("8301", 403),  # complaints: by ticket only
        ("9001", 403),  # administration
        ("9002", 403),
    ],
)
async def test_who_may_hear(plain_desk: Desk, who: str, status: int) -> None:
    await stored(plain_desk)
    async with plain_desk.signed_in(who) as client:
        assert (await client.get(f"/api/v1/recordings/{CALL}/audio")).status_code == status
        assert (await client.get(f"/api/v1/recordings/{CALL}/peaks")).status_code == status


async def test_a_ticket_of_the_call_opens_it_and_keeps_it(plain_desk: Desk) -> None:
    await stored(plain_desk)
    async with plain_desk.signed_in("8001") as agent:
        report = {"type": "complaint", "title": "话费争议", "category": "T.CHARGE.2", "description": "多收费"}
        answer = await agent.post("/api/v1/tickets", json=report | {"call_id": CALL})
        assert answer.status_code in (200, 201), answer.text
    async with plain_desk.signed_in("8301") as handler:
        assert (await handler.get(f"/api/v1/recordings/{CALL}/audio")).status_code == 200
    library = plain_desk.context.recordings
    plain_desk.clock.move(days=400)
    purge = RecordingPurge(plain_desk.context.db, library.vault, 180, plain_desk.clock, library.metrics)
    assert await purge.look() == 0


async def test_export_needs_a_reason_and_the_right(plain_desk: Desk, tmp_path: Path) -> None:
    """Asked for by quality, agreed to by the supervisor, good for a week; never without the second person."""
    await stored(plain_desk)
    async with plain_desk.signed_in("8501") as quality, plain_desk.signed_in("8101") as supervisor:
        address, wanted = f"/api/v1/recordings/{CALL}/exports", {"reason": "监管部门调取"}
        assert (await quality.post(address, json={"reason": ""})).status_code == 422
        assert (await supervisor.post(address, json=wanted)).status_code == 403
        asked = (await quality.post(address, json=wanted)).json()
        again = (await quality.post(address, json=wanted)).json()
        one = f"/api/v1/recordings/exports/{asked['id']}"
        assert (asked["id"], asked["ready"]) == (again["id"], False)
        early = await quality.post(f"{one}/file")
        assert (early.status_code, early.json()["code"]) == (403, "recording.export_not_granted")
        assert (await quality.post(f"{one}/decision", json={"granted": True})).status_code == 403
        waiting = (await supervisor.get("/api/v1/recordings/exports")).json()
        assert [(each["id"], each["state"], each["mine"]) for each in waiting] == [(asked["id"], "waiting", False)]
        assert (await supervisor.post(f"{one}/decision", json={"granted": True})).json()["state"] == "granted"
        assert (await supervisor.post(f"{one}/decision", json={"granted": False})).status_code == 409
        assert (await supervisor.post(f"{one}/file")).status_code == 403
        answer = await quality.post(f"{one}/file")
        assert f'filename="{CALL}-8501.flac"' in answer.headers["content-disposition"]
        assert len(sound_of(answer, tmp_path)) == 11 * RATE
        plain_desk.clock.move(days=8)
    async with plain_desk.signed_in("8501") as quality:
        late = await quality.post(f"{one}/file")
        assert (late.status_code, late.json()["code"]) == (403, "recording.export_over")
    acts = ("recording.export_asked", "recording.export_granted", "recording.export")
    found = [(entry.actor, entry.reason) for act in acts for entry in await audited(plain_desk, act)]
    assert found == [("8501", "监管部门调取"), ("8101", ""), ("8501", "监管部门调取")]


async def test_a_refused_export_and_one_of_another_province(plain_desk: Desk) -> None:
    await stored(plain_desk)
    async with plain_desk.signed_in("8501") as quality, plain_desk.signed_in("8101") as supervisor:
        asked = (await quality.post(f"/api/v1/recordings/{CALL}/exports", json={"reason": "抽检"})).json()
        one = f"/api/v1/recordings/exports/{asked['id']}"
        async with plain_desk.signed_in("8102") as elsewhere:
            assert (await elsewhere.post(f"{one}/decision", json={"granted": True})).status_code == 404
            assert (await elsewhere.get("/api/v1/recordings/exports")).json() == []
        refused = await supervisor.post(f"{one}/decision", json={"granted": False, "remark": "无必要"})
        assert refused.json()["remark"] == "无必要"
        assert (await quality.post(f"{one}/file")).status_code == 403


async def test_retention_of_a_centre(plain_desk: Desk) -> None:
    address = "/api/v1/recordings/retention"
    async with plain_desk.signed_in("9001") as admin:
        body = {"center_id": "js", "days": 365, "reason": "省公司规定"}
        rules = {rule["center_id"]: rule for rule in (await admin.put(address, json=body)).json()}
        assert [rules[center]["days"] for center in ("cn", "js", "js-nj", "sc")] == [180, 365, 365, 180]
        assert (rules["js"]["own"], rules["js-nj"]["own"], rules["js"]["changed_by"]) == (True, False, "9001")
        assert (await admin.put(address, json=body | {"days": 30})).status_code == 422
        assert (await admin.put(address, json=body | {"center_id": "nowhere"})).status_code == 404
        rules = {rule["center_id"]: rule for rule in (await admin.put(address, json=body | {"days": None})).json()}
        assert rules["js"]["days"] == 180
    async with plain_desk.signed_in("8101") as supervisor:
        assert (await supervisor.put(address, json=body)).status_code == 403
    assert len(await audited(plain_desk, "recording.retention")) == 2


async def test_a_call_that_was_not_recorded(plain_desk: Desk) -> None:
    await take(plain_desk, [event for event in a_call(plain_desk) if "recording" not in event.type])
    async with plain_desk.signed_in("8001") as agent:
        assert (await agent.get(f"/api/v1/recordings?call_id={CALL}")).json() == {"items": []}
        assert (await agent.get(f"/api/v1/recordings/{CALL}/audio")).status_code == 404


async def test_whose_business_it_is_not_learns_nothing(plain_desk: Desk) -> None:
    await stored(plain_desk)
    async with plain_desk.signed_in("8002") as other:
        assert (await other.get(f"/api/v1/recordings?call_id={CALL}")).json() == {"items": []}
    assert await audited(plain_desk, "access.denied") == []
    async with plain_desk.signed_in("8102") as elsewhere:  # sees calls of all, hears those of the own province
        (found,) = (await elsewhere.get(f"/api/v1/recordings?call_id={CALL}")).json()["items"]
        assert (found["state"], found["may_play"], found["may_hold"]) == ("stored", False, False)
