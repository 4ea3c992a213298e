"""What the steps of a call share."""

from datetime import datetime, timedelta
from typing import Any

from acd.contracts.events import Event
from acd.core import facts
from acd.core.calls.call import Call
from acd.core.effects import unnumbered

Stepped = tuple[Call, tuple[Event, ...]]


def milliseconds(since: datetime | None, until: datetime) -> int:
    """Never negative: two clocks may differ by a little."""
    return 0 if since is None else max(0, round((until - since) / timedelta(milliseconds=1)))


def head(call: Call, fact: facts.Fact) -> dict[str, Any]:
    return {**unnumbered(fact.at, call.node), "call_id": call.call_id}
