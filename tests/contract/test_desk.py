"""The web desk agrees with what it is built on: events, page objects, and a lock file that names no machine."""

import json
import re
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel, SecretStr

from acd.contracts import events
from agent_api.app import create_app
from agent_api.settings import Settings

pytestmark = pytest.mark.contract

PROJECT = Path(__file__).parents[2]
DESK = PROJECT / "agent_api" / "desk"
EVENT_MODELS: dict[str, type[BaseModel]] = {
    model.model_fields["type"].default: model for model in get_args(get_args(events.Event)[0])
}
SHAPE = re.compile(r"About(?:Agent)?<(?P<types>[^>]+)>(?: & \{(?P<fields>[^}]+)\})?")


def shapes() -> list[tuple[str, list[str]]]:
    """Every event type the desk reads, with the fields it reads of it."""
    union = (DESK / "src/live/messages.ts").read_text().split("export type ContractEvent =")[1]
    found = []
    for match in SHAPE.finditer(union):
        fields = re.findall(r"(\w+):", match["fields"] or "")
        found += [(kind.strip(" '"), fields) for kind in match["types"].split("|")]
    return found


@pytest.mark.parametrize(("kind", "fields"), shapes(), ids=lambda value: value if isinstance(value, str) else "")
def test_the_desk_reads_only_what_events_carry(kind: str, fields: list[str]) -> None:
    assert {"at", "call_id", *fields} <= set(EVENT_MODELS[kind].model_fields)


def test_the_generated_types_are_those_of_the_server() -> None:
    """`npm run openapi` against a running server writes them anew."""
    settings = Settings(service_token=SecretStr("x" * 16), database_url="sqlite+aiosqlite://")
    schemas = create_app(settings).openapi()["components"]["schemas"]
    served = {name: set(schema.get("properties", {})) for name, schema in schemas.items() if "properties" in schema}
    block = (DESK / "src/api/schema.d.ts").read_text().split("    schemas: {\n")[1].split("\n    };\n")[0]
    parts = re.split(r"^        (\w+): \{$", block, flags=re.MULTILINE)[1:]
    generated = {
        name: set(re.findall(r"^            (\w+)\??:", body, re.MULTILINE))
        for name, body in zip(parts[::2], parts[1::2], strict=True)
    }
    assert generated == served


def test_page_objects_name_ids_that_exist() -> None:
    lists = (path.read_text() for path in sorted((DESK / "src").glob("testids*.ts")))
    known = set(re.findall(r"'([a-z-]+)'", "".join(lists)))
    used = set(
        re.findall(r"(?:part|get_by_test_id)\(f?\"([a-z-]+)", (PROJECT / "tests/browser/desk_pages.py").read_text())
    )
    assert {name for name in used if name.rstrip("-") not in known and not _has_suffix(name, known)} == set()


def _has_suffix(name: str, known: set[str]) -> bool:
    """`ticket-event-urge` is `ticket-event` with the event's name."""
    return any(name.startswith(f"{one}-") for one in known)


def test_the_lock_file_names_no_address() -> None:
    packages = json.loads((DESK / "package-lock.json").read_text())["packages"]
    assert [name for name, package in packages.items() if "resolved" in package and not package.get("link")] == []


def test_the_desk_loads_nothing_from_elsewhere() -> None:
    sources = [path for path in (DESK / "src").rglob("*") if path.suffix in {".ts", ".vue", ".css"}]
    text = [DESK / "index.html", *(path for path in sources if path.name != "schema.d.ts")]
    assert [
        str(path.relative_to(DESK)) for path in text if re.search(r"https?://(?!127\.0\.0\.1)", path.read_text())
    ] == []
