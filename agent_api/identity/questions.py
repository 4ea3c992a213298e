"""The voice menu's questions about proof. What was keyed is in no error, log or text of these models."""

from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Number: TypeAlias = Annotated[str, Field(max_length=32)]
Secret: TypeAlias = Annotated[str, Field(max_length=16, repr=False)]
IdLast6: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[0-9*xX]{1,6}$"), Field(repr=False)]


class VerifyQuestion(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"number": "13900000001", "password": "135790"}]})

    number: Number
    password: Secret


class VerifyAnswer(BaseModel):
    result: Literal["pass", "fail", "locked", "unknown"]
    attempts_left: int
    customer_id: str | None
    initial: bool = Field(description="Still the password the line came with: it proves level 1 only")


class VerifyIdQuestion(BaseModel):
    number: Number
    id_last6: IdLast6 = Field(description="`*` stands for X")


class CheckAnswer(BaseModel):
    result: Literal["pass", "fail", "locked", "unknown"]


class SmsCodeQuestion(BaseModel):
    number: Number


class SmsCodeAnswer(BaseModel):
    result: Literal["sent", "limit", "unknown"]


class VerifyCodeQuestion(BaseModel):
    number: Number
    code: Secret


class ChangeQuestion(BaseModel):
    number: Number
    old: Secret
    new: Secret


class ResetQuestion(BaseModel):
    number: Number
    code: Secret
    id_last6: IdLast6
    new: Secret


class ChangeAnswer(BaseModel):
    result: Literal["ok", "fail", "locked", "weak", "refused"]


class ReminderQuestion(BaseModel):
    number: Number
    on: bool


class ReminderAnswer(BaseModel):
    result: Literal["ok", "unknown"]
