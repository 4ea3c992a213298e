"""The table of what roles may do, and its versions, as administrators and auditors see them."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=200)]
Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]{0,39}$")]


class RoleCell(BaseModel):
    """A centre's own word on one cell."""

    role: Word
    permission: Word
    may: bool


class RoleColumn(BaseModel):
    code: str
    title: str
    tiers: str = Field(description="Where it exists: N national, P province, C city")
    may: list[str] = Field(description="In force at the centre")
    above: list[str] = Field(description="As it would be without the centre's own word")
    fixed: list[str] = Field(description="Permissions nobody can give to or take from this role")
    people: int = Field(description="Accounts with this role at the centre and below")


class RoleMatrix(BaseModel):
    center: str
    version: int = Field(description="The centre's own in force; 0: it has none")
    permissions: list[str]
    roles: list[RoleColumn]
    cells: list[RoleCell]


class RoleChange(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "cells": [{"role": "agent", "permission": "customer.unmask", "may": False}],
                    "reason": "省公司要求座席不查看完整号码",
                    "based_on": 0,
                }
            ]
        }
    )

    cells: list[RoleCell] = Field(max_length=500, description="All of the centre's own, not only the new ones")
    reason: Words
    based_on: int = Field(ge=0, description="`version` of the table it was made from")


class RoleRemark(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"remark": "范围过大"}]})

    remark: Words


class RoleVersionOut(BaseModel):
    center_id: str
    version: int
    cells: list[RoleCell]
    reason: str
    state: Literal["proposed", "in_force", "replaced", "refused"]
    author: str
    made_at: datetime
    decided_by: str
    decided_at: datetime | None
    remark: str
