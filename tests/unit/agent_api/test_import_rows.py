"""Tables into rows, rows into records or reasons, and sheets that a spreadsheet does not run."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from agent_api.customer_import import rows
from agent_api.customer_import.reading import FORMULA, read
from agent_api.customer_import.sheet import error_sheet, safe
from agent_api.errors import Refused

pytestmark = pytest.mark.unit

CENTERS = {"js": "js", "江苏省客户服务中心": "js"}
HEADER = ("外部编号", "姓名", "联系电话", "归属中心", "业务类型", "业务号码", "备注")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_of_every_kind(encoding: str, separator: str) -> None:
    text = separator.join(("外部编号", "姓名")) + "\r\n" + separator.join(("A1", "欧阳锋")) + "\r\n\r\n"
    table = read("客户.csv", text.encode(encoding))
    assert (table.header, table.rows) == (("外部编号", "姓名"), (("A1", "欧阳锋"),))


def test_xlsx_with_numbers_dates_and_a_formula() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["external_id", "name", "phone", "birth_date"])
    sheet.append([10001, "张三", 13900000001, date(1990, 1, 2)])
    sheet.append(["A2", "=1+1", "", None])
    out = io.BytesIO()
    book.save(out)
    table = read("customers.xlsx", out.getvalue())
    assert table.rows == (("10001", "张三", "13900000001", "1990-01-02"), ("A2", FORMULA, "", ""))
    columns = rows.columns_of(table.header)
    assert rows.check(table.rows[1], columns, CENTERS).reasons == ["姓名:不能是公式"]


@pytest.mark.parametrize("content", [b"", b"\n\n", b"PK\x03\x04nonsense", b"\xff\xfe\xff\xff\xff"])
def test_what_is_no_table_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        read("x.csv", content)


def test_a_good_row_becomes_a_record() -> None:
    columns = rows.columns_of(HEADER)
    cells = ("A1", " 欧阳锋 ", "+86 139-0000-0001", "江苏省客户服务中心", "市话业务", "02581234567", "不认识的列")
    checked = rows.check(cells, columns, CENTERS)
    assert checked.reasons == []
    assert checked.record is not None
    assert checked.record.external_id == "A1"
    assert checked.record.customer == {"name": "欧阳锋", "contact_number": "13900000001", "center_id": "js"}
    assert checked.record.line == {"product_type": "LOCAL", "number": "02581234567"}


def test_every_reason_of_a_row_is_told() -> None:
    columns = rows.columns_of(HEADER)
    checked = rows.check(("", "张" * 61, "没有", "火星", "电报", "12", ""), columns, CENTERS)
    assert checked.record is None
    assert checked.reasons == [
        "姓名:超过60个字符",
        "联系电话:不是电话号码",
        "归属中心:没有这个中心",
        "业务类型:" + next(each for each in checked.reasons if "业务类型" in each).removeprefix("业务类型:"),
        "业务号码:应为3至20位数字",
        "外部编号:必填",
    ]


def test_columns_are_known_by_both_names_and_the_needed_ones_are_asked_for() -> None:
    assert rows.columns_of(("External_ID", "客户名称", "Phone")) == {0: "external_id", 1: "name", 2: "contact_number"}
    assert rows.missing_columns(rows.columns_of(("phone",))) == ["外部编号", "姓名"]


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_an_error_sheet_never_runs_and_loses_nothing(cells: list[str]) -> None:
    sheet = error_sheet([f"c{place}" for place in range(len(cells))], [{"row": 2, "reasons": ["=x"], "cells": cells}])
    found = list(csv.reader(io.StringIO(sheet.decode("utf-8-sig"), newline="")))[1]
    assert all(not cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in found)
    assert [cell.removeprefix("'") for cell in found[:-2]] == [safe(cell).removeprefix("'") for cell in cells]


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        table = read("x", content)
    except Refused:
        return
    assert all(len(row) == len(table.header) for row in table.rows)
