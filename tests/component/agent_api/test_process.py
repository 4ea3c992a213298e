"""The process as it is started in production: commands, health, kill -9, orderly end, static desk."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pytest

from agent_api.demo.places import PASSWORD
from tests.component.agent_api.acd_double import acd_double
from tests.component.agent_api.harness import SERVICE, TOKEN
from tests.support.mosquitto import Mosquitto, free_port, port_answers
from tests.support.processes import TestedProcess, eventually_async

pytestmark = pytest.mark.component

COUNTS = (
    "SELECT count(*) FROM stored_event WHERE subject LIKE 'demo-%'",
    "SELECT count(*) FROM call WHERE call_id LIKE 'demo-%'",
    "SELECT count(*) FROM call WHERE call_id LIKE 'demo-%' AND caller_number != ''",
)
CLI = [sys.executable, "-W", "error", "-c", "from agent_api.cli import app; app()"]


def command(environment: dict[str, str], *arguments: str, text: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*CLI, *arguments], env=os.environ | environment, input=text, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A migrated and filled installation of its own."""
    home = tmp_path_factory.mktemp("home")
    found = {"HOTLINE_HOME": str(home), "DESK_SERVICE_TOKEN": TOKEN, "DESK_PORT": str(free_port())}
    found["DESK_SECOND_FACTOR_ROLES"] = "[]"  # as the launcher does for the demo's people
    for step in (["migrate"], ["seed-demo", "--today", "2026-11-18"]):
        done = command(found, *step)
        assert done.returncode == 0, done.stderr
    return found


@pytest.fixture
def process(environment: dict[str, str], mosquitto: Mosquitto, tmp_path: Path) -> Iterator[TestedProcess]:
    desk = tmp_path / "dist"
    (desk / "assets").mkdir(parents=True)
    (desk / "index.html").write_text("<title>the desk</title>")
    (desk / "assets" / "app-1a2b.js").write_text("export {}")
    (tmp_path / "secret.txt").write_text("secret")
    running = TestedProcess(
        "agent_api",
        [sys.executable, "-W", "error", "-m", "agent_api"],
        environment | {"DESK_BROKER__PORT": str(mosquitto.port), "DESK_DESK_FOLDER": str(desk)},
        tmp_path / "agent_api.log",
        partial(port_answers, int(environment["DESK_PORT"])),
    )
    running.start()
    yield running
    running.stop()


def url(environment: dict[str, str], path: str) -> str:
    return f"http://127.0.0.1:{environment['DESK_PORT']}{path}"


def health(environment: dict[str, str]) -> dict[str, Any]:
    with httpx.Client(trust_env=False) as client:
        found: dict[str, Any] = client.get(url(environment, "/health")).json()
    return found


async def test_it_serves_the_desk_and_its_api(
    process: TestedProcess, environment: dict[str, str], mosquitto: Mosquitto
) -> None:
    async with httpx.AsyncClient(base_url=url(environment, ""), trust_env=False) as client:
        for page in ("/", "/tickets/TS1", "/index.html"):
            answer = await client.get(page)
            assert "the desk" in answer.text
            assert answer.headers["cache-control"] == "no-cache"
        asset = await client.get("/assets/app-1a2b.js")
        assert "immutable" in asset.headers["cache-control"]
        assert (await client.get("/api/v1/nothing")).json()["code"] == "not_found"
        assert "secret" not in (await client.get("/..%2fsecret.txt")).text
        assert "desk_request_seconds_bucket" in (await client.get("/metrics")).text
        bill = await client.post(
            "/internal/v1/bill", json={"product": "mobile", "number": "13900000001"}, headers=SERVICE
        )
        assert bill.json()["total"] == "128.50"

    async def is_ok() -> bool:
        return bool(health(environment)["status"] == "ok")

    async with acd_double(mosquitto.settings):
        await eventually_async(is_ok, "all parts are up", within=10)


async def test_it_says_what_is_down(process: TestedProcess, environment: dict[str, str], mosquitto: Mosquitto) -> None:
    async def bus_is_up() -> bool:
        return bool(health(environment)["parts"][1]["ok"])

    await eventually_async(bus_is_up, "the bus is connected", within=10)
    found = health(environment)
    assert found["status"] == "degraded"
    assert {part["detail"] for part in found["parts"]} == {"", "no sign of life from the acd process on the bus"}
    assert [part["ok"] for part in found["parts"]].count(False) == 1


async def test_kill_9_in_the_middle_of_a_call_loses_nothing(
    process: TestedProcess, environment: dict[str, str], mosquitto: Mosquitto
) -> None:
    async def has_ended() -> bool:
        return bool((await client.get("/api/v1/calls/n1-1.1")).json().get("ended"))

    async with (
        acd_double(mosquitto.settings) as acd,
        httpx.AsyncClient(
            base_url=url(environment, ""), headers={"X-Requested-With": "desk"}, trust_env=False
        ) as client,
    ):
        await client.post("/api/v1/session", json={"agent_no": "8101", "password": PASSWORD})

        async def is_there() -> bool:
            return (await client.get("/api/v1/calls/n1-1.1")).status_code == 200

        events = acd.stream.answered_call("n1-1.1")
        await acd.publish(*events[:7])
        await eventually_async(is_there, "the call is seen", within=10)
        process.kill()
        await acd.publish(*events[7:])
        process.start()
        await eventually_async(has_ended, "the call is whole", within=15)
        call = (await client.get("/api/v1/calls/n1-1.1")).json()
    assert (call["incomplete"], call["wait_ms"], call["talk_ms"]) == (False, 9000, 60_000)


async def test_it_ends_in_order(process: TestedProcess, environment: dict[str, str], mosquitto: Mosquitto) -> None:
    async def bus_is_up() -> bool:
        return bool(health(environment)["parts"][1]["ok"])

    await eventually_async(bus_is_up, "the bus is connected", within=10)
    process.send(signal.SIGTERM)

    async def has_ended() -> bool:
        return not process.is_running

    await eventually_async(has_ended, "the process has ended", within=10)
    assert "Traceback" not in process.log.read_text()


def test_logs_hold_no_personal_data(process: TestedProcess, environment: dict[str, str]) -> None:
    with httpx.Client(base_url=url(environment, ""), headers={"X-Requested-With": "desk"}, trust_env=False) as client:
        client.post("/api/v1/session", json={"agent_no": "8001", "password": PASSWORD})
        client.post("/api/v1/customers/search", json={"query": "13900000001"})
        verify = {"number": "13900000001", "password": "135790"}
        client.post("/internal/v1/verify", json=verify, headers=SERVICE)
    log = process.log.read_text()
    for secret in ("13900000001", "135790", PASSWORD, TOKEN):
        assert secret not in log


def test_seeding_twice_changes_nothing(environment: dict[str, str]) -> None:
    done = command(environment, "seed-demo")
    assert (done.returncode, json.loads(done.stdout)) == (0, {})


def test_sip_accounts_of_everybody(environment: dict[str, str]) -> None:
    accounts = json.loads(command(environment, "sip-accounts").stdout)
    assert {"8001", "8012", "8101"} <= {account["number"] for account in accounts}
    secrets = [account[key] for account in accounts for key in ("phone_password", "browser_password")]
    assert len(set(secrets)) == len(secrets)
    assert all(len(secret) >= 20 for secret in secrets)


def test_a_new_agent(environment: dict[str, str]) -> None:
    arguments = ["create-agent", "8050", "钱小满", "--center", "js", "--role", "agent", "--queue", "bill"]
    arguments += ["--skill", "bill:5"]
    assert command(environment, *arguments, text="Hotline@2027\n").returncode == 0
    again = command(environment, *arguments, text="Hotline@2027\n")
    assert (again.returncode, again.stderr.strip()) == (1, "this number exists already")
    unknown = command(environment, "create-agent", "8051", "x", "--center", "js", "--role", "boss", text="x\n")
    assert (unknown.returncode, unknown.stderr.strip()) == (2, "unknown role ['boss']")


def test_rebuild_and_audit_check(environment: dict[str, str]) -> None:
    rebuilt = command(environment, "stats", "rebuild")
    assert rebuilt.returncode == 0, rebuilt.stderr
    assert command(environment, "check-audit").returncode == 0


def test_what_is_too_old_is_forgotten(environment: dict[str, str]) -> None:
    database = Path(environment["HOTLINE_HOME"]) / "desk.sqlite3"

    def counts() -> list[int]:
        """Of the demo's calls: events, calls, calls with a number."""
        with closing(sqlite3.connect(database)) as connection:
            return [connection.execute(query).fetchone()[0] for query in COUNTS]

    before = counts()
    assert command(environment, "purge").returncode == 0
    assert counts() == before, "nothing is half a year old"
    assert command(environment | {"DESK_RETENTION": "PT0S"}, "purge").returncode == 0
    assert counts() == [0, before[1], 0], "calls stay for the figures"


def test_settings_are_checked(environment: dict[str, str]) -> None:
    good = command(environment, "run", "--check")
    assert good.returncode == 0
    assert TOKEN not in good.stderr
    wrong = command(environment | {"DESK_PORT": "many", "DESK_TIMEZONE": "Mars/Base"}, "run", "--check")
    assert wrong.returncode == 2
    assert "DESK_PORT" in wrong.stderr
    assert "DESK_TIMEZONE" in wrong.stderr


def test_an_old_schema_is_refused_with_what_to_do(environment: dict[str, str], tmp_path: Path) -> None:
    done = command(environment | {"HOTLINE_HOME": str(tmp_path)}, "run")
    assert done.returncode == 3
    assert "hotline desk migrate" in done.stderr
