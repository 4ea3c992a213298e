"""How a moment of a call is written into its row. Pure."""

from acd.contracts.events import CallEventBase


def step_time(event: CallEventBase) -> str:
    return event.at.isoformat().replace("+00:00", "Z")
