"""What a desk shows live, and how a message changes it. Pure; the desk's apply.ts does the same.

Invariant: apply(snapshot before, messages) == snapshot after.
"""

from collections.abc import Iterable
from typing import Any

from acd.contracts.vocabulary import AgentState

Json = dict[str, Any]

CALL_IS_OVER = frozenset({AgentState.READY.value, AgentState.PAUSED.value, AgentState.LOGGED_OUT.value})
"""Own states that clear the call from the screen; it stays through the wrap-up."""


def apply(view: Json, message: Json, agent_no: str) -> Json:
    """The view (data of a snapshot message) after one message, for this viewer."""
    match message["type"]:
        case "snapshot":
            return dict(message["data"])
        case "state" if message["kind"] == "queue":
            return view | {"queues": _replaced(view["queues"], message["data"], "queue")}
        case "state":
            snapshot = message["data"]
            changed = view | {"agents": _replaced(view["agents"], snapshot, "agent_id")}
            if snapshot["agent_id"] == agent_no and snapshot["state"] in CALL_IS_OVER:
                changed["my_call"] = None
            return changed
        case "pop":
            return view | {"my_call": message["call"]}
        case _:
            return view


def apply_all(view: Json, messages: Iterable[Json], agent_no: str) -> Json:
    for message in messages:
        view = apply(view, message, agent_no)
    return view


def _replaced(rows: list[Json], row: Json, key: str) -> list[Json]:
    """Sorted by key, so that two ways to the same view are equal."""
    others = [other for other in rows if other[key] != row[key]]
    return sorted([*others, row], key=lambda other: str(other[key]))
