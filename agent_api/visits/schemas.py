"""Visits as the desk sees them. Numbers are masked; the one who calls gets it by an act of its own."""

from datetime import datetime

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from agent_api.visits.flow import Outcome, State


class VisitRuleOut(BaseModel):
    id: str
    title: str
    subject: str
    when: str = Field(description="callback: before the ticket is closed; closed: after; plan: for a list")
    share: int = Field(description="Per cent of the finished matters")
    hours: int
    questions: list[str]
    dissatisfied: str = Field(description="return, reopen or complaint")


class VisitAttemptOut(BaseModel):
    seq: int
    at: datetime
    agent_no: str
    outcome: str
    comment: str
    next_at: datetime | None
    call_id: str | None


class VisitOut(BaseModel):
    visit_no: str
    rule_id: str
    rule_title: str
    subject_kind: str
    subject_no: str
    title: str
    customer_id: str | None
    contact_masked: str
    center_id: str
    first_owner: str
    priority: int
    state: State
    result: str = Field(description="satisfied, neutral, dissatisfied, refused, unreached; empty while it is open")
    agent_no: str
    attempts: int
    planned_at: datetime
    next_at: datetime
    due_at: datetime
    overdue: bool
    closed_at: datetime | None
    answers: dict[str, str]
    follow_up: str


class VisitDetail(VisitOut):
    history: list[VisitAttemptOut]
    questions: list[str]


class VisitPage(BaseModel):
    items: list[VisitOut]
    total: int


class VisitNumberOut(BaseModel):
    number: str = Field(description="For the telephone of whoever has taken the visit")


class VisitResult(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {"outcome": "satisfied", "answers": {"处理结果是否认可": "认可"}},
                {"outcome": "later", "next_at": "2026-11-19T02:00:00Z"},
            ]
        }
    )

    outcome: Outcome
    comment: str = Field(default="", max_length=500)
    answers: dict[str, str] = Field(default_factory=dict, max_length=20)
    next_at: AwareDatetime | None = Field(default=None, description="When to try again; else by the rule")


class VisitCancel(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "客户已到营业厅说明"}]})

    reason: str = Field(min_length=1, max_length=200)


class VisitPlanIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"title": "十一月新入网回访", "rule_id": "new-customer", "customer_ids": ["C000001"]}]
        }
    )

    title: str = Field(min_length=1, max_length=100)
    rule_id: str = Field(max_length=40)
    customer_ids: list[str] = Field(min_length=1, max_length=5000)
    due_at: AwareDatetime | None = None


class VisitPlanOut(BaseModel):
    plan_id: str
    title: str
    rule_id: str
    center_id: str
    created_by: str
    created_at: datetime
    due_at: datetime
    left_out: dict[str, str] = Field(description="Customers not visited: unknown, no_consent, no_number")


class VisitPlanAdded(VisitPlanOut):
    visits: int


class VisitFigureOut(BaseModel):
    rule_id: str
    rule_title: str
    center_id: str
    planned: int
    open: int
    done: int
    reached: int
    satisfied: int
    neutral: int
    dissatisfied: int
    refused: int
    unreached: int
    overdue: int
    done_share: float | None = Field(description="K23: done of all that were planned and not cancelled")
    satisfied_share: float | None = Field(description="K23: satisfied of the reached")
