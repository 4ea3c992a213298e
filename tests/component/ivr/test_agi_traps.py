"""Every trap of the AGI protocol, each shown by a peer that falls into it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ivr.agi
from ivr.agi import AgiSession, BadPeer, CallerGone, ChannelStuck, CommandFailed, cleaned, quoted
from ivr.observe import Metrics
from ivr.server import FastAgiServer
from tests.component.ivr.peer import RawPeer, calls, eventually, header

pytestmark = pytest.mark.component


class Line:
    """A session and its peer, without a flow between them."""

    def __init__(self, session: AgiSession, peer: RawPeer) -> None:
        self.session, self.peer = session, peer


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    accepted: asyncio.Queue[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = asyncio.Queue()
    server = await asyncio.start_server(lambda r, w: accepted.put_nowait((r, w)), "127.0.0.1", 0, limit=4096)
    peer = await RawPeer.connect(server.sockets[0].getsockname()[1], b"")
    reader, writer = await accepted.get()
    yield Line(AgiSession(reader, writer, {}), peer)
    writer.close()
    await peer.close()
    server.close()


async def test_a_time_out_is_told_from_an_entry(line: Line) -> None:
    line.peer.answer("200 result=12 (timeout)")
    reply = await line.session.get_data("menu/main", 5000, 4)
    assert (reply.result, reply.note) == ("12", "timeout")
    line.peer.answer("200 result=")
    reply = await line.session.get_data("menu/main", 5000, 4)
    assert (reply.result, reply.note) == ("", "")


async def test_hang_up_notice_is_not_an_answer(line: Line) -> None:
    line.peer.answer("HANGUP")
    line.peer.answer("200 result=0")
    with pytest.raises(CallerGone):
        await line.session.stream_file("welcome")
    with pytest.raises(CallerGone):
        await line.session.stream_file("welcome")


async def test_511_means_the_caller_is_gone(line: Line) -> None:
    line.peer.answer("511 Command Not Permitted on a dead channel or intercept routine")
    with pytest.raises(CallerGone):
        await line.session.user_event("IvrLeft", {})


async def test_minus_one_is_judged_by_the_channel_status(line: Line) -> None:
    line.peer.answer("200 result=-1 endpos=0")
    line.peer.answer("200 result=6")
    with pytest.raises(CommandFailed):
        await line.session.stream_file("nosuch")
    line.peer.answer("200 result=-1 endpos=0")
    line.peer.answer("HANGUP")
    line.peer.answer("200 result=4")
    with pytest.raises(CallerGone):
        await line.session.stream_file("welcome")


async def test_minus_two_is_an_unknown_application(line: Line) -> None:
    line.peer.answer("200 result=-2")
    with pytest.raises(CommandFailed):
        await line.session.background(("a", "b"))


async def test_end_of_stream_means_the_caller_is_gone(line: Line) -> None:
    await line.peer.close()
    with pytest.raises(CallerGone):
        await line.session.stream_file("welcome")


async def test_half_a_line_at_the_end_means_the_caller_is_gone(line: Line) -> None:
    line.peer.writer.write(b"200 resu")
    await line.peer.close()
    with pytest.raises(CallerGone):
        await line.session.stream_file("welcome")


async def test_usage_of_several_lines_is_read_to_its_end(line: Line) -> None:
    line.peer.answer("520-Invalid command syntax.  Proper usage follows:")
    line.peer.answer("Usage: SET VARIABLE <variablename> <value>")
    line.peer.answer("520 End of proper usage.")
    with pytest.raises(CommandFailed):
        await line.session.wait_for_digit(1)
    line.peer.answer("200 result=49")
    assert (await line.session.wait_for_digit(1)).result == "49"


@pytest.mark.parametrize("answer", ["510 Invalid or unknown command", "520 Invalid command syntax.", "503 busy"])
async def test_refusals_leave_the_session_usable(line: Line, answer: str) -> None:
    line.peer.answer(answer)
    with pytest.raises(CommandFailed):
        await line.session.wait_for_digit(1)
    line.peer.answer()
    assert (await line.session.wait_for_digit(1)).result == "0"


async def test_trying_lines_are_skipped(line: Line) -> None:
    line.peer.answer("100 Trying...")
    line.peer.answer("200 result=0 endpos=1234")
    assert (await line.session.stream_file("welcome")).position == 1234


async def test_text_split_inside_a_character_stays_whole(line: Line) -> None:
    text = "200 result=1 (王小明 (甲))\n".encode()
    asked = asyncio.create_task(line.session.wait_for_digit(1))
    line.peer.writer.write(text[:15])
    await line.peer.command()
    line.peer.writer.write(text[15:])
    assert (await asked).note == "王小明 (甲)"


async def test_nonsense_ends_the_session(line: Line) -> None:
    line.peer.answer("HTTP/1.1 400 Bad Request")
    with pytest.raises(BadPeer):
        await line.session.wait_for_digit(1)
    with pytest.raises(CallerGone):
        await line.session.wait_for_digit(1)


async def test_an_endless_line_ends_the_session(line: Line) -> None:
    line.peer.writer.write(b"200 " + b"x" * 10_000)
    with pytest.raises(BadPeer):
        await line.session.wait_for_digit(1)


async def test_no_answer_in_time_closes_the_socket(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ivr.agi, "ANSWER_SECONDS", 0.05)
    with pytest.raises(ChannelStuck):
        await line.session.user_event("IvrLeft", {})
    assert await line.peer.command() == 'EXEC UserEvent "IvrLeft"'
    assert await line.peer.command() == ""


@pytest.mark.parametrize("bad", ["a\nSET VARIABLE X 1", "a\r", "a\0", "a\x1b[2J", "a\x7f"])
async def test_control_characters_never_reach_the_wire(line: Line, bad: str) -> None:
    with pytest.raises(ValueError, match="control character"):
        await line.session.stream_file(bad)
    line.peer.answer()
    await line.session.wait_for_digit(1)
    assert await line.peer.command() == "WAIT FOR DIGIT 1"


async def test_a_command_longer_than_asterisk_reads_is_refused(line: Line) -> None:
    with pytest.raises(ValueError, match="too long"):
        await line.session.stream_file("字" * 700)


def unquoted(text: str) -> str:
    """How Asterisk reads one quoted argument (res_agi's parse_args)."""
    assert text[0] == '"'
    characters = iter(text[1:])
    out: list[str] = []
    for character in characters:
        if character == '"':
            assert next(characters, None) is None, "the argument ended early"
            return "".join(out)
        out.append(next(characters) if character == "\\" else character)
    raise AssertionError("the argument never ended")


@given(st.text())
def test_whatever_is_quoted_arrives_as_one_argument(text: str) -> None:
    assert unquoted(quoted(text)) == text


@given(st.text())
def test_a_cleaned_value_cannot_start_another_field(text: str) -> None:
    value = cleaned(text)
    assert not set(value) & set(",\"\\'()&|=;${}[]<>\r\n\0")
    assert value.isprintable() or any(not character.isascii() for character in value)


@pytest.mark.parametrize(
    "first",
    [
        b"",
        b"GET / HTTP/1.1\r\n\r\n",
        b"agi_network: yes\n",
        b"agi_request: x\n\n",
        b"\x16\x03\x01\x02\x00",
        b"a" * 20_000,
    ],
)
async def test_a_port_probe_is_dropped_and_the_server_lives(
    server: FastAgiServer, metrics: Metrics, first: bytes
) -> None:
    peer = await RawPeer.connect(server.port, first)
    assert await peer.command() == ""
    await peer.close()
    assert calls(metrics, "none", "bad_request") == 1


async def test_a_peer_that_closes_in_the_header_is_dropped(server: FastAgiServer, metrics: Metrics) -> None:
    peer = await RawPeer.connect(server.port, b"agi_network: yes\nagi_ch")
    await peer.close()
    await eventually(lambda: calls(metrics, "none", "bad_request") == 1)
    assert server.running_calls == 0


async def test_an_unknown_script_is_refused(server: FastAgiServer, metrics: Metrics) -> None:
    peer = await RawPeer.connect(server.port, header("../etc/passwd"))
    assert await peer.command() == ""
    await peer.close()
    assert calls(metrics, "none", "no_route") == 1


@pytest.mark.parametrize("commands_before", range(7))
async def test_a_hang_up_at_any_point_ends_the_call_quietly(
    server: FastAgiServer, metrics: Metrics, commands_before: int, capsys: pytest.CaptureFixture[str]
) -> None:
    peer = await RawPeer.connect(server.port)
    for _ in range(commands_before):
        command = await peer.command()
        peer.answer("200 result=0 (timeout)" if command.startswith("GET DATA") else "200 result=0")
    await peer.command()
    await peer.close()
    await eventually(lambda: calls(metrics, "main", "hangup") == 1)
    assert "error" not in capsys.readouterr().out


async def test_drain_lets_the_running_call_finish_and_takes_no_new_one(server: FastAgiServer) -> None:
    peer = await RawPeer.connect(server.port)
    assert (await peer.command()).startswith("EXEC UserEvent")
    port = server.port
    draining = asyncio.create_task(server.drain(timedelta(seconds=20)))
    await eventually(lambda: not server.listening)
    with pytest.raises(OSError):
        await RawPeer.connect(port)
    peer.answer()
    async for command in peer:
        peer.answer("200 result=0")
        last = command
    assert last.endswith('CC_AGI_DONE=1"')
    await draining
    await peer.close()


async def test_drain_ends_calls_that_outlast_the_limit(server: FastAgiServer) -> None:
    peer = await RawPeer.connect(server.port)
    await peer.command()
    await server.drain(timedelta(seconds=0.05))
    assert await peer.command() == ""
    assert server.running_calls == 0
    await peer.close()
