"""Every test here that uses a database runs on SQLite and on PostgreSQL."""

from collections.abc import AsyncIterator
from random import Random

import pytest

from agent_api.exchange.settings import ExchangeSettings
from tests.component.agent_api.acd_double import AcdDouble, acd_double
from tests.component.agent_api.harness import Databases, Desk, desk_on
from tests.component.agent_api.recorded_calls import plain_desk
from tests.support.installations import Clock, World
from tests.support.mosquitto import Mosquitto, mosquitto
from tests.support.postgres import Postgres, postgres

__all__ = ["mosquitto", "plain_desk", "postgres"]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    cluster: Postgres | None = None
    if request.param == "postgresql":
        cluster = request.getfixturevalue("postgres")
    return Databases(request.param, tmp_path_factory.mktemp("databases"), cluster)


@pytest.fixture
def empty_database(databases: Databases) -> str:
    return databases.new("empty")


@pytest.fixture
def demo_database(databases: Databases) -> str:
    return databases.new("demo")


@pytest.fixture
async def desk(demo_database: str) -> AsyncIterator[Desk]:
    """The application on the demo data, at noon."""
    async with desk_on(demo_database) as running:
        yield running


@pytest.fixture
async def acd(mosquitto: Mosquitto) -> AsyncIterator[AcdDouble]:
    async with acd_double(mosquitto.settings) as double:
        yield double


@pytest.fixture
def urls(databases: Databases) -> dict[str, str]:
    return {name: databases.new("empty") for name in ("north", "east", "west")}


@pytest.fixture
async def world(urls: dict[str, str]) -> AsyncIterator[World]:
    """Three installations of one exchange in this process."""
    built = World(Clock(), Random(7))
    await built.build(urls, ExchangeSettings())
    yield built
    await built.close()
