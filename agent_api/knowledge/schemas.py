"""Articles as the desk sends and sees them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from agent_api.knowledge.lifecycle import Act, Standing

Language = Literal["zh", "en"]
Text = Annotated[str, StringConstraints(strip_whitespace=True)]
Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20)]


class WordingIn(BaseModel):
    """What a version says."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "title": "停机保号的办理与费用",
                    "body": "每月保号费5元，最长可连续办理六个月。",
                    "spoken": "",
                    "keywords": ["停机保号", "暂停使用"],
                    "public": True,
                    "valid_from": None,
                    "valid_until": None,
                }
            ]
        }
    )

    title: Text = Field(min_length=1, max_length=120)
    body: Text = Field(min_length=1, max_length=8000)
    spoken: Text = Field(default="", max_length=500, description="Read aloud by the voice menu; empty: the body")
    keywords: list[Word] = Field(default_factory=list, max_length=20)
    public: bool = Field(default=True, description="May be sent to customers")
    valid_from: AwareDatetime | None = Field(default=None, description="Released then; null: when it is approved")
    valid_until: AwareDatetime | None = None


class ArticleIn(WordingIn):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "center": "js",
                    "language": "zh",
                    "category": "移动业务",
                    "title": "停机保号的办理与费用",
                    "body": "每月保号费5元，最长可连续办理六个月。",
                    "keywords": ["停机保号"],
                }
            ]
        }
    )

    center: str = Field(max_length=20)
    language: Language = "zh"
    category: Text = Field(min_length=1, max_length=40)
    topic: str = Field(default="", pattern=r"^([a-z][a-z_]{0,39})?$", description="Spoken by the voice menu")
    stands_in_for: str = Field(default="", max_length=36, description="Article of a centre above")
    request_id: str = Field(default="", max_length=36, description="The request it is written for")


class ArticleAct(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"event": "approve", "remark": ""}]})

    event: Act
    remark: Text = Field(default="", max_length=500)


class VersionOut(BaseModel):
    version: int
    standing: Standing
    title: str
    body: str
    spoken: str
    keywords: list[str]
    public: bool
    valid_from: datetime | None
    valid_until: datetime | None
    prompt: str
    author: str
    reviewer: str
    remark: str
    created_at: datetime
    changed_at: datetime


class ArticleRowOut(BaseModel):
    article_id: str
    center: str
    language: Language
    category: str
    topic: str
    stands_in_for: str
    title: str
    version: int = Field(description="The newest")
    standing: Standing = Field(description="Of the newest version")
    current: int | None = Field(description="The version in force")
    changed_at: datetime


class ArticleOut(ArticleRowOut):
    versions: list[VersionOut] = Field(description="Newest first; staff who do not edit see the one in force only")
    uses: dict[str, int] = Field(description="How often it was copied, sent, answered, helpful, unhelpful")
    may_write: bool
    may_approve: bool


class HitOut(BaseModel):
    article_id: str
    title: str
    snippet: str
    score: float = Field(description="Share of the question the article has, 0 to 1")
    category: str
    center: str
    public: bool


class ShelfOut(BaseModel):
    """What lies ready before anybody has searched."""

    used: list[HitOut] = Field(description="Most often of use in the last thirty days")
    new: list[HitOut] = Field(description="Released last")


class UseIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"kind": "helpful", "call_id": "", "comment": ""}]})

    kind: Literal["copied", "helpful", "unhelpful"]
    call_id: str = Field(default="", max_length=64)
    comment: Text = Field(default="", max_length=200)


class SendIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"channel": "sms", "call_id": "n1-1763764000.12"}]})

    channel: Literal["sms", "email", "fax", "post"]
    call_id: str = Field(default="", max_length=64)
    customer_id: str = Field(default="", max_length=40)
    fax_number: str = Field(default="", pattern=r"^([0-9]{3,15})?$", repr=False)


class SentOut(BaseModel):
    message_id: str


class AnswerIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"call_id": "n1-1763764000.12", "question": "停机保号怎么办理"}]}
    )

    ticket_no: str = Field(default="", max_length=20, description="An open consultation; empty: a new one of the call")
    call_id: str = Field(default="", max_length=64)
    customer_id: str = Field(default="", max_length=40)
    question: Text = Field(default="", max_length=200)
    reason_code: str = Field(default="", max_length=40)


class AnsweredOut(BaseModel):
    ticket_no: str


class RequestIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"question": "卫星电话业务怎么开通", "reason_code": "C.SERVICE.1"}]}
    )

    question: Text = Field(min_length=2, max_length=200)
    reason_code: str = Field(default="", max_length=40)
    call_id: str = Field(default="", max_length=64)
    customer_id: str = Field(default="", max_length=40)
    as_ticket: bool = Field(default=False, description="Also open a consultation: the customer wants an answer")


class RequestClose(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"article_id": "", "reason": "不属于本公司业务"}]})

    article_id: str = Field(default="", max_length=36)
    reason: Text = Field(default="", max_length=200)


class RequestOut(BaseModel):
    request_id: str
    center: str
    question: str
    reason_code: str
    asked: int
    state: Literal["open", "answered", "declined"]
    article_id: str
    ticket_nos: list[str]
    first_asked_at: datetime
    last_asked_at: datetime
    closed_by: str


class SynonymsIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"words": ["停机保号", "保号"]}]})

    words: list[Word] = Field(min_length=2, max_length=20)


class SynonymsOut(BaseModel):
    group_id: str = Field(description="Empty for those that come with the product")
    words: list[str]
    changed_by: str
