"""Everything the process does by itself, once, on the demo data."""

from pathlib import Path

import pytest

from agent_api import housekeeping
from tests.component.agent_api.harness import desk_on

pytestmark = pytest.mark.component


async def test_every_job_runs(demo_database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOTLINE_HOME", str(tmp_path))
    async with desk_on(demo_database) as desk:
        jobs = housekeeping.jobs(desk.context)
        for job in jobs:
            await job.work()
        assert len({job.name for job in jobs}) == len(jobs)
