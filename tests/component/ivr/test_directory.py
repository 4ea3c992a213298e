"""The directory client against a real HTTP server that answers well, badly, late or not at all."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from pydantic import SecretStr

from ivr.breaker import FAILURES, REST_SECONDS, Breaker
from ivr.directory import HttpDirectory
from ivr.lookups.accounts import Bill, BillPart, FetchAccount, FetchBill
from ivr.lookups.callers import Caller, FindCaller
from ivr.lookups.dunning import DunningScript, FetchDunningScript
from ivr.lookups.identity import Verification, VerifyPassword
from ivr.observe import Metrics
from ivr.ports import Unavailable

pytestmark = pytest.mark.component


class StubApi:
    """Answers every request with `status` and `body`; keeps what was asked."""

    def __init__(self) -> None:
        self.status, self.body = 200, b"{}"
        self.silent = False
        self.raw = b""
        """Sent instead of an answer, then the link is closed."""
        self.hang_up_after = 0
        """Answers on one link before it is closed without a word."""
        self.connections = 0
        self.requests: list[tuple[str, dict[str, str], Any]] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            answered = 0
            while not self.hang_up_after or answered < self.hang_up_after:
                lines = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
                headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines[1:])}
                body = await reader.readexactly(int(headers["content-length"]))
                self.requests.append((lines[0], headers, json.loads(body)))
                if self.silent:
                    await asyncio.Event().wait()
                if self.raw:
                    writer.write(self.raw)
                    break
                answered += 1
                writer.write(
                    f"HTTP/1.1 {self.status} X\r\ncontent-length: {len(self.body)}\r\n\r\n".encode() + self.body
                )
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass
        writer.close()


@pytest.fixture
async def api() -> AsyncIterator[StubApi]:
    stub = StubApi()
    tasks: set[asyncio.Task[None]] = set()

    def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(asyncio.create_task(stub.serve(reader, writer)))

    server = await asyncio.start_server(accept, "127.0.0.1", 0)
    stub.port = server.sockets[0].getsockname()[1]
    yield stub
    server.close()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


@pytest.fixture
async def directory(api: StubApi, metrics: Metrics) -> AsyncIterator[HttpDirectory]:
    client = HttpDirectory(f"http://127.0.0.1:{api.port}", SecretStr("t0ken"), timedelta(seconds=0.3), metrics)
    yield client
    await client.close()


async def test_answers_become_values(api: StubApi, directory: HttpDirectory) -> None:
    api.body = b'{"known":true,"customer_id":"C1","level":"vip","is_senior":false,"language":"zh","own_number":"139"}'
    assert await directory.answer(FindCaller("13900000001", "10010")) == Caller(
        True, "C1", "vip", language="zh", own_number="139"
    )
    api.body = b'{"result":"fail","attempts_left":2,"customer_id":null}'
    assert await directory.answer(VerifyPassword("13900000001", "111111")) == Verification("fail", 2)
    api.body = (
        b'{"result":"ok","month":"2026-10","total":"128.50","balance":"-3.00",'
        b'"parts":[{"kind":"rent","amount":"99.00"}],"later":1}'
    )
    bill = Bill("ok", "2026-10", Decimal("128.50"), (BillPart("rent", Decimal("99.00")),))
    assert await directory.answer(FetchBill("mobile", "13900000001")) == bill
    api.body = b'{"state":"open","last4":"3068","month":"2026-10","owed":"88.00"}'
    script = DunningScript("open", "3068", "2026-10", Decimal("88.00"))
    assert await directory.answer(FetchDunningScript("a1")) == script


async def test_personal_data_is_in_the_body_only_and_the_token_in_the_header(
    api: StubApi, directory: HttpDirectory
) -> None:
    api.body = b'{"result":"pass"}'
    await directory.answer(VerifyPassword("13900000001", "135790"))
    ((line, headers, body),) = api.requests
    assert line == "POST /internal/v1/verify HTTP/1.1"
    assert headers["authorization"] == "Bearer t0ken"
    assert body == {"number": "13900000001", "password": "135790"}


async def test_one_connection_serves_many_questions(api: StubApi, directory: HttpDirectory) -> None:
    for _ in range(5):
        await directory.answer(FindCaller("1", "10010"))
    assert api.connections == 1


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (500, b"{}"),
        (503, b"{}"),
        (401, b"{}"),
        (404, b"{}"),
        (200, b"not json"),
        (200, b'{"result":"perhaps"}'),
        (200, b'{"result":"ok","month":"October","total":"1.00"}'),
        (200, b'{"result":"ok","month":"2026-10","total":"1.005"}'),
        (200, b'{"result":"ok","month":"2026-10","total":"-1"}'),
        (200, b'{"result":"ok","month":"2026-10","total":"NaN"}'),
        (200, b'{"result":"ok","month":"2026-10","total":"1","parts":[{"kind":"rent","amount":"1e20"}]}'),
        (200, b'{"result":"ok","total":"1.00"}'),
        (200, b'{"result":"down"}'),
        (200, b"[]"),
    ],
)
async def test_a_bad_answer_is_unavailable(api: StubApi, directory: HttpDirectory, status: int, body: bytes) -> None:
    api.status, api.body = status, body
    with pytest.raises(Unavailable) as failure:
        await directory.answer(FetchBill("mobile", "13900000001"))
    assert "13900000001" not in str(failure.value) + directory.state
    assert failure.value.__cause__ is None


async def test_silence_ends_at_the_deadline(api: StubApi, directory: HttpDirectory, metrics: Metrics) -> None:
    api.silent = True
    async with asyncio.timeout(2):
        with pytest.raises(Unavailable):
            await directory.answer(FetchBill("mobile", "13900000001"))
    assert metrics.registry.get_sample_value("ivr_lookups_total", {"what": "bill", "result": "timeout"}) == 1
    assert "timeout" in directory.state


async def test_nobody_listening_is_unavailable_and_recovers(metrics: Metrics, api: StubApi) -> None:
    dead = HttpDirectory("http://127.0.0.1:1", SecretStr(""), timedelta(seconds=0.3), metrics)
    with pytest.raises(Unavailable):
        await dead.answer(FetchBill("mobile", "13900000001"))
    await dead.close()


async def test_state_is_good_again_after_a_good_answer(api: StubApi, directory: HttpDirectory) -> None:
    api.status = 500
    with pytest.raises(Unavailable):
        await directory.answer(FindCaller("1", ""))
    api.status = 200
    await directory.answer(FindCaller("1", ""))
    assert directory.state == "ok"


async def test_a_link_the_server_closed_meanwhile_is_replaced(api: StubApi, directory: HttpDirectory) -> None:
    api.hang_up_after = 1
    for _ in range(4):
        await directory.answer(FindCaller("1", "10010"))
    assert len(api.requests) == 4
    assert api.connections == 4


@pytest.mark.parametrize(
    "raw",
    [
        b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: 99999999999\r\n\r\n",
        b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
        b"HTTP/1.1 2x0 OK\r\ncontent-length: 2\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nrubbish\r\ncontent-length: 2\r\n\r\n{}",
        b"HTTP/2 200\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"x: " + b"y" * 70_000,
        b"SSH-2.0-OpenSSH\r\n",
    ],
)
async def test_what_is_no_whole_http_answer_is_unavailable(api: StubApi, directory: HttpDirectory, raw: bytes) -> None:
    api.raw = raw
    with pytest.raises(Unavailable):
        await directory.answer(FindCaller("1", "10010"))
    api.raw = b""
    assert await directory.answer(FindCaller("1", "10010")) == Caller()


async def test_a_late_answer_never_meets_the_next_question(api: StubApi, directory: HttpDirectory) -> None:
    await directory.answer(FindCaller("1", "10010"))
    api.silent = True
    with pytest.raises(Unavailable):
        await directory.answer(FindCaller("1", "10010"))
    api.silent = False
    await directory.answer(FindCaller("1", "10010"))
    assert api.connections == 2


async def test_a_server_that_wants_the_link_closed_gets_it_closed(api: StubApi, directory: HttpDirectory) -> None:
    api.raw = b"HTTP/1.1 200 OK\r\nConnection: close\r\ncontent-length: 2\r\n\r\n{}"
    assert await directory.answer(FindCaller("1", "10010")) == Caller()
    assert await directory.answer(FindCaller("1", "10010")) == Caller()
    assert api.connections == 2


@pytest.mark.parametrize("url", ["ftp://127.0.0.1", "127.0.0.1:8000", "http://"])
def test_an_address_that_is_none_is_refused(url: str, metrics: Metrics) -> None:
    with pytest.raises(ValueError, match="not an http address"):
        HttpDirectory(url, SecretStr(""), timedelta(seconds=1), metrics)


async def test_a_peer_that_is_away_is_not_waited_for_again_and_again(
    api: StubApi, directory: HttpDirectory, metrics: Metrics
) -> None:
    api.silent = True
    for _ in range(FAILURES + 2):
        with pytest.raises(Unavailable):
            await directory.answer(FindCaller("1", "10010"))
    assert len(api.requests) == FAILURES
    assert metrics.registry.get_sample_value("ivr_lookups_total", {"what": "caller", "result": "resting"}) == 2
    assert "timeout" in directory.state
    api.silent, api.body = False, b'{"result":"unknown"}'
    assert (await directory.answer(FetchAccount("mobile", "139"))).result == "unknown"


def test_after_a_rest_one_question_tries_and_a_good_answer_opens_the_way() -> None:
    breaker = Breaker()
    for _ in range(FAILURES):
        assert breaker.lets_through(0.0)
        breaker.failed(0.0)
    assert not breaker.lets_through(REST_SECONDS - 0.1)
    assert breaker.lets_through(REST_SECONDS)
    assert not breaker.lets_through(REST_SECONDS + 0.1)
    breaker.worked()
    assert breaker.lets_through(REST_SECONDS + 0.2)


async def test_an_answer_of_whatever_kind_is_not_a_peer_that_is_away(api: StubApi, directory: HttpDirectory) -> None:
    api.status = 503
    for _ in range(FAILURES + 2):
        with pytest.raises(Unavailable):
            await directory.answer(FindCaller("1", "10010"))
    assert len(api.requests) == FAILURES + 2
