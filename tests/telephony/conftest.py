"""Callers for the journeys."""

from collections.abc import Iterator

import pytest

from tests.support.facts import ordinary_numbers
from tests.support.stack import Line


@pytest.fixture(scope="session")
def callers(line: Line) -> Iterator[str]:
    """`next(callers)`: an ordinary subscriber's mobile number no other test of this run has used."""
    return iter(ordinary_numbers(line))
