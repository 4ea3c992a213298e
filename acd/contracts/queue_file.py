"""The table of queues as it stands in queues.toml, the shipped version 0. Reading the file is the reader's."""

from collections.abc import Mapping
from typing import Any

from acd.contracts.routing import RoutingTable


def table_of(told: Mapping[str, Any]) -> RoutingTable:
    """A RoutingTable whose queues are [[queue]], with `skill` short for one required skill."""
    rest = {name: value for name, value in told.items() if name != "queue"}
    return RoutingTable.model_validate({**rest, "queues": [_with_skill(row) for row in told.get("queue", ())]})


def _with_skill(row: Mapping[str, Any]) -> Mapping[str, Any]:
    rest = {name: value for name, value in row.items() if name != "skill"}
    return {"skills": [{"skill": row["skill"]}], **rest} if "skill" in row else rest
