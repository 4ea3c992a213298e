"""The HTTP interface as others rely on it: addresses, error shape, examples, and that it only grows."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from agent_api.app import create_app
from agent_api.codes import MESSAGES
from agent_api.settings import Settings

pytestmark = pytest.mark.contract

Json = dict[str, Any]

OPERATIONS = Path(__file__).with_name("operations.txt").read_text().splitlines()
"""Sorted by address. Taking one away breaks the desk, the voice menu or somebody's integration."""


@pytest.fixture(scope="module")
def document() -> Json:
    settings = Settings(service_token=SecretStr("only-to-read-the-document"), database_url="sqlite+aiosqlite://")
    return create_app(settings).openapi()


def operations(document: Json) -> dict[str, Json]:
    return {
        f"{method.upper()} {path}": operation
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }


def test_every_promised_operation_is_there(document: Json) -> None:
    there = sorted(operations(document), key=lambda each: (each.split()[1], each))
    assert there == OPERATIONS, "add new ones to operations.txt, in order"


def test_every_error_has_the_one_shape_and_an_example_with_a_known_code(document: Json) -> None:
    for name, operation in operations(document).items():
        for status, response in operation["responses"].items():
            if int(status) < 400 or name == "GET /health":
                continue
            content = response["content"]["application/json"]
            if status == "422" and "example" not in content:
                continue  # FastAPI's own description of a body it cannot read
            assert content["schema"] == {"$ref": "#/components/schemas/ErrorBody"}, f"{name} {status}"
            assert content["example"]["code"] in MESSAGES, f"{name} {status}"


FOR_EVERYBODY = {"GET /api/v1/service/page", "POST /api/v1/service/code", "POST /api/v1/service/progress"}


def test_who_needs_a_session_says_so(document: Json) -> None:
    for name, operation in operations(document).items():
        if "/api/v1/" in name and not name.endswith("/session") and name not in FOR_EVERYBODY:
            assert "401" in operation["responses"], name


def test_every_body_that_is_sent_has_an_example(document: Json) -> None:
    schemas = document["components"]["schemas"]
    for name, operation in operations(document).items():
        body = operation.get("requestBody")
        if body is None or "multipart/form-data" in body["content"]:
            continue
        schema = body["content"]["application/json"]["schema"]
        reference = schema.get("anyOf", [schema])[0]["$ref"].rsplit("/", 1)[-1]
        assert schemas[reference].get("examples"), f"{name} ({reference}) has no example"


def test_nothing_personal_in_addresses(document: Json) -> None:
    """Numbers, names and passwords travel in bodies: addresses end in logs."""
    forbidden = {"number", "caller_number", "name", "password", "query", "phone"}
    for name, operation in operations(document).items():
        given = {parameter["name"] for parameter in operation.get("parameters", [])}
        assert not given & forbidden, name


def test_money_is_text_and_times_have_a_zone(document: Json) -> None:
    for schema, field in (
        ("BillOut", "total"),
        ("CaseOut", "owed"),
        ("CustomerCard", "arrears"),
        ("AccountAnswer", "balance"),
        ("BillAnswer", "total"),
        ("OrderOut", "fee"),
    ):
        assert document["components"]["schemas"][schema]["properties"][field]["type"] == "string"
    assert document["components"]["schemas"]["CallOut"]["properties"]["offered_at"]["format"] == "date-time"
