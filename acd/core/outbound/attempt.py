"""One outbound dial: from the command to exactly one result. Whether it may be made is the gate's business (dialer)."""

from dataclasses import dataclass
from datetime import datetime

from acd.contracts.ids import AttemptId, CallId, ChannelName, NodeName


@dataclass(frozen=True, slots=True)
class Attempt:
    """Lives until its result is published; `call_id` is set when the called person answered."""

    attempt_id: AttemptId
    node: NodeName
    number: str
    unique_id: str
    started_at: datetime
    channel: ChannelName | None = None
    rang: bool = False
    cancelled: bool = False
    answered_at: datetime | None = None
    call_id: CallId | None = None
