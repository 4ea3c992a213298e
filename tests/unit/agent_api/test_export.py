"""Exports: no cell is taken for a formula, Chinese text survives."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from agent_api.stats.export import as_csv, as_xlsx, safe

pytestmark = pytest.mark.unit

EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", " =HYPERLINK()", "\t=1", "\r=1"]


@pytest.mark.parametrize("text", EVIL)
def test_formulas_become_text(text: str) -> None:
    assert str(safe(text)).startswith("'")


@given(st.text(max_size=30))
def test_no_text_starts_like_a_formula(text: str) -> None:
    written = safe(text)
    assert isinstance(written, str)
    assert not written.lstrip().startswith(("=", "+", "-", "@"))


def test_numbers_stay_numbers() -> None:
    assert [safe(value) for value in (-1, 2.5, None)] == [-1, 2.5, None]


def test_csv_opens_as_chinese() -> None:
    content = as_csv(("时段", "来电"), [("2026-11-18 10:00", 3), ("=1+1", None)])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").splitlines() == ["时段,来电", "2026-11-18 10:00,3", "'=1+1,"]


def test_xlsx_holds_text_not_formulas() -> None:
    content = as_xlsx({"时段": (("文字", "数"), [(text, index) for index, text in enumerate(EVIL[:4])])})
    sheet = load_workbook(io.BytesIO(content))["时段"]
    for row, (text, number) in enumerate(sheet.iter_rows(min_row=2, values_only=True)):
        assert text == f"'{EVIL[row]}"
        assert number == row
    assert all(cell.data_type == "s" for cell in sheet["A"])
