"""ivr and agent_api do not know each other: their question-and-answer shapes are compared here."""

import dataclasses
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter

from agent_api.campaigns.schemas import ScriptAnswer
from agent_api.customers.schemas import BillAnswer, CallerAnswer, VerifyAnswer
from ivr.ports import Bill, Caller, DunningScript, Verification

pytestmark = pytest.mark.contract

PAIRS: list[tuple[type[BaseModel], type[Any]]] = [
    (CallerAnswer, Caller),
    (VerifyAnswer, Verification),
    (BillAnswer, Bill),
    (ScriptAnswer, DunningScript),
]
AMOUNT = st.decimals(0, 10**6, places=2).map(lambda amount: f"{amount:.2f}")
MONTH = st.sampled_from(["2026-01", "2026-12"])


@pytest.mark.parametrize(("answer", "value"), PAIRS)
def test_the_menu_reads_only_what_is_answered(answer: type[BaseModel], value: type[Any]) -> None:
    assert {field.name for field in dataclasses.fields(value)} <= set(answer.model_fields)


@pytest.mark.parametrize(
    ("answer", "value"),
    [
        (CallerAnswer(known=False), Caller),
        (CallerAnswer(known=True, customer_id="C1", level="vip", own_number="13900000001"), Caller),
        (VerifyAnswer(result="locked", attempts_left=0, customer_id=None), Verification),
        (BillAnswer(result="down"), Bill),
        (BillAnswer(result="no_data"), Bill),
        (ScriptAnswer(state="unknown"), DunningScript),
        (ScriptAnswer(state="paid", last4="3068"), DunningScript),
    ],
)
def test_answers_without_figures_are_understood(answer: BaseModel, value: type[Any]) -> None:
    assert isinstance(TypeAdapter(value).validate_json(answer.model_dump_json()), value)


@given(month=MONTH, total=AMOUNT, balance=AMOUNT, arrears=AMOUNT)
def test_every_bill_is_understood(month: str, total: str, balance: str, arrears: str) -> None:
    answer = BillAnswer(result="ok", month=month, total=total, balance=balance, arrears=arrears)
    bill = TypeAdapter(Bill).validate_json(answer.model_dump_json())
    assert (f"{bill.total:.2f}", f"{bill.balance:.2f}", f"{bill.arrears:.2f}") == (total, balance, arrears)


@given(month=MONTH, owed=AMOUNT)
def test_every_debt_is_understood(month: str, owed: str) -> None:
    answer = ScriptAnswer(state="open", last4="3068", month=month, owed=owed)
    assert f"{TypeAdapter(DunningScript).validate_json(answer.model_dump_json()).owed:.2f}" == owed
