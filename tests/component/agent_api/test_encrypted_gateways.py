"""Mail server and SMS centre over TLS: words arrive encrypted; a server that cannot be trusted is told nothing."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any, Literal

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from pydantic import SecretStr
from structlog.testing import capture_logs

from agent_api.messages.gateways.mail import MailWriter, SmtpGateway
from agent_api.messages.gateways.port import Letter
from agent_api.messages.gateways.smpp import SmppGateway
from agent_api.messages.settings import MailSettings, SmppSettings
from agent_api.messages.workflow import Accepted, Fact, Refused
from tests.support.encrypted import server_context, tls_before, trusted_authority
from tests.support.mosquitto import free_port
from tests.support.processes import eventually_async
from tests.support.smsc import smsc

pytestmark = pytest.mark.component

Security = Literal["starttls", "tls"]
LETTER = Letter("m-1", "li@example.cn", "账单", "【畅联通信】您的话费共计128.50元。")


class MailServer:
    """Takes mail from whoever knows the password, over TLS only."""

    def __init__(self) -> None:
        self.taken = 0
        self.passwords: list[bytes] = []

    async def handle_DATA(self, _server: Any, _session: Any, _envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.taken += 1
        return "250 OK"

    def check(self, _server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
        self.passwords.append(given.password)
        return AuthResult(success=given.password == b"secret")


@contextmanager
def mail_server(context: ssl.SSLContext, security: Security, server: MailServer) -> Iterator[int]:
    """Its port. TLS from the first byte is put before a plain server, as a reverse proxy does."""
    options: dict[str, Any] = (
        {"tls_context": context, "require_starttls": True} if security == "starttls" else {"auth_require_tls": False}
    )
    controller = Controller(server, hostname="127.0.0.1", port=free_port(), authenticator=server.check, **options)
    controller.start()
    try:
        if security == "starttls":
            yield controller.port
        else:
            with tls_before(controller.port, context) as outer:
                yield outer
    finally:
        controller.stop()


async def send(authority: trustme.CA, security: Security, server: MailServer) -> Fact:
    with mail_server(server_context(authority), security, server) as port:
        settings = MailSettings(
            host="localhost", port=port, security=security, username="hotline", password=SecretStr("secret")
        )
        return await SmtpGateway(settings, MailWriter("service@hotline.example", "畅联通信")).send(LETTER)


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_mail_goes_encrypted(tmp_path: Path, security: Security) -> None:
    server = MailServer()
    with trusted_authority(tmp_path) as authority:
        assert isinstance(await send(authority, security, server), Accepted)
    assert (server.taken, server.passwords) == (1, [b"secret"])


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_a_mail_server_nobody_vouches_for_gets_nothing(tmp_path: Path, security: Security) -> None:
    server = MailServer()
    with trusted_authority(tmp_path):
        refused = await send(trustme.CA(), security, server)
    assert refused == Refused("mail server: SSLCertVerificationError")
    assert (server.taken, server.passwords) == (0, [])


async def test_texts_go_to_the_centre_encrypted(tmp_path: Path) -> None:
    async with smsc() as center:
        with trusted_authority(tmp_path) as authority, tls_before(center.port, server_context(authority)) as port:
            async with line_to(port) as gateway:
                await eventually_async(lambda: settled(gateway.up), "the line is up", 10)
                assert isinstance(await gateway.send(Letter("m-1", "13900000001", "", "您好")), Accepted)
                (got,) = await center.submitted()
    assert got["text"] == "您好"


async def test_a_centre_nobody_vouches_for_is_told_no_password(tmp_path: Path) -> None:
    async with smsc() as center:
        with (
            trusted_authority(tmp_path),
            tls_before(center.port, server_context(trustme.CA())) as port,
            capture_logs() as told,
        ):
            async with line_to(port) as gateway:
                await eventually_async(lambda: settled(bool(told)), "the first try is over", 10)
                assert not gateway.up
    assert told[0]["event"] == "no line to the SMS centre"
    assert [event["event"] for event in center.seen] == ["listening"]


@asynccontextmanager
async def line_to(port: int) -> AsyncIterator[SmppGateway]:
    async def drop(*_told: object) -> None: ...

    settings = SmppSettings(host="localhost", port=port, password=SecretStr("secret"), tls=True)
    gateway = SmppGateway(settings, drop, drop)
    running = asyncio.create_task(gateway.run())
    try:
        yield gateway
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def settled(state: bool) -> bool:
    return state
