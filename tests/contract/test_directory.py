"""ivr and agent_api do not know each other: every question of the menu is compared with the place that answers it."""

import dataclasses
import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any, TypeAlias, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, TypeAdapter

import ivr.lookups
from agent_api.app import create_app
from agent_api.campaigns.schemas import ScriptAnswer
from agent_api.customers.questions import BillAnswer, CallerAnswer, PartOut
from agent_api.settings import Settings
from ivr.lookups.accounts import Bill
from ivr.lookups.callers import Caller
from ivr.lookups.dunning import DunningScript
from ivr.steps import LookUp

pytestmark = pytest.mark.contract

Json: TypeAlias = dict[str, Any]
AMOUNT = st.decimals(0, 10**6, places=2).map(lambda amount: f"{amount:.2f}")
MONTH = st.sampled_from(["2026-01", "2026-12"])


def questions() -> Iterator[type[LookUp[Any]]]:
    for module in pkgutil.iter_modules(ivr.lookups.__path__, "ivr.lookups."):
        for found in vars(importlib.import_module(module.name)).values():
            if isinstance(found, type) and issubclass(found, LookUp) and found is not LookUp:
                yield found


QUESTIONS = sorted(set(questions()), key=lambda kind: kind.path)


@pytest.fixture(scope="module")
def document() -> Json:
    settings = Settings(service_token=SecretStr("only-to-read-the-document"), database_url="sqlite+aiosqlite://")
    return create_app(settings).openapi()


def served(question: type[LookUp[Any]], document: Json) -> tuple[Json, Json]:
    """The schemas of body and answer at the question's place."""
    place = document["paths"][f"/internal/v1/{question.path}"]
    body, answer = place["post"]["requestBody"], place["post"]["responses"]["200"]
    return _schema(body, document), _schema(answer, document)


def _schema(content: Json, document: Json) -> Json:
    name = content["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
    found: Json = document["components"]["schemas"][name]
    return found


def answer_of(question: type[LookUp[Any]]) -> type[Any]:
    base: Any = question.__dict__["__orig_bases__"][0]
    return get_args(base)[0]  # type: ignore[no-any-return]


def words(schema: Json) -> set[str]:
    """Of a closed set; empty for anything else."""
    return set(schema.get("enum", [schema["const"]] if "const" in schema else []))


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda kind: kind.path)
def test_a_question_is_what_its_place_asks_for(question: type[LookUp[Any]], document: Json) -> None:
    body, _ = served(question, document)
    sent = {field.name for field in dataclasses.fields(question)}  # type: ignore[arg-type]  # each is a dataclass
    assert sent <= set(body["properties"])
    assert set(body.get("required", [])) <= sent


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda kind: kind.path)
def test_an_answer_is_understood_in_each_of_its_results(question: type[LookUp[Any]], document: Json) -> None:
    _, answer = served(question, document)
    mine = TypeAdapter(answer_of(question)).json_schema()["properties"]
    assert set(mine) <= set(answer["properties"])
    for name in {"result", "state"} & set(mine):
        assert words(answer["properties"][name]) <= words(mine[name]) or not words(mine[name])


def test_a_stranger_is_understood() -> None:
    stranger = CallerAnswer(result="unknown", known=False)
    assert TypeAdapter(Caller).validate_json(stranger.model_dump_json()) == Caller()


@given(month=MONTH, amounts=st.lists(AMOUNT, min_size=1, max_size=7))
def test_every_bill_is_understood(month: str, amounts: list[str]) -> None:
    parts = [PartOut(kind="data", amount=amount) for amount in amounts]
    answer = BillAnswer(result="ok", month=month, total=amounts[0], parts=parts)
    bill = TypeAdapter(Bill).validate_json(answer.model_dump_json())
    assert [f"{part.amount:.2f}" for part in bill.parts] == amounts
    assert f"{bill.total:.2f}" == amounts[0]


@given(month=MONTH, owed=AMOUNT)
def test_every_debt_is_understood(month: str, owed: str) -> None:
    answer = ScriptAnswer(state="open", last4="3068", month=month, owed=owed)
    assert f"{TypeAdapter(DunningScript).validate_json(answer.model_dump_json()).owed:.2f}" == owed
