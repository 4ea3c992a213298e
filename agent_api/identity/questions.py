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
