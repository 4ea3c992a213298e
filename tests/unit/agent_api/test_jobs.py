"""Work that comes round by itself goes on, whatever happens to one round."""

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from agent_api.errors import Unavailable
from agent_api.jobs import Job

pytestmark = pytest.mark.unit


async def test_a_round_that_fails_is_logged_and_the_next_one_comes() -> None:
    rounds = 0
    done = asyncio.Event()

    async def work() -> None:
        nonlocal rounds
        rounds += 1
        if rounds == 1:
            raise ValueError("13900000001")
        if rounds == 2:
            raise Unavailable("database")
        done.set()

    with capture_logs() as logs:
        running = asyncio.create_task(Job("test", timedelta(0), work).run())
        async with asyncio.timeout(5):
            await done.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
    assert [(entry["log_level"], entry["event"]) for entry in logs[:2]] == [
        ("error", "a job failed"),
        ("warning", "a job waits for something it needs"),
    ]


async def test_a_job_may_wait_for_its_time_first() -> None:
    done = asyncio.Event()

    async def work() -> None:
        done.set()

    late = asyncio.create_task(Job("late", timedelta(hours=1), work, at_once=False).run())
    await asyncio.sleep(0)
    assert not done.is_set()
    soon = asyncio.create_task(Job("soon", timedelta(milliseconds=1), work, at_once=False).run())
    async with asyncio.timeout(5):
        await done.wait()
    for each in (late, soon):
        each.cancel()
    await asyncio.gather(late, soon, return_exceptions=True)
