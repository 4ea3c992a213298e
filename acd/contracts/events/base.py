"""What every event carries.

Times are aware UTC datetimes taken from AMI's own time stamps, never the reader's clock. Durations carry their unit in
the name. Caller-controlled text is limited in length and never part of a topic.
"""

from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from acd.contracts.ids import CallId, NodeName


class Envelope(BaseModel):
    """What every event carries. `seq` runs 1, 2, 3 … within one `stream` (one start of the publisher)."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    event_id: UUID
    stream: UUID
    seq: int = Field(ge=1)
    at: AwareDatetime
    node: NodeName = NodeName("")


class CallEventBase(Envelope):
    call_id: CallId
