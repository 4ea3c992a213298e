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
    model_config = ConfigDict(json_schema_extra={"examples": [{"number": "13900000001", "id_last6": "08123*"}]})

    number: Number
    id_last6: IdLast6 = Field(description="`*` stands for X")


class CheckAnswer(BaseModel):
    result: Literal["pass", "fail", "locked", "unknown"]


class SmsCodeQuestion(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"number": "13900000001"}]})

    number: Number


class SmsCodeAnswer(BaseModel):
    result: Literal["sent", "limit", "unknown"]


class VerifyCodeQuestion(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"number": "13900000001", "code": "482915"}]})

    number: Number
    code: Secret


class ChangeQuestion(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"number": "13900000001", "old": "135790", "new": "802571"}]}
    )

    number: Number
    old: Secret
    new: Secret


class ResetQuestion(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"number": "13900000001", "code": "482915", "id_last6": "081234", "new": "802571"}]
        }
    )

    number: Number
    code: Secret
    id_last6: IdLast6
    new: Secret


class ChangeAnswer(BaseModel):
    result: Literal["ok", "fail", "locked", "weak", "refused"]


class ReminderQuestion(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"number": "13900000001", "on": True}]})

    number: Number
    on: bool


class ReminderAnswer(BaseModel):
    result: Literal["ok", "unknown"]


class TripQuestion(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"call_id": "n1-1763764000.12", "number": "13900000001", "result": "pass"}]}
    )

    call_id: str = Field(max_length=64)
    number: Number
    result: Literal["pass", "fail", "locked"]


class TripAnswer(BaseModel):
    result: Literal["ok"] = "ok"
