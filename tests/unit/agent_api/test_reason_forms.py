"""Forms of contact reasons: each kind of field, and what keeps a tree from being published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from agent_api.reasons.forms import checked
from agent_api.reasons.shipped import shipped_tree
from agent_api.reasons.tree import Branch, FieldKind, FormField, Leaf, Reason, leaf_of, leaves, problems

pytestmark = pytest.mark.unit


def field(kind: FieldKind, required: bool = False) -> FormField:
    return FormField(name="x", title="某项", kind=kind, required=required, choices=("甲", "乙"))


@pytest.mark.parametrize(
    ("kind", "given_", "kept"),
    [
        ("text", " 三楼 ", "三楼"),
        ("text", "长" * 501, None),
        ("number", "-12.5", "-12.5"),
        ("number", "1e3", None),
        ("amount", "12", "12.00"),
        ("amount", "12.345", None),
        ("amount", "-1", None),
        ("amount", "NaN", None),
        ("date", "2026-11-18", "2026-11-18"),
        ("date", "2026-02-30", None),
        ("choice", "甲", "甲"),
        ("choice", "丙", None),
        ("phone", "025-88880001", "025-88880001"),
        ("phone", "没有", None),
    ],
)
def test_each_kind_of_field(kind: FieldKind, given_: str, kept: str | None) -> None:
    values, wrong = checked([field(kind)], {"x": given_})
    assert values == ({} if kept is None else {"x": kept})
    assert wrong == ({"x": kind} if kept is None else {})


def test_required_and_unknown_fields() -> None:
    assert checked([field("text", required=True)], {"y": "1"}) == ({}, {"y": "unknown", "x": "required"})
    assert checked([field("date")], {"x": " "}) == ({}, {})


@given(st.sampled_from(["text", "number", "amount", "date", "choice", "phone"]), st.text(max_size=40))
def test_what_is_kept_is_kept_again(kind: FieldKind, text: str) -> None:
    values, _ = checked([field(kind)], {"x": text})
    assert checked([field(kind)], values) == (values, {})


def tree(*leaves_: Leaf) -> list[Reason]:
    return [Reason(code="T", title="投诉", children=(Branch(code="T.A", title="甲", children=leaves_),))]


def test_what_is_wrong_with_a_tree() -> None:
    assert problems(tree(Leaf(code="T.A.1", title="乙"))) == []
    fields = FormField(name="x", title="甲"), FormField(name="x", title="乙", kind="choice")
    bad = tree(Leaf(code="T.A.1", title="乙", fields=fields), Leaf(code="T.A", title="丙"))
    found = {(each.code, each.problem) for each in problems(bad)}
    assert found == {("T.A", "repeated_code"), ("T.A.1", "repeated_field"), ("T.A.1", "no_choices")}


@pytest.mark.parametrize("children", [[], [{"code": "T.A", "title": "甲", "children": []}]])
def test_every_branch_ends_in_leaves(children: list[object]) -> None:
    with pytest.raises(ValidationError):
        Reason.model_validate({"code": "T", "title": "投诉", "children": children})


def test_the_shipped_leaves_say_what_they_open() -> None:
    assert all(leaf.ticket_type is not None and leaf.words for _, leaf in leaves(shipped_tree()))
    leaf = leaf_of(shipped_tree(), "T.CHARGE.2")
    assert leaf is not None
    assert [each.name for each in leaf.fields] == ["month", "amount", "charge_item", "wish"]
