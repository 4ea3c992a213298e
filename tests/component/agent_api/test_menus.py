"""Menu trees in the desk: drafts, publishing, roll-back, inheritance, and what the voice menu is told."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from agent_api.auth.models import AuditEntry, Center
from agent_api.menus.keeper import DEFAULT_DIDS, MenuKeeper, default_tree
from agent_api.menus.schemas import SMALL_TREE
from tests.component.agent_api.harness import NOW, SERVICE, Desk, desk_on

pytestmark = pytest.mark.component

Json = dict[str, Any]
ADMIN, PROVINCE, AGENT, SUPERVISOR = "8602", "8601", "8001", "8101"
PREFIX = "/api/v1/menus"


@pytest.fixture
async def menus(desk: Desk) -> Desk:
    """With the default tree live at the national centre."""
    await MenuKeeper(desk.context.db, desk.clock).seed()
    return desk


@pytest.fixture
async def admin(menus: Desk) -> AsyncIterator[httpx.AsyncClient]:
    async with menus.signed_in(ADMIN) as client:
        yield client


async def draft(client: httpx.AsyncClient, center: str, based_on: str | None = None, **changes: Any) -> Json:
    body = {"tree": SMALL_TREE | changes, "note": "试验", "based_on": based_on}
    answer = await client.put(f"{PREFIX}/centers/{center}/draft", json=body)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def publish(client: httpx.AsyncClient, center: str, at: str | None = None) -> Json:
    answer = await client.post(f"{PREFIX}/centers/{center}/publish", json={"note": "发布", "at": at})
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def ask(desk: Desk, **known: int) -> Json:
    async with desk.client(**SERVICE) as client:
        answer = await client.post("/internal/v1/menus", json={"known": known})
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


async def heard(desk: Desk) -> dict[str, tuple[int, str]]:
    return {each["center"]: (each["version"], each["tree"]["title"]) for each in (await ask(desk))["changed"]}


async def test_a_new_installation_has_the_default_tree_once(menus: Desk) -> None:
    await MenuKeeper(menus.context.db, menus.clock).seed()
    answer = await ask(menus)
    assert [(each["center"], each["version"], each["dids"]) for each in answer["changed"]] == [
        ("cn", 1, list(DEFAULT_DIDS))
    ]
    assert answer["changed"][0]["tree"] == default_tree().model_dump(mode="json")
    assert answer["homes"] == dict.fromkeys(("", "cn", "js", "sc", "js-nj", "js-sz", "sc-cd", "sc-my"), "cn")


async def test_centres_may_come_after_the_process(empty_database: str) -> None:
    async with desk_on(empty_database) as desk:
        keeper = MenuKeeper(desk.context.db, desk.clock)
        await keeper.look()
        async with desk.context.db.write() as session:
            session.add(Center(center_id="top", name="总部", level="N", parent_id=None))
        await keeper.look()
        assert await heard(desk) == {"top": (1, default_tree().title)}


async def test_the_voice_menu_gets_only_what_it_does_not_have(menus: Desk) -> None:
    answer = await ask(menus, cn=1, gone=4)
    assert (answer["changed"], answer["gone"]) == ([], ["gone"])


async def test_saving_a_draft_changes_nothing_callers_hear(menus: Desk, admin: httpx.AsyncClient) -> None:
    saved = await draft(admin, "cn")
    assert (saved["version"], saved["state"], saved["problems"]) == (2, "draft", [])
    assert await heard(menus) == {"cn": (1, default_tree().title)}
    again = (await admin.get(f"{PREFIX}/centers/cn/versions/2")).json()
    assert (again["tree"], again["etag"]) == (saved["tree"], saved["etag"])


async def test_publishing_is_live_at_once_and_rolled_back_in_one_step(menus: Desk, admin: httpx.AsyncClient) -> None:
    await draft(admin, "cn")
    assert (await publish(admin, "cn"))["state"] == "live"
    assert await heard(menus) == {"cn": (2, "示例流程")}
    rolled = await admin.post(f"{PREFIX}/centers/cn/rollback")
    assert (rolled.status_code, rolled.json()) == (200, {"version": 1})
    assert await heard(menus) == {"cn": (1, default_tree().title)}
    found = (await admin.get(f"{PREFIX}/centers/cn")).json()
    assert [(each["version"], each["state"]) for each in found["versions"]] == [(2, "retired"), (1, "live")]
    refused = await admin.post(f"{PREFIX}/centers/cn/rollback")
    assert (refused.status_code, refused.json()["code"]) == (409, "menu.no_earlier_version")


async def test_after_a_roll_back_the_bad_version_is_skipped(menus: Desk, admin: httpx.AsyncClient) -> None:
    await draft(admin, "cn", title="坏")
    await publish(admin, "cn")
    await admin.post(f"{PREFIX}/centers/cn/rollback")
    await draft(admin, "cn", title="好")
    await publish(admin, "cn")
    assert (await admin.post(f"{PREFIX}/centers/cn/rollback")).json() == {"version": 1}


async def test_a_published_tree_never_changes(menus: Desk, admin: httpx.AsyncClient) -> None:
    await draft(admin, "cn", title="二")
    await publish(admin, "cn")
    saved = await draft(admin, "cn", title="三")
    assert saved["version"] == 3
    assert (await admin.get(f"{PREFIX}/centers/cn/versions/2")).json()["tree"]["title"] == "二"


async def test_a_tree_with_errors_is_kept_as_a_draft_and_not_published(menus: Desk, admin: httpx.AsyncClient) -> None:
    saved = await draft(admin, "cn", bye="nowhere")
    assert [(each["field"], each["code"]) for each in saved["problems"]] == [
        ("bye", "target.unknown"),
        ("", "node.unreachable"),
    ]
    answer = await admin.post(f"{PREFIX}/centers/cn/publish", json={})
    assert (answer.status_code, answer.json()["code"]) == (409, "menu.has_problems")
    assert answer.json()["detail"]["problems"] == saved["problems"]
    checked = (await admin.post(f"{PREFIX}/check", json={"tree": SMALL_TREE | {"bye": "nowhere"}})).json()
    assert checked["problems"] == saved["problems"]
    assert await heard(menus) == {"cn": (1, default_tree().title)}


async def test_two_editors_do_not_overwrite_each_other(menus: Desk, admin: httpx.AsyncClient) -> None:
    first = await draft(admin, "cn")
    body = {"tree": SMALL_TREE, "note": "", "based_on": None}
    answer = await admin.put(f"{PREFIX}/centers/cn/draft", json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "menu.draft_changed")
    assert (await draft(admin, "cn", based_on=first["etag"], title="二"))["etag"] != first["etag"]


async def test_a_draft_is_published_once_however_many_press_the_button(menus: Desk, admin: httpx.AsyncClient) -> None:
    await draft(admin, "cn")
    answers = await asyncio.gather(*(admin.post(f"{PREFIX}/centers/cn/publish", json={}) for _ in range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409]
    assert (await heard(menus))["cn"][0] == 2


async def test_a_tree_of_the_wrong_shape_is_refused(admin: httpx.AsyncClient) -> None:
    body = {"tree": SMALL_TREE | {"nodes": {}}, "note": ""}
    assert (await admin.put(f"{PREFIX}/centers/cn/draft", json=body)).status_code == 422


async def test_a_version_goes_live_at_its_time(menus: Desk, admin: httpx.AsyncClient) -> None:
    await draft(admin, "cn")
    at = (NOW + timedelta(hours=2)).isoformat()
    assert (await publish(admin, "cn", at))["state"] == "scheduled"
    keeper = MenuKeeper(menus.context.db, menus.clock)
    await keeper.look()
    assert (await heard(menus))["cn"][0] == 1
    menus.clock.move(hours=2)
    await keeper.look()
    assert await heard(menus) == {"cn": (2, "示例流程")}
    await keeper.look()
    async with menus.signed_in(ADMIN) as client:
        assert (await client.post(f"{PREFIX}/centers/cn/rollback")).json() == {"version": 1}


async def test_what_waits_for_its_time_can_be_withdrawn(menus: Desk, admin: httpx.AsyncClient) -> None:
    await draft(admin, "cn")
    await publish(admin, "cn", (NOW + timedelta(hours=2)).isoformat())
    waiting = f"{PREFIX}/centers/cn/versions/2"
    assert (await admin.delete(waiting)).status_code == 204
    menus.clock.move(hours=3)
    await MenuKeeper(menus.context.db, menus.clock).look()
    assert (await heard(menus))["cn"][0] == 1
    for version in (1, 2):
        answer = await admin.delete(f"{PREFIX}/centers/cn/versions/{version}")
        assert (answer.status_code, answer.json()["code"]) == (409, "menu.not_scheduled")


async def test_a_province_gets_numbers_of_its_own(menus: Desk, admin: httpx.AsyncClient) -> None:
    path = f"{PREFIX}/centers/js/numbers"
    taken = await admin.put(path, json={"numbers": ["10015", "02510010"]})
    assert (taken.status_code, taken.json()["detail"]) == (409, {"numbers": ["10015"]})
    assert (await admin.put(path, json={"numbers": ["02510010"]})).status_code == 204
    await draft(admin, "js")
    await publish(admin, "js")
    assert (await admin.put(path, json={"numbers": ["02510010", "02510018"]})).status_code == 204
    (js,) = (each for each in (await ask(menus, js=1))["changed"] if each["center"] == "js")
    assert (js["version"], js["dids"], js["tree"]["title"]) == (2, ["02510010", "02510018"], "示例流程")
    assert (await admin.get(f"{PREFIX}/centers/js")).json()["numbers"] == ["02510010", "02510018"]


async def test_a_time_that_is_over_is_refused(menus: Desk, admin: httpx.AsyncClient) -> None:
    await draft(admin, "cn")
    answer = await admin.post(f"{PREFIX}/centers/cn/publish", json={"at": NOW.isoformat()})
    assert (answer.status_code, answer.json()["code"]) == (409, "menu.bad_time")


async def test_a_province_may_have_its_own_and_give_it_up_again(menus: Desk) -> None:
    async with menus.signed_in(PROVINCE) as client:
        rows = {each["center"]: each for each in (await client.get(f"{PREFIX}/centers")).json()}
        assert rows.keys() == {"js", "js-nj", "js-sz"}
        assert (rows["js-nj"]["live"], rows["js-nj"]["inherited_from"]) == (None, "cn")
        await draft(client, "js")
        await publish(client, "js")
        answer = await ask(menus)
        assert (answer["homes"]["js-nj"], answer["homes"]["sc"]) == ("js", "cn")
        rows = {each["center"]: each for each in (await client.get(f"{PREFIX}/centers")).json()}
        assert (rows["js"]["live"], rows["js"]["inherited_from"], rows["js-sz"]["inherited_from"]) == (1, None, "js")
        assert (await client.post(f"{PREFIX}/centers/js/rollback")).json() == {"version": None}
        answer = await ask(menus, cn=1, js=1)
        assert (answer["gone"], answer["homes"]["js"]) == (["js"], "cn")


async def test_nobody_changes_the_menus_of_another_province(menus: Desk) -> None:
    async with menus.signed_in(PROVINCE) as client:
        body = {"tree": SMALL_TREE, "note": ""}
        for center, expected in (("sc", (403, "menu.not_your_center")), ("xx", (404, "not_found"))):
            answer = await client.put(f"{PREFIX}/centers/{center}/draft", json=body)
            assert (answer.status_code, answer.json()["code"]) == expected


async def test_who_may_look_and_who_may_change(menus: Desk) -> None:
    async with menus.signed_in(AGENT) as client:
        assert (await client.get(f"{PREFIX}/centers")).status_code == 403
    async with menus.signed_in(SUPERVISOR) as client:
        assert (await client.get(f"{PREFIX}/centers/cn")).status_code == 200
        assert (await client.post(f"{PREFIX}/centers/js/publish", json={})).status_code == 403


async def test_every_step_is_in_the_audit_log(menus: Desk, admin: httpx.AsyncClient) -> None:
    await draft(admin, "cn")
    await publish(admin, "cn")
    await admin.post(f"{PREFIX}/centers/cn/rollback")
    async with menus.context.db.read() as session:
        entries = await session.scalars(
            select(AuditEntry).where(AuditEntry.action.startswith("menu.")).order_by(AuditEntry.entry_id)
        )
    assert [(each.action, each.subject_id, each.actor) for each in entries] == [
        ("menu.draft_saved", "cn", ADMIN),
        ("menu.published", "cn/2", ADMIN),
        ("menu.rolled_back", "cn/2", ADMIN),
    ]


async def test_the_catalogue(admin: httpx.AsyncClient) -> None:
    found = (await admin.get(f"{PREFIX}/catalogue")).json()
    tasks = {each["name"]: each for each in found["tasks"]}
    assert tasks["bill.balance"]["settings"]["product"][0] == "mobile"
    assert {"name": "general", "title": "综合服务"} in found["queues"]
    assert {"name": "vip", "title": "贵宾客户"} in found["conditions"]
    prompts = {each["id"]: each for each in found["prompts"]}
    assert prompts["menu/main"]["zh"].startswith("话费查询请按1")
    assert prompts["menu/main"]["seconds"]["zh"] > 10
    assert prompts["menu/main"] | {"own": False, "state": "ready"} == prompts["menu/main"]


async def test_the_default_tree_can_be_published_as_it_is(menus: Desk, admin: httpx.AsyncClient) -> None:
    tree = default_tree().model_dump(mode="json")
    assert (await admin.post(f"{PREFIX}/check", json={"tree": tree})).json()["problems"] == []


async def test_anybody_reads_what_nodes_are_called(menus: Desk, admin: httpx.AsyncClient) -> None:
    async with menus.signed_in(AGENT) as agent:
        assert (await agent.get(f"{PREFIX}/titles")).json()["bill_mobile_balance"] == "查询余额"
        await draft(admin, "js")
        await publish(admin, "js")
        assert (await agent.get(f"{PREFIX}/titles")).json()["message"] == "留言"
