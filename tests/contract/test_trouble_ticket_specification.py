"""TMF621's own specification file against the served interface: every operation, and requests generated from it."""

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from agent_api.app import create_app
from agent_api.trouble_tickets.view import PATH
from tests.component.agent_api.harness import Databases, cheap_passwords, settings_for, sign_in

pytestmark = pytest.mark.contract

FILE = Path(__file__).parent / "specifications" / "TMF621-TroubleTicket-v4.0.0.swagger.json"
SPECIFICATION: dict[str, Any] = json.loads(FILE.read_text())
EXAMPLES = 5
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
"""Not checked: that everything the file's loose types allow is accepted. A severity of ours is one of three words."""

schema = schemathesis.openapi.from_dict(SPECIFICATION)


@dataclass(frozen=True, slots=True)
class Interface:
    url: str
    headers: dict[str, str]


@pytest.fixture(scope="module")
def interface(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Interface]:
    """The application on a real socket, with the demo's data, and the token of a system that may do everything."""
    database = Databases("sqlite", tmp_path_factory.mktemp("trouble"), None).new("demo")
    app = create_app(settings_for(database), passwords=cheap_passwords())
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    origin = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield Interface(f"{origin}{PATH}", {"Authorization": f"Bearer {asyncio.run(_token(origin))}"})
    server.should_exit = True
    thread.join()


async def _token(origin: str) -> str:
    headers = {"X-Requested-With": "desk"}
    async with httpx.AsyncClient(base_url=origin, headers=headers, trust_env=False) as admin:
        await sign_in(admin, "9001")
        rights = ["create", "update", "resolve", "close", "delete"]
        new = {"name": "对接测试", "center_id": "cn", "rights": rights}
        token: str = (await admin.post("/api/v1/api-clients", json=new)).json()["token"]
    return token


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_generated_requests_get_answers_of_the_specification(case: Any, interface: Interface) -> None:
    answer = case.call(base_url=interface.url, headers=interface.headers)
    case.validate_response(answer, checks=CHECKS)


def test_every_operation_is_served(interface: Interface) -> None:
    """None is answered with 404 or 405 of the framework; without a token all of them say who is missing."""
    with httpx.Client(base_url=interface.url, trust_env=False) as nobody:
        for path, methods in SPECIFICATION["paths"].items():
            for method in methods:
                answer = nobody.request(method.upper(), path.replace("{id}", "TS20260101000001"))
                assert (answer.status_code, answer.json()["code"]) == (401, "401"), f"{method} {path}"


def test_what_is_made_has_every_attribute_the_specification_promises(interface: Interface) -> None:
    new = {"description": "基站告警", "severity": "Critical", "ticketType": "fault", "note": [{"text": "值班电话"}]}
    with httpx.Client(base_url=interface.url, headers=interface.headers, trust_env=False) as client:
        made = client.post("/troubleTicket", json=new).json()
    assert made.keys() <= SPECIFICATION["definitions"]["TroubleTicket"]["properties"].keys()
