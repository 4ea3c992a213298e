"""The table of queues as the desk reads and writes it."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from acd.contracts.routing import RoutingTable


class RoutingProblem(BaseModel):
    """`field` is the place in the queue's rule, `queue` empty for the whole table."""

    queue: str
    field: str
    code: str
    message: str = Field(description="In the reader's language")
    severity: Literal["error", "warning"]


class RoutingVersionOut(BaseModel):
    version: int
    author: str
    note: str
    at: datetime | None = Field(description="Null for version 0, the shipped table")
    state: Literal["live", "retired"]


class RoutingOut(BaseModel):
    live: int
    in_force: int | None = Field(description="What the ACD said it works with; null when it has not said yet")
    table: RoutingTable
    versions: list[RoutingVersionOut] = Field(description="Latest first")
    problems: list[RoutingProblem]


class RoutingIn(BaseModel):
    """The whole table. Its `version` and `parents` are the server's to fill in."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "based_on": 0,
                    "note": "增加话费队列溢出",
                    "table": {
                        "queues": [
                            {"name": "general", "title": "综合服务"},
                            {
                                "name": "bill",
                                "title": "话费业务",
                                "skills": [{"skill": "bill", "level": 3}],
                                "overflows": [{"to_queue": "general", "after_seconds": 30}],
                            },
                        ]
                    },
                }
            ]
        }
    )

    based_on: int = Field(ge=0)
    """The live version the change was made to."""
    table: RoutingTable
    note: str = Field(default="", max_length=200)


class RoutingCheck(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={"examples": [{"table": {"queues": [{"name": "general", "title": "综合服务"}]}}]}
    )

    table: RoutingTable


class RoutingProblems(BaseModel):
    problems: list[RoutingProblem]
