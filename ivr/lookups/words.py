"""What answers are made of: amounts and months that can be spoken."""

from decimal import Decimal
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

Yuan: TypeAlias = Annotated[Decimal, Field(max_digits=14, decimal_places=2, allow_inf_nan=False)]
"""Whole fen."""
MonthText: TypeAlias = Annotated[str, Field(pattern=r"^([0-9]{4}-(0[1-9]|1[0-2]))?$")]
NumberText: TypeAlias = Annotated[str, Field(pattern=r"^([A-Z]{0,4}[0-9]{4,20})?$")]
"""A ticket's or an order's number."""
Left: TypeAlias = Annotated[int, Field(ge=0, lt=10**9)]
Product: TypeAlias = Literal["mobile", "ip", "internet", "long_distance", "paging", "local"]


def digits_of(number: str) -> str:
    """The part of a reference number that is spoken and keyed: YW20261122000012 -> 20261122000012."""
    return "".join(character for character in number if character.isdigit())


def complete(answer: object, *names: str) -> None:
    """For __post_init__: an "ok" that lacks what it promises is nonsense."""
    if getattr(answer, "result", "") == "ok" and not all(getattr(answer, name) for name in names):
        raise ValueError(f"an answer of ok lacks one of {', '.join(names)}")
