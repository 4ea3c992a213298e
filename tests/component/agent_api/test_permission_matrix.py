"""The matrix of requirements.md 6.2, cell by cell, by requests: every role asks every endpoint of the running desk.

What is expected stands in permission_matrix.toml, written by hand; nothing here looks at the code's own roles.
"""

import re
import tomllib
from collections.abc import Iterator
from contextlib import AsyncExitStack
from datetime import date
from pathlib import Path
from typing import Any

import httpx
import pytest

from agent_api.auth import service as auth
from agent_api.auth.service import NewStaff
from agent_api.customers.models import Customer
from agent_api.db import Database
from agent_api.demo import places
from agent_api.tickets.words import SYSTEM_ACTS, Act
from tests.component.agent_api.harness import NOW, Databases, Desk, cheap_passwords, desk_on, sign_in

pytestmark = pytest.mark.component

HERE = Path(__file__).parent
TABLE = tomllib.loads((HERE / "permission_matrix.toml").read_text())
CELLS: dict[str, dict[str, str]] = tomllib.loads((HERE / "staff_rights.toml").read_text())
"""Requirements.md 6.2 itself."""
GROUPS: dict[str, list[str]] = TABLE["groups"]
CENTER = {"city": "js-nj", "national_supervisor": "cn", "dpo": "cn"}
PASSWORD = "Matrix@2026x"
CUSTOMER: dict[str, Any] = {
    "customer_id": "1", "name": "张三", "level": "normal", "star_level": 1, "birth_date": date(1990, 1, 1),
    "language": "zh", "center_id": "js-nj", "contact_number": "13900000001", "address": "", "email": "",
    "credit_level": "A",
}  # fmt: skip
"""Of the city, so that its back office may see it: whose customers one sees is another test's matter."""
COMPLAINT = {"type": "complaint", "title": "多收费", "category": "T.CHARGE.2", "contact_number": "13900000001"}
ABOUT_ONESELF = re.compile(r"/api/v1/(session|service)\b")


def named(names: list[str]) -> set[str]:
    """Groups of roles, and groups in groups."""
    found = set()
    for name in names:
        found |= named(GROUPS[name]) if name in GROUPS else {name}
    return found


ROLES = sorted(named(["everybody"]))
ENDPOINTS: dict[str, set[str]] = {
    endpoint: named(row["roles"]) for row in TABLE["row"] for endpoint in row["endpoints"]
}
ACTS: dict[str, set[str]] = {act: named(row["roles"]) for row in TABLE["act"] for act in row["acts"]}
COLUMNS = (
    "agents", "complaint_handler", "dispatcher", "city", "team_leader", "supervisor", "national_supervisor", "qa",
    "credit_officer", "campaign_admin", "ivr_admin", "sys_admin", "security_auditor",
)  # fmt: skip
PLAIN = re.compile(r"[RWA]( [RWA])*")


def cell(row: str, role: str) -> str:
    column = next(each for each in COLUMNS if role in named([each]))
    return CELLS[row].get(column, "")


def gives(words: str, needs: list[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(need)}(?!\w)", words) for need in needs)


def test_what_differs_from_the_requirement_is_marked_with_the_reason() -> None:
    """A role of 6.2 has what its cell says, or stands under `differs`; what stands there does differ."""
    wrong: list[str] = []
    for row in [*TABLE["row"], *TABLE["act"]]:
        assert ("of" in row) is not ("source" in row), row
        if "of" not in row:
            assert row["source"]
            assert "differs" not in row
            continue
        marked = {role: why for name, why in row.get("differs", {}).items() for role in named([name])}
        for role in named(list(COLUMNS)):
            as_required = (role in named(row["roles"])) is gives(cell(row["of"], role), row["needs"])
            if as_required is (role in marked):
                wrong.append(f"{role}, {row.get('object') or row['part']}: {cell(row['of'], role) or '-'}")
        assert all(len(why) > 20 for why in marked.values()), row
    assert not wrong, "\n".join(wrong)


def test_every_limited_cell_is_proved_or_marked() -> None:
    limited = {(of, role) for of, cells in CELLS.items() for role, words in cells.items() if not PLAIN.fullmatch(words)}
    covered = [(scope["of"], role) for scope in TABLE["scope"] for role in scope["roles"]]
    assert sorted(covered) == sorted(limited)
    for scope in TABLE["scope"]:
        assert scope.keys() & {"proved", "differs"}
        if "proved" in scope:
            file, test = scope["proved"].split("::")
            assert f"def {test}(" in (HERE / file).read_text(), scope["proved"]


def test_every_row_is_served_or_marked() -> None:
    served_rows = {row["of"] for row in [*TABLE["row"], *TABLE["act"]] if "of" in row}
    missing = {each["of"] for each in TABLE["missing"] if "role" not in each}
    assert served_rows | missing == set(CELLS)
    assert not served_rows & missing
    assert all(len(each["why"]) > 20 for each in TABLE["missing"])


@pytest.fixture
def database(tmp_path: Path) -> str:
    """What a role may is decided before any query, so one kind of database is enough."""
    return Databases("sqlite", tmp_path, None).new("empty")


async def person_of_each_role(desk: Desk) -> dict[str, str]:
    """Role to agent number: somebody who has this role and no other."""
    numbers = {role: str(7001 + place) for place, role in enumerate(ROLES)}
    password_hash = cheap_passwords().hash(PASSWORD)
    async with desk.context.db.write() as session:
        for center in places.centers():
            session.add(center)
            await session.flush()
        session.add(Customer(**CUSTOMER))
        for role, number in numbers.items():
            home = CENTER.get("city" if role in GROUPS["city"] else role, "js")
            await auth.create_staff(session, NewStaff(number, role, home, (role,), (), ()), password_hash, NOW)
    return numbers


def requests() -> Iterator[tuple[str, str, str]]:
    for endpoint in ENDPOINTS:
        method, path = endpoint.split(" ")
        yield endpoint, method, re.sub(r"\{[^}]+\}", "1", path)


async def ask(client: httpx.AsyncClient, method: str, path: str, **body: Any) -> int:
    return (await client.request(method, path, json=body if method in ("POST", "PUT", "PATCH") else None)).status_code


def served(desk: Desk) -> set[str]:
    paths = desk.app.openapi()["paths"].items()
    found = {f"{method.upper()} {path}" for path, methods in paths for method in methods if path.startswith("/api/v1/")}
    return {each for each in found if not ABOUT_ONESELF.search(each)}


async def test_every_role_asks_every_endpoint(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # The same questions to the same file, without a change of threads for each.
    monkeypatch.setattr(Database, "read", Database.glance)
    wrong: list[str] = []
    async with desk_on(database) as desk, AsyncExitStack() as open_clients:
        listed = {re.sub(r":path\}", "}", each) for each in ENDPOINTS}
        assert served(desk) == listed, "each endpoint has its row in permission_matrix.toml"
        for role, number in (await person_of_each_role(desk)).items():
            client = await open_clients.enter_async_context(desk.client())
            await sign_in(client, number, PASSWORD)
            for endpoint, method, path in requests():
                status = await ask(client, method, path)
                assert status < 500 or status == 503, (role, endpoint, status)
                if (status != 403) is not (role in ENDPOINTS[endpoint]):
                    wrong.append(f"{role} {endpoint}: {status}")
    assert not wrong, "\n".join(wrong)


async def test_every_role_tries_every_act_on_a_ticket(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refusal for the ticket's state is no refusal of the person."""
    monkeypatch.setattr(Database, "read", Database.glance)
    assert set(ACTS) | {act.value for act in SYSTEM_ACTS} == {act.value for act in Act}
    wrong: list[str] = []
    async with desk_on(database) as desk, AsyncExitStack() as open_clients:
        clients = {}
        for role, number in (await person_of_each_role(desk)).items():
            clients[role] = await open_clients.enter_async_context(desk.client())
            await sign_in(clients[role], number, PASSWORD)
        city = (await clients["city_leader"].post("/api/v1/tickets", json=COMPLAINT)).json()["ticket_no"]
        for act, allowed in ACTS.items():
            for role, client in clients.items():
                answer = await client.post(f"/api/v1/tickets/{city}/events", json={"event": act, "data": {}})
                refused = answer.status_code == 403
                assert not refused or "ticket_no" not in answer.json()["detail"], (role, "does not see the ticket")
                if refused is (role in allowed):
                    wrong.append(f"{role} {act}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
