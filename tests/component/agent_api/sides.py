"""Running installations of the desk's server that exchange tickets over links a test can break."""

import asyncio
import os
import ssl
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx

from agent_api.auth import service as auth
from agent_api.db import Database
from agent_api.demo import places
from agent_api.exchange import service as exchange
from tests.component.agent_api.harness import TOKEN, cheap_passwords, sign_in
from tests.support.mosquitto import Mosquitto, free_port, port_answers
from tests.support.processes import TestedProcess, eventually_async

EXCHANGE = [sys.executable, "-W", "error", "-c", "from agent_api.exchange.cli import app; app()"]
QUICK = '["PT0.2S"' + ',"PT0.2S"' * 60 + "]"
_TLS = ssl.create_default_context()
"""Made once: it is the dearest part of a client, and nothing here is encrypted."""
KEY = "a-key-that-both-sides-know-and-nobody-else"
COMPLAINT = {
    "type": "complaint",
    "title": "多收费",
    "description": "",
    "category": "T.CHARGE.2",
    "contact_number": "13900000001",
}


@dataclass
class Side:
    name: str
    environment: dict[str, str]
    process: TestedProcess
    people: tuple[str, ...]
    sessions: dict[str, dict[str, str]] = field(default_factory=dict)
    """Cookies by person."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.environment['DESK_PORT']}"

    def command(self, *arguments: str, text: str = "") -> None:
        done = subprocess.run(
            [*EXCHANGE, *arguments],
            env=os.environ | self.environment,
            input=text,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr

    def join(self, peer: str, port: int, centers: Sequence[str]) -> None:
        """The way to these centres leads over the link at this port."""
        named = [part for center in centers for part in ("--center", center)]
        self.command("add-peer", peer, f"http://127.0.0.1:{port}", *named, text=KEY)

    async def meet(self, number_code: str, ways: Mapping[str, tuple[int, Sequence[str]]]) -> None:
        """Named, and joined to its peers, as the commands do it, in a fraction of their time."""
        db = Database(self.environment["DESK_DATABASE_URL"])
        async with db.write() as session:
            await auth.name_installation(session, self.name, number_code)
            for peer, (port, centers) in ways.items():
                await exchange.join(session, peer, f"http://127.0.0.1:{port}", KEY, centers, datetime.now(UTC))
        await db.close()

    async def ask(self, agent_no: str, method: str, path: str, **body: Any) -> httpx.Response:
        """Signed in once, and again when the session is gone."""
        async with httpx.AsyncClient(
            base_url=self.url, headers={"X-Requested-With": "desk"}, trust_env=False, verify=_TLS
        ) as client:
            client.cookies.update(self.sessions.get(agent_no, {}))
            answer = await client.request(method, f"/api/v1{path}", json=body or None)
            if answer.status_code != httpx.codes.UNAUTHORIZED:
                return answer
            await sign_in(client, agent_no)
            self.sessions[agent_no] = dict(client.cookies)
            return await client.request(method, f"/api/v1{path}", json=body or None)

    async def ticket(self, number: str) -> dict[str, Any]:
        found: dict[str, Any] = (await self.ask(self.people[0], "GET", f"/tickets/{number}")).json()
        return found

    async def timeline(self, number: str) -> list[dict[str, Any]]:
        found = (await self.ticket(number)).get("timeline", [])
        return [{name: value for name, value in entry.items() if name != "event_title"} for entry in found]

    async def act(self, number: str, event: str, comment: str = "", agent_no: str = "", **data: str) -> None:
        """As soon as the ticket is so far, and whatever is being killed meanwhile. Once, if its answer was lost."""
        who, path = agent_no or self.people[0], f"/tickets/{number}/events"
        before: list[int] = []

        async def done() -> bool:
            try:
                count = await self._count(number, event, who)
                if before and count > before[0]:
                    return True
                before.append(count)
                answer = await self.ask(who, "POST", path, event=event, comment=comment, data=data)
            except (httpx.HTTPError, AssertionError):
                return False
            assert answer.status_code in (200, 404, 409, 503), answer.text
            return answer.status_code == 200

        await eventually_async(done, f"{event} of {number} at {self.name}", within=90)

    async def _count(self, number: str, event: str, actor: str) -> int:
        return sum((each["event"], each["actor"]) == (event, actor) for each in await self.timeline(number))

    async def knows(self, number: str, event: str, times: int = 1) -> None:
        """The act of another side has arrived here."""

        async def told() -> bool:
            try:
                return [entry["event"] for entry in await self.timeline(number)].count(event) >= times
            except (httpx.HTTPError, AssertionError):
                return False

        await eventually_async(told, f"{event} of {number} arrived at {self.name}", within=90)

    async def quiet(self, numbers: Sequence[str]) -> bool:
        """Everything about these tickets was answered."""
        answer = await self.ask(self.people[-1], "GET", "/exchange/outbox")
        return all(each["state"] == "ACKED" for each in answer.json() if each["ticket_no"] in numbers)


async def _open_up(url: str) -> None:
    """The demo's centres and people, and nothing else: its past would have to be written down at every side."""
    db = Database(url)
    password_hash = cheap_passwords().hash(places.PASSWORD)
    async with db.write() as session:
        for center in places.centers():
            session.add(center)
            await session.flush()
        for person in places.STAFF:
            await auth.create_staff(session, person, password_hash, datetime.now(UTC))
    await db.close()


def side(name: str, url: str, people: tuple[str, ...], mosquitto: Mosquitto, folder: Path) -> Side:
    """`url`: of an empty database."""
    asyncio.run(_open_up(url))
    environment = {
        "HOTLINE_HOME": str(folder / name),
        "DESK_DATABASE_URL": url,
        "DESK_SERVICE_TOKEN": TOKEN,
        "DESK_PORT": str(free_port()),
        "DESK_BROKER__PORT": str(mosquitto.port),
        "DESK_CONSUMER": f"exchange-{name}",
        "DESK_EXCHANGE__RETRIES": QUICK,
        "DESK_EXCHANGE__DEADLINE": "PT1S",
        "DESK_EXCHANGE__EVERY": "PT0.1S",
        "DESK_SECOND_FACTOR_ROLES": "[]",
    }
    process = TestedProcess(
        name,
        [sys.executable, "-W", "error", "-m", "agent_api"],
        environment,
        folder / f"{name}.log",
        partial(port_answers, int(environment["DESK_PORT"])),
    )
    return Side(name, environment, process, people)
