"""Written contacts as the desk sees them."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.config import JsonDict

ContactState = Literal[
    "RECEIVED", "PARSED", "SPAM", "UNREADABLE", "REGISTERED", "AUTO_ACK", "ASSIGNED", "PROCESSING",
    "REPLY_DRAFT", "APPROVED", "SENT", "BOUNCED", "ARCHIVED",
]  # fmt: skip
ContactChannel = Literal["web", "email", "fax", "letter", "counter"]
ContactType = Literal["complaint", "consult", "fault", "suggestion", "praise", "message"]
Number: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9]{0,20}$")]
TemplateId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.-]{0,39}$")]
_EXAMPLE: JsonDict = {
    "type": "complaint",
    "title": "套餐资费争议",
    "description": "客户来信称套餐资费与宣传不符",
    "level": "NORMAL",
}


class ContactRow(BaseModel):
    id: str
    channel: str
    state: ContactState
    kind: str
    subject: str
    from_masked: str
    name_masked: str
    customer_id: str | None
    ticket_no: str | None
    assigned_to: str
    center_id: str
    files: int
    note: str
    at: datetime
    updated_at: datetime


class ContactPage(BaseModel):
    items: list[ContactRow]
    total: int
    counts: dict[str, int]
    """State to how many, in one's centres."""


class ContactFileOut(BaseModel):
    id: str
    name: str
    kind: str
    media_type: str
    size: int
    pages: int
    state: Literal["waiting", "clean", "unchecked", "infected"]


class ContactStepOut(BaseModel):
    fact: str
    to_state: ContactState
    at: datetime
    actor: str
    comment: str


class ReplyOut(BaseModel):
    id: str
    template_id: str
    template_version: int
    channel: str
    subject: str
    text: str
    free: bool
    state: Literal["draft", "refused", "approved", "sent", "bounced"]
    drafted_by: str
    drafted_at: datetime
    decided_by: str


class ContactOut(ContactRow):
    body: str
    reason_code: str
    call_id: str | None
    contact_masked: str
    attachments: list[ContactFileOut]
    steps: list[ContactStepOut]
    replies: list[ReplyOut]
    may: list[str]
    """What can be done now, by the table of states and one's rights."""


class AssignIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"agent_no": "8301"}]})

    agent_no: str = Field(pattern=r"^[0-9]{4,6}$")


class RegisterIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [_EXAMPLE]})

    type: ContactType
    title: str = Field(default="", max_length=200)
    description: str = Field(default="", max_length=4000)
    reason_code: str = Field(default="", max_length=40)
    level: Literal["NORMAL", "URGENT", "MAJOR"] = "NORMAL"
    customer_id: str | None = Field(default=None, max_length=40)
    contact_number: Number = Field(default="", repr=False)
    ticket_no: str | None = Field(default=None, pattern=r"^[A-Z]{2}[0-9]{14}$")
    """Belongs to this ticket instead of a new one."""


class ReplyIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"template_id": "reply.result", "subject": "", "text": ""}]}
    )

    template_id: TemplateId | Literal[""] = ""
    subject: str = Field(default="", max_length=200)
    text: str = Field(default="", max_length=4000)


class ReasonIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "措辞不当，请修改"}]})

    reason: str = Field(default="", max_length=200)


class ReplyPreview(BaseModel):
    subject: str
    text: str


class FilledTemplateOut(BaseModel):
    template_id: str
    title: str
    text: str
    missing: list[str] = Field(description="Titles of what is marked in the text: to be written before it is sent")


class TemplateIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "title": "处理结果",
                    "subject": "关于{ticket_no}的答复",
                    "text": "尊敬的{customer}：{result}",
                    "ticket_type": "complaint",
                    "reason_code": "",
                    "channel": "email",
                }
            ]
        }
    )

    title: str = Field(min_length=1, max_length=100)
    subject: str = Field(min_length=1, max_length=200)
    text: str = Field(min_length=1, max_length=4000)
    ticket_type: ContactType | Literal[""] = ""
    reason_code: str = Field(default="", max_length=40)
    channel: ContactChannel | Literal[""] = ""


class TemplatePreview(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"subject": "关于{ticket_no}的答复", "text": "尊敬的{customer}：{result}"}]}
    )

    subject: str = Field(min_length=1, max_length=200)
    text: str = Field(min_length=1, max_length=4000)


class TemplateOut(TemplateIn):
    template_id: str
    version: int
    state: Literal["draft", "published", "withdrawn"]
    written_by: str
    written_at: datetime
    approved_by: str


class TemplateVariable(BaseModel):
    name: str
    title: str
