"""The exchange as the desk sees it. Contents of messages are not shown: the ticket has them."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from agent_api.auth.key_age import Standing


class OutMessageOut(BaseModel):
    message_id: str
    from_center: str
    to_center: str
    peer: str = Field(description="Empty: both centres are of this installation")
    type: str
    type_title: str
    ticket_no: str
    seq: int
    state: str = Field(description="QUEUED, SENT, RETRY, ACKED, DEAD or SETTLED")
    attempts: int
    due_at: datetime | None
    code: str
    reason: str = Field(description="The code in words")
    created_at: datetime
    answered_at: datetime | None
    may_resend: bool
    may_skip: bool = Field(description="Nobody answered, and later messages of the ticket wait behind it")
    may_settle: bool = Field(description="Refused by its receiver; it holds up nothing")


class InMessageOut(BaseModel):
    message_id: str
    from_center: str
    to_center: str
    peer: str
    type: str
    type_title: str
    ticket_no: str
    seq: int
    state: str = Field(description="WAITING (for an earlier one), DONE or REFUSED")
    code: str
    reason: str
    received_at: datetime
    done_at: datetime | None


class PeerOut(BaseModel):
    peer: str
    centers: list[str] = Field(description="Centres it leads to")
    paused: bool
    heard_at: datetime | None
    trouble: str
    trouble_text: str
    key_due: bool = Field(description="The shared key is to be changed: it ends within two weeks, or has ended")
    key_standing: Standing = Field(description="Due from day 166, too old from day 180")
    key_days: int = Field(description="How old the key in use is")
    waiting: int
    dead: int


class BoxCounts(BaseModel):
    center_id: str
    outbox: dict[str, int] = Field(description="Messages by state")
    inbox: dict[str, int]


class ExchangeOut(BaseModel):
    installation: str = Field(description="Own name; empty: the only one")
    peers: list[PeerOut]
    boxes: list[BoxCounts]


class Why(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "对方系统已电话确认"}]})

    reason: str = Field(min_length=2, max_length=150)


class Resent(BaseModel):
    count: int


class RemoteFile(BaseModel):
    id: str
    kind: str
    media_type: str
    file_name: str
    size: int
    seconds: int
