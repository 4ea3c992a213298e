"""How much work a decision is, counted in executed lines: ten times the floor must not be ten times the work."""

import sys
from collections.abc import Callable
from dataclasses import replace
from types import FrameType
from typing import Any

import pytest

from tests.support.crowd import QUEUES, CrowdedFloor

pytestmark = pytest.mark.unit

ROUTING = "/acd/core/routing/"


def lines_of(work: Callable[[], object]) -> int:
    """Lines of the routing package executed by the work."""
    count = 0

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        if ROUTING not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def work_on(floor: CrowdedFloor) -> int:
    """The median over a few callers who come, are served, and whose agents become ready again."""
    counts = []
    for number in range(31):
        floor.tick()

        def come_and_go(queue: int = number % 5) -> None:
            floor.come(QUEUES[5 + queue], waited=40)
            decision = floor.decide()
            assert decision is not None
            floor.seat(replace(decision.choice.agent, since=floor.now, idle_since=floor.now), free=True)
            assert floor.decide() is None

        counts.append(lines_of(come_and_go))
    return sorted(counts)[len(counts) // 2]


def test_ten_times_the_floor_is_hardly_more_work() -> None:
    small, large = work_on(CrowdedFloor(200, 200)), work_on(CrowdedFloor(2000, 2000))
    assert small > 100  # something was counted
    assert large < 2 * small
