"""JSON Schema of the published language, for readers in other languages and for reviewers."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from acd.contracts.commands import COMMAND
from acd.contracts.events import EVENT
from acd.contracts.snapshots import AgentSnapshot, ProcessSnapshot, QueueSnapshot

CONTRACTS: dict[str, TypeAdapter[Any]] = {
    "events": EVENT,
    "commands": COMMAND,
    "agent_snapshot": TypeAdapter(AgentSnapshot),
    "queue_snapshot": TypeAdapter(QueueSnapshot),
    "process_snapshot": TypeAdapter(ProcessSnapshot),
}


def schema_text(name: str) -> str:
    """As committed: what a reader gets, stable from run to run."""
    schema = CONTRACTS[name].json_schema(mode="serialization")
    return json.dumps(schema, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def write_schemas(folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for name in CONTRACTS:
        path = folder / f"{name}.json"
        path.write_text(schema_text(name), encoding="utf-8")
        yield path
