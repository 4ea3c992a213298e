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
            return view | {"queues": _replaced(view["queues"], message["data"], "queue", message["data"]["queue"])}
        case "state":
            snapshot = message["data"]
            changed = view | {"agents": _replaced(view["agents"], snapshot, "agent_id", snapshot["agent_id"])}
            if snapshot["agent_id"] == agent_no and snapshot["state"] in CALL_IS_OVER:
                changed["my_call"] = None
            return changed
        case "pop":
            return view | {"my_call": message["call"]}
        case "call":
            return view | {"calls": _replaced(view["calls"], message["call"], "call_id", message["call_id"])}
        case "notice":
            return view | {"notices": _replaced(view["notices"], message["notice"], "id", message["notice"]["id"])}
        case "notice_over":
            return view | {"notices": _replaced(view["notices"], None, "id", message["id"])}
        case _:
            return view


def apply_all(view: Json, messages: Iterable[Json], agent_no: str) -> Json:
    for message in messages:
        view = apply(view, message, agent_no)
    return view


def _replaced(rows: list[Json], row: Json | None, key: str, value: str) -> list[Json]:
    """Without the row of this key, with the new one if there is one; sorted, so that two ways to one view are equal."""
    others = [other for other in rows if other[key] != value]
    return sorted([*others, row] if row is not None else others, key=lambda other: str(other[key]))
