"""Masking keeps what lists may show and nothing more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_api.masking import mask_address, mask_email, mask_name, mask_number

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("王小明", "王**"),
        ("欧阳锋", "欧阳*"),
        ("欧阳", "欧*"),
        ("李", "李*"),
        ("Jane Doe", "J***"),
        ("", ""),
    ],
)
def test_names(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812345678", "138****5678"),
        ("02583312345", "025****2345"),
        ("83312345", "****2345"),
        ("10010", "****"),
        ("", ""),
    ],
)
def test_numbers(number: str, masked: str) -> None:
    assert mask_number(number) == masked


@given(st.text(alphabet="0123456789", min_size=7, max_size=20))
def test_a_masked_number_never_shows_its_middle(number: str) -> None:
    shown = mask_number(number).replace("*", "")
    assert len(shown) <= len(number) - 3
    assert number.endswith(shown[-4:])


@given(st.text(st.characters(exclude_characters="*"), min_size=2, max_size=20).filter(str.strip))
def test_a_masked_name_hides_something(name: str) -> None:
    assert "*" in mask_name(name)
    assert name.strip()[-1] not in mask_name(name)[2:]


def test_other_fields() -> None:
    assert mask_email("anna@x.cn") == "a***@x.cn"
    assert mask_email("broken") == ""
    assert mask_address("江苏省南京市玄武区示例路8号") == "江苏省南京市玄武区***"
    assert mask_address("昆山市示例路8号") == "昆山市***"
