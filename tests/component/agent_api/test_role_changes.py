"""A centre changes what roles may do: bounds, the second person, at once in every process, history and going back."""

from typing import Any

import httpx
import pytest

from tests.component.agent_api.harness import Desk, desk_on

pytestmark = pytest.mark.component

LESS = {"role": "agent", "permission": "ticket.urge", "may": False}
MORE = {"role": "qa", "permission": "ticket.urge", "may": True}


async def change(
    client: httpx.AsyncClient, cells: list[dict[str, Any]], based_on: int = 0, center: str = "js"
) -> httpx.Response:
    body = {"cells": cells, "reason": "省公司要求", "based_on": based_on}
    return await client.put(f"/api/v1/role-matrix/{center}", json=body)


async def approve(client: httpx.AsyncClient, version: int, center: str = "js") -> httpx.Response:
    return await client.post(f"/api/v1/role-matrix/{center}/versions/{version}/approve")


async def rights(client: httpx.AsyncClient) -> set[str]:
    return set((await client.get("/api/v1/session")).json()["permissions"])


async def test_what_is_taken_is_gone_at_the_next_request_of_every_process(demo_database: str) -> None:
    async with desk_on(demo_database) as one, desk_on(demo_database) as other:
        async with one.signed_in("9001") as admin, other.signed_in("8001") as agent, other.signed_in("8007") as sc:
            assert "ticket.urge" in await rights(agent)
            no_promises = LESS | {"permission": "callback.work"}
            done = (await change(admin, [LESS, no_promises])).json()
            assert (done["state"], done["version"], done["decided_by"]) == ("in_force", 1, "")
            assert "ticket.urge" not in await rights(agent)
            assert "ticket.urge" in await rights(sc), "another province"
            assert (await agent.get("/api/v1/callbacks")).status_code == 403
        async with other.signed_in("8005") as city:
            assert "ticket.urge" not in await rights(city), "below the province"


async def test_more_rights_take_a_second_administrator(desk: Desk) -> None:
    async with (
        desk.signed_in("9001") as admin,
        desk.signed_in("9003") as second,
        desk.signed_in("8501") as qa,
        desk.signed_in("9002") as auditor,
    ):
        assert (await change(admin, [MORE])).json()["state"] == "proposed"
        assert "ticket.urge" not in await rights(qa)
        assert (await change(admin, [LESS])).json()["code"] == "roles.one_waits"
        assert (await approve(admin, 1)).json()["code"] == "roles.own_proposal"
        assert (await approve(auditor, 1)).status_code == 403
        done = (await approve(second, 1)).json()
        assert (done["state"], done["author"], done["decided_by"]) == ("in_force", "9001", "9003")
        assert "ticket.urge" in await rights(qa)
        assert (await approve(second, 1)).json()["code"] == "roles.decided_already"
        entries = (await auditor.get("/api/v1/audit", params={"action": "roles."})).json()["items"]
        assert [(row["action"], row["actor"], row["subject_id"]) for row in entries] == [
            ("roles.changed", "9003", "js/1"),
            ("roles.proposed", "9001", "js/1"),
        ]


async def test_a_second_person_made_by_the_first_does_not_count(desk: Desk) -> None:
    async with desk.signed_in("9001") as admin, desk.signed_in("9003") as second, desk.client() as made:
        person = {"agent_no": "9050", "name": "新管理员", "center_id": "cn", "roles": ["sys_admin"], "queues": []}
        first = (await admin.post("/api/v1/admin/people", json=person)).json()["password"]
        await made.post("/api/v1/session", json={"agent_no": "9050", "password": first})
        await made.put("/api/v1/session/password", json={"old": first, "new": "Zweiter#Mann1"})
        await change(admin, [MORE])
        assert (await approve(made, 1)).json()["code"] == "roles.not_independent"
        await admin.post("/api/v1/admin/people/9003/password")
        assert (await second.get("/api/v1/session")).status_code == 401, "whose password was reset is signed out"
        refused = await made.post("/api/v1/role-matrix/js/versions/1/refuse", json={"remark": "范围过大"})
        assert (refused.json()["state"], refused.json()["remark"]) == ("refused", "范围过大")


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ([{"role": "sys_admin", "permission": "customer.read", "may": True}], {"roles.not_for_this_role"}),
        ([{"role": "sys_admin", "permission": "audit.read", "may": True}], {"roles.not_for_this_role"}),
        ([{"role": "security_auditor", "permission": "ticket.read", "may": True}], {"roles.not_for_this_role"}),
        ([{"role": "agent", "permission": "user.manage", "may": True}], {"roles.not_for_this_role"}),
        ([{"role": "api_client", "permission": "ticket.read", "may": True}], {"roles.not_for_this_role"}),
        ([{"role": "kb_editor", "permission": "article.approve", "may": True}], {"roles.maker_approves"}),
        ([{"role": "sys_admin", "permission": "user.manage", "may": False}], {"roles.must_stay"}),
        ([{"role": "security_auditor", "permission": "audit.read", "may": False}], {"roles.must_stay"}),
        ([{"role": "qa", "permission": "no.such", "may": True}], {"roles.unknown"}),
        ([{"role": "complaint_handler", "permission": "template.approve", "may": True}], {"roles.maker_approves"}),
        # 8301 is complaint_handler and dispatcher: one would make what the other approves
        (
            [
                {"role": "complaint_handler", "permission": "article.write", "may": True},
                {"role": "dispatcher", "permission": "article.approve", "may": True},
            ],
            {"roles.person_makes_and_approves"},
        ),
    ],
)
async def test_no_change_breaks_the_separation_of_duties(
    desk: Desk, cells: list[dict[str, Any]], codes: set[str]
) -> None:
    async with desk.signed_in("9001") as admin:
        refused = await change(admin, cells)
        assert refused.status_code == 409, refused.text
        assert refused.json()["code"] == "roles.break_rules"
        assert {each["code"] for each in refused.json()["detail"]["breaches"]} >= codes
        assert (await admin.get("/api/v1/role-matrix/js/versions")).json() == []


async def test_history_shows_every_version_and_going_back_is_a_change(desk: Desk) -> None:
    async with desk.signed_in("9001") as admin, desk.signed_in("9003") as second, desk.signed_in("9002") as auditor:
        await change(admin, [LESS])
        assert (await change(admin, [LESS, MORE])).json()["code"] == "document.changed"
        assert (await change(admin, [LESS, MORE], 1)).json()["state"] == "proposed"
        assert (await approve(second, 2)).status_code == 200
        back = (await change(second, [LESS], 2)).json()
        assert (back["version"], back["state"]) == (3, "in_force"), "less than before"
        rows = (await auditor.get("/api/v1/role-matrix/js/versions")).json()
        assert [(row["version"], row["state"], len(row["cells"])) for row in rows] == [
            (3, "in_force", 1), (2, "replaced", 2), (1, "replaced", 1)]  # fmt: skip
        matrix = (await auditor.get("/api/v1/role-matrix/js")).json()
        agent = next(role for role in matrix["roles"] if role["code"] == "agent")
        assert matrix["version"] == 3
        assert "ticket.urge" in agent["above"]
        assert "ticket.urge" not in agent["may"]
        assert "user.manage" in agent["fixed"]
        assert agent["people"] >= 7
        assert (await change(auditor, [LESS], 3)).status_code == 403


async def test_a_province_decides_for_itself_and_below_only(desk: Desk) -> None:
    async with desk.signed_in("9004") as province, desk.signed_in("9001") as national, desk.signed_in("8001") as agent:
        assert (await change(province, [LESS], center="cn")).status_code == 403
        assert (await change(province, [LESS], center="sc")).status_code == 403
        assert (await province.get("/api/v1/role-matrix/sc")).status_code == 403
        assert (await change(national, [LESS | {"permission": "order.write"}], center="cn")).status_code == 200
        assert "order.write" not in await rights(agent), "the national centre's word reaches the province"
        wider = await change(province, [LESS | {"permission": "order.write", "may": True}])
        assert wider.json()["state"] == "proposed", "against the centre above: another administrator"
        assert (await approve(national, 1)).json()["state"] == "in_force"
        assert "order.write" in await rights(agent)
