"""The desk's server inside the test: fresh databases from templates, a clock that stands still, and HTTP clients."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import uvicorn
from fastapi import FastAPI
from pwdlib.hashers.argon2 import Argon2Hasher
from pydantic import SecretStr

from acd.contracts.broker import BrokerSettings
from agent_api import schema
from agent_api.app import create_app
from agent_api.auth import password_rules
from agent_api.auth.models import Staff
from agent_api.auth.passwords import Passwords
from agent_api.context import Context
from agent_api.db import Database
from agent_api.demo import places, seed
from agent_api.settings import Settings
from tests.support.mosquitto import free_port
from tests.support.postgres import Postgres

TODAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 6, tzinfo=UTC)
"""A Wednesday, 14:00 in Shanghai: dunning calls are allowed."""
ZONE = ZoneInfo("Asia/Shanghai")
PATIENCE = timedelta(seconds=20)
"""With the ACD: the two seconds of production are too few on a machine that does other work too."""
TOKEN = "service-token-of-the-tests"
SERVICE = {"Authorization": f"Bearer {TOKEN}"}


def cheap_passwords() -> Passwords:
    """The real hash with little work, so that signing in costs the tests nothing."""
    return Passwords(Argon2Hasher(time_cost=1, memory_cost=64, parallelism=1))


@dataclass
class Clock:
    """Stands still until a test moves it."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Databases:
    """Copies of a migrated, and of a filled, database. One kind per test run parameter."""

    kind: str
    folder: Path
    postgres: Postgres | None
    _templates: dict[str, str] = field(default_factory=dict)
    _count: int = 0

    def new(self, template: str) -> str:
        """Address of a database of its own: `empty` (schema only) or `demo`."""
        if template not in self._templates:
            self._templates[template] = self._blank()
            asyncio.run(_fill(self._templates[template], demo=template == "demo"))
        if self.postgres is not None:
            return self.postgres.new_database(self._templates[template])
        copy = self._blank()
        shutil.copy(_file(self._templates[template]), _file(copy))
        return copy

    def _blank(self) -> str:
        if self.postgres is not None:
            return self.postgres.new_database()
        self._count += 1
        return f"sqlite+aiosqlite:///{self.folder}/{self._count}.sqlite3"


def _file(url: str) -> str:
    return url.removeprefix("sqlite+aiosqlite:///")


async def _fill(url: str, demo: bool) -> None:
    db = Database(url)
    await schema.migrate(db)
    if demo:
        await seed.seed(db, cheap_passwords(), TODAY, NOW, ZONE, lambda _: None)
    await db.close()


def settings_for(database_url: str, broker: BrokerSettings | None = None, **changes: Any) -> Settings:
    changes.setdefault("second_factor_roles", [])
    changes.setdefault("idle_lock", timedelta(days=3650))
    changes.setdefault("command_timeout", PATIENCE)
    return Settings(
        database_url=database_url,
        broker=broker or BrokerSettings(port=free_port()),
        service_token=SecretStr(TOKEN),
        port=0,
        **changes,
    )


@dataclass
class Desk:
    """The application without its socket and without the bus; `client` talks to it in memory."""

    app: FastAPI
    clock: Clock

    @property
    def context(self) -> Context:
        context: Context = self.app.state.context
        return context

    def client(self, **headers: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(
            transport=httpx.ASGITransport(self.app, raise_app_exceptions=False),
            base_url="http://desk",
            headers={"X-Requested-With": "desk"} | headers,
        )

    @asynccontextmanager
    async def signed_in(self, agent_no: str) -> AsyncIterator[httpx.AsyncClient]:
        if self.clock() - NOW > password_rules.LASTS:
            async with self.context.db.write() as session:
                (await session.get_one(Staff, agent_no)).password_set_at = self.clock()
        async with self.client() as client:
            await sign_in(client, agent_no)
            yield client


@asynccontextmanager
async def desk_on(database_url: str, **changes: Any) -> AsyncIterator[Desk]:
    clock = Clock()
    app = create_app(settings_for(database_url, **changes), clock=clock, passwords=cheap_passwords())
    try:
        yield Desk(app, clock)
    finally:
        await app.state.context.db.close()


async def ask(desk: Desk, question: str, **body: Any) -> dict[str, Any]:
    """The voice menu's question and the answer to it."""
    async with desk.client(**SERVICE) as client:
        answer = await client.post(f"/internal/v1/{question}", json=body)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def sign_in(client: httpx.AsyncClient, agent_no: str, password: str = places.PASSWORD) -> None:
    answer = await client.post("/api/v1/session", json={"agent_no": agent_no, "password": password})
    assert answer.status_code == 200, answer.text


@dataclass
class Served:
    """The application on a real socket, with its bus."""

    app: FastAPI
    port: int

    @property
    def context(self) -> Context:
        context: Context = self.app.state.context
        return context

    @asynccontextmanager
    async def signed_in(self, agent_no: str) -> AsyncIterator[httpx.AsyncClient]:
        async with httpx.AsyncClient(
            base_url=f"http://127.0.0.1:{self.port}",
            headers={"X-Requested-With": "desk"},
            trust_env=False,
            timeout=1.5 * PATIENCE.total_seconds(),
        ) as client:
            await sign_in(client, agent_no)
            yield client


@asynccontextmanager
async def served(database_url: str, broker: BrokerSettings, **changes: Any) -> AsyncIterator[Served]:
    """Real time, real bus, real HTTP and WebSocket."""
    app = create_app(settings_for(database_url, broker, **changes), passwords=cheap_passwords())
    server = uvicorn.Server(
        uvicorn.Config(app, port=0, log_level="error", ws="websockets-sansio", timeout_graceful_shutdown=1)
    )
    running = asyncio.create_task(server.serve())
    while not server.started:
        assert not running.done(), running.exception()
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Served(app, port)
    finally:
        server.should_exit = True
        await running
