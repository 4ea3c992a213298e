"""The whole real line for journeys: every process as in production, killable one by one, and the outside world.

Use the fixtures `line` (session) and `outside` (function). Needs docker/scripts/in-private-net.sh.
"""

import datetime as dt
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from hotline import line as hotline_line
from hotline.installation import Installation
from hotline.nodes import AgentPhones
from hotline.outside.world import OutsideWorld
from hotline.parts import Part
from hotline.probes import serves
from tests.support.asterisk import installation_for_tests, outside_asterisk, require_private_network
from tests.support.directory_faults import DirectoryFaults
from tests.support.processes import TestedProcess, eventually_async

DEMO_PASSWORD = "Hotline@2026"
FAULTS_PORT = 8099
"""Between the voice menu and agent_api, so that a test can spoil the answers."""
FAILED_RUNS = Path(os.environ.get("HOTLINE_TEST_ARTEFACTS", "var/failed-tests"))


class Line:
    """mosquitto, asterisk, agent_api, ivr, acd and the outside Asterisk; each is a TestedProcess."""

    def __init__(
        self, installation: Installation, parts: list[Part], phones: list[AgentPhones], faults_port: int = FAULTS_PORT
    ) -> None:
        self.installation = installation
        self.phones = {phone.number: phone for phone in phones}
        self.processes = {part.name: _tested(part, installation.logs) for part in parts}
        self.outside = outside_asterisk(installation, phones)
        self.directory = DirectoryFaults(faults_port, self.desk_url)
        self.recordings = installation.outside / "rec"

    @property
    def mosquitto(self) -> TestedProcess:
        return self.processes["mosquitto"]

    @property
    def asterisk(self) -> TestedProcess:
        return self.processes["asterisk"]

    @property
    def ivr(self) -> TestedProcess:
        return self.processes["ivr"]

    @property
    def acd(self) -> TestedProcess:
        return self.processes["acd"]

    @property
    def agent_api(self) -> TestedProcess:
        return self.processes["agent_api"]

    @property
    def database(self) -> Path:
        return self.installation.folder / "desk.sqlite3"

    def announcement(self, agent_no: str) -> Path:
        """What a customer hears when this agent answers."""
        return self.installation.asterisk / "data" / "sounds" / "zh" / "agents" / f"{agent_no}.wav"

    @property
    def desk_url(self) -> str:
        return f"http://127.0.0.1:{self.installation.settings.desk_port}"

    def start(self) -> None:
        # The outside first: Asterisk asks the trunk once at its start whether it is there, and then every half minute.
        self.directory.start()
        for process in (self.outside, *self.processes.values()):
            process.start(within=40)

    def stop(self) -> None:
        for process in (*reversed(self.processes.values()), self.outside):
            process.stop()
        self.directory.stop()

    def ensure_up(self) -> None:
        """Start again what an earlier test killed."""
        for process in (*self.processes.values(), self.outside):
            if not process.is_running:
                process.start(within=40)

    def sign_in(self, agent_no: str, password: str = DEMO_PASSWORD) -> "Desk":
        """A desk session over HTTP; use as a context manager."""
        return Desk(self.desk_url, agent_no, password)


class Desk:
    """One person's web desk without a browser: a cookie session and the calls the desk makes."""

    def __init__(self, url: str, agent_no: str, password: str) -> None:
        self.agent_no, self._password = agent_no, password
        self.http = httpx.AsyncClient(
            base_url=f"{url}/api/v1", headers={"X-Requested-With": "desk"}, timeout=10, trust_env=False
        )

    async def __aenter__(self) -> "Desk":
        answer = await self.http.post("/session", json={"agent_no": self.agent_no, "password": self._password})
        answer.raise_for_status()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.http.post("/agent/logout", json={})
        await self.http.aclose()

    async def post(self, path: str, **body: object) -> httpx.Response:
        answer = await self.http.post(path, json=body)
        answer.raise_for_status()
        return answer

    async def get(self, path: str) -> httpx.Response:
        answer = await self.http.get(path)
        answer.raise_for_status()
        return answer

    async def work(self) -> None:
        """Sign in for calls and be ready; a caller who waits may ring at once."""
        await self.post("/agent/login")
        await self.post("/agent/ready")

    async def state(self) -> str:
        return str((await self.get("/agent/state")).json()["state"])

    async def reaches(self, state: str, within: float = 8) -> None:
        """Wait until the ACD reports this agent in `state`."""

        async def is_there() -> bool:
            return await self.state() == state

        await eventually_async(is_there, f"agent {self.agent_no} is {state}", within)


def afternoon_somewhere(now: dt.datetime) -> str:
    """A time zone in which it is between three and four in the afternoon: dunning calls are allowed there, any day."""
    ahead = 15 - now.hour
    return f"Etc/GMT{-ahead:+d}" if ahead <= 14 else f"Etc/GMT{24 - ahead:+d}"


def _tested(part: Part, logs: Path) -> TestedProcess:
    return TestedProcess(
        part.name, part.command, part.environment, logs / f"{part.name}.log", partial(serves, part.probe)
    )


@pytest.fixture(scope="session")
def answers_can_be_spoiled() -> bool:
    """Whether `line.directory` stands in the way from the voice menu to agent_api. Benchmarks say no."""
    return True


@pytest.fixture(scope="session")
def line(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest, answers_can_be_spoiled: bool
) -> Iterator[Line]:
    """The whole line, started once for all journeys. On failure its folder is kept in var/failed-tests."""
    home = tmp_path_factory.mktemp("line")
    with running_line(home, FAULTS_PORT if answers_can_be_spoiled else None) as running:
        yield running
    if request.session.testsfailed:
        keep_for_inspection(home)


@contextmanager
def running_line(home: Path, faults_port: int | None, **changes: Any) -> Iterator[Line]:
    """A line of its own in `home`; `changes` are settings of the installation."""
    require_private_network()
    local = {"DESK_TIMEZONE": afternoon_somewhere(dt.datetime.now(dt.UTC))}
    installation = installation_for_tests(home, **changes)
    with pytest.MonkeyPatch.context() as only_here:
        only_here.setenv("DESK_TIMEZONE", local["DESK_TIMEZONE"])
        parts, phones = hotline_line.lay_out(installation)
    through = {"IVR_DIRECTORY_URL": f"http://127.0.0.1:{faults_port}"} if faults_port else {}
    parts = [replace(part, environment={**part.environment, **local, **through}) for part in parts]
    running = Line(installation, parts, phones, faults_port or FAULTS_PORT)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
async def outside(line: Line) -> AsyncIterator[OutsideWorld]:
    """The outside world, connected, every part of the line up. Calls still up at the end are hung up."""
    async with connected_outside(line) as world:
        yield world


@asynccontextmanager
async def connected_outside(line: Line) -> AsyncIterator[OutsideWorld]:
    line.ensure_up()
    settings = line.installation.settings
    world = await OutsideWorld.connect(
        settings.outside_ami_port, line.installation.credentials.ami_outside, line.recordings
    )
    try:
        yield world
    finally:
        await world.hang_up_all()
        await world.forget_behaviours()
        await world.close()


def keep_for_inspection(home: Path) -> None:
    """Logs, call records and recordings of a failed run, for whoever looks into it. Passwords stay behind."""
    target = FAILED_RUNS / home.name
    shutil.rmtree(target, ignore_errors=True)
    for name in ("log", "asterisk/log", "asterisk-n2/log", "outside/log", "outside/rec"):
        if (home / name).is_dir():
            shutil.copytree(home / name, target / name)
