"""Accounts, roles, sessions and the audit log as the administration pages see them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_-]{0,39}$")]
Level = Annotated[int, Field(ge=1, le=9)]


class PersonIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"name": "钱小满", "center_id": "js", "roles": ["agent"], "queues": ["bill"], "skills": {"bill": 5}}
            ]
        }
    )

    name: Name
    center_id: str = Field(max_length=20)
    roles: list[Word] = Field(min_length=1, max_length=10)
    queues: list[Word] = Field(default=[], max_length=50)
    skills: dict[Word, Level] = Field(default={}, max_length=50)
    language: Literal["zh", "en"] = "zh"
    disabled: bool = False
    mobile: Annotated[str, StringConstraints(pattern=r"^[0-9]{0,20}$")] | None = Field(
        default=None,
        description="Where a customer manager is reached outside; null: as it is, empty: nowhere",
    )


class NewPerson(PersonIn):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"agent_no": "8050", "name": "钱小满", "center_id": "js", "roles": ["agent"], "queues": ["bill"]}
            ]
        }
    )

    agent_no: str = Field(pattern=r"^[0-9]{4,6}$")


class PersonOut(BaseModel):
    agent_no: str
    name: str
    center_id: str
    roles: list[str]
    queues: list[str]
    skills: dict[str, int]
    language: str
    disabled: bool
    mobile_masked: str
    created_at: datetime
    second_factor: bool
    password_is_initial: bool
    locked_until: datetime | None


class PersonPage(BaseModel):
    items: list[PersonOut]
    total: int


class InitialPassword(BaseModel):
    """Shown this once; must be changed at the first sign-in."""

    agent_no: str
    password: str


class RoleOut(BaseModel):
    code: str
    title: str
    tiers: str = Field(description="Where it exists: N national, P province, C city")
    permissions: list[str]
    second_factor: bool = Field(description="Signs in with a one-time code besides the password")


class SessionOut(BaseModel):
    id: str
    created_at: datetime
    expires_at: datetime
    ip: str
    stage: str


class NewCenter(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"id": "js-wx", "name": "无锡市客户服务中心", "parent_id": "js"}]}
    )

    id: str = Field(pattern=r"^[a-z][a-z0-9-]{1,19}$")
    name: str = Field(min_length=2, max_length=60)
    parent_id: str = Field(max_length=20)


class CenterName(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"name": "无锡市客户服务中心"}]})

    name: str = Field(min_length=2, max_length=60)


class CenterRow(BaseModel):
    id: str
    name: str
    level: str
    parent_id: str | None
    people: int
    mine: bool = Field(description="May be changed by the asker")


class AuditRow(BaseModel):
    entry_id: int
    at: datetime
    actor: str
    roles: str
    center_id: str
    ip: str
    action: str
    subject: str
    subject_id: str
    reason: str
    result: str
    ticket_no: str
    before_hash: str = Field(description="Digest of what was changed as it was; empty: nothing was")
    after_hash: str
    entry_hash: str


class AuditPage(BaseModel):
    items: list[AuditRow]
    next: int | None = Field(description="Give as `before` for older entries; null at the end")


class AuditCheck(BaseModel):
    entries: int
    first_break: int | None = Field(description="First entry that was changed, or whose predecessor is gone")
