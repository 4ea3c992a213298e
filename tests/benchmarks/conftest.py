"""What the benchmarks share: queues without wrap-up, and the line with the benchmark's own dialplan in it."""

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.benchmarks.instruments.machine import favour
from tests.benchmarks.instruments.scene import Scene, furnished
from tests.support.stack import Line

QUEUES = Path(__file__).parents[2] / "acd" / "queues.toml"


@pytest.fixture(scope="session", autouse=True)
def queues_without_wrap_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """An agent is free at the moment of hanging up. Set before the fixture `line` starts the ACD, hence autouse."""
    path = tmp_path_factory.mktemp("queues") / "queues.toml"
    path.write_text(QUEUES.read_text().replace("[[queue]]", "[[queue]]\nwrap_up_seconds = 0"))
    os.environ["ACD_QUEUES_FILE"] = str(path)
    yield
    del os.environ["ACD_QUEUES_FILE"]


@pytest.fixture(scope="session")
def answers_can_be_spoiled() -> bool:
    return False


@pytest.fixture(scope="session")
def scene(line: Line) -> Scene:
    favour([os.getpid(), line.outside.pid, *(process.pid for process in line.processes.values())])
    return asyncio.run(furnished(line))
