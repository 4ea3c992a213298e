"""Every endpoint asks who it is and whether they may. Who may what is asked in test_permission_matrix.py."""

import inspect
from collections.abc import Iterator

import pytest
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from pydantic import SecretStr

from agent_api.app import create_app
from agent_api.auth.roles import Permission
from agent_api.exchange.peer_endpoints import _genuine
from agent_api.settings import Settings
from agent_api.web import _current, check_service

pytestmark = pytest.mark.contract

OPEN = {
    # no permission: it is about oneself, the names everybody needs, or how one signs in
    "POST /api/v1/session",
    "GET /api/v1/session",
    "DELETE /api/v1/session",
    "GET /api/v1/centers",
}
CUSTOMERS = "/api/v1/service/"
"""The customers' own page: switched on by a setting, and about one's own matters once signed in."""
WITHOUT_VISIT = {
    "GET /api/v1/service/page", "POST /api/v1/service/code", "POST /api/v1/service/session",
    "DELETE /api/v1/service/session", "POST /api/v1/service/progress",
}  # fmt: skip


def endpoints() -> Iterator[tuple[str, APIRoute]]:
    app = create_app(Settings(service_token=SecretStr("x" * 16), database_url="sqlite+aiosqlite://"))
    for included in app.routes:
        # FastAPI keeps the routers that were included as they are.
        for route in getattr(included, "original_router", app.router).routes:
            if isinstance(route, APIRoute):
                for method in sorted((route.methods or set()) - {"HEAD"}):
                    yield f"{method} {route.path}", route


ENDPOINTS = dict(endpoints())
assert len(ENDPOINTS) > 150, "the routers are found"


def calls(dependant: Dependant) -> Iterator[object]:
    for each in dependant.dependencies:
        yield each.call
        yield from calls(each)


def permissions(route: APIRoute) -> set[Permission]:
    found = set()
    for call in calls(route.dependant):
        if inspect.isfunction(call) and call.__qualname__.startswith("allowed"):
            found |= {each for each in inspect.getclosurevars(call).nonlocals.values() if isinstance(each, Permission)}
    return found


@pytest.mark.parametrize("name", sorted(name for name in ENDPOINTS if "/api/v1/" in name and CUSTOMERS not in name))
def test_every_endpoint_of_the_desk_asks_who_it_is_and_whether_they_may(name: str) -> None:
    route = ENDPOINTS[name]
    guards = set(calls(route.dependant))
    signing_in = "_half" in {getattr(guard, "__name__", "") for guard in guards}
    assert permissions(route) or _current in guards or signing_in or name in OPEN, "declare a permission"


@pytest.mark.parametrize("name", sorted(name for name in ENDPOINTS if "/internal/" in name or "/exchange/v1/" in name))
def test_what_is_for_processes_takes_their_token(name: str) -> None:
    wanted = _genuine if "/exchange/v1/" in name else check_service
    assert wanted in set(calls(ENDPOINTS[name].dependant))


@pytest.mark.parametrize("name", sorted(name for name in ENDPOINTS if CUSTOMERS in name))
def test_a_customer_sees_only_what_is_their_own(name: str) -> None:
    guards = {getattr(call, "__name__", "") for call in calls(ENDPOINTS[name].dependant)}
    assert "check_open" in guards
    assert ("_visitor" in guards) is (name not in WITHOUT_VISIT)
