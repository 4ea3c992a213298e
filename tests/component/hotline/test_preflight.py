"""What `make run` says before it does anything."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline import preflight
from hotline.defaults import DEFAULTS, Port

pytestmark = pytest.mark.component


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def values_with(**changes: str) -> dict[str, str]:
    """All ports moved to free ones, so that what else runs on this machine does not matter."""
    moved = {}
    for name, port in DEFAULTS.items():
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            moved[port.setting(name)] = str(probe.getsockname()[1])
    return moved | changes


def test_a_taken_port_is_named_with_its_holder_and_the_way_out(taken: int) -> None:
    problems = preflight.problems(values_with(HOTLINE_DESK_PORT=str(taken)))
    mine = [problem for problem in problems if str(taken) in problem]
    assert len(mine) == 1
    assert f"(pid {os.getpid()})" in mine[0]
    assert "web desk" in mine[0]
    assert "HOTLINE_DESK_PORT" in mine[0]


def test_a_free_machine_has_no_port_problems() -> None:
    assert not [problem for problem in preflight.problems(values_with()) if problem.startswith("port")]


def test_ports_can_be_left_out(taken: int) -> None:
    values = values_with(HOTLINE_DESK_PORT=str(taken))
    assert not [problem for problem in preflight.problems(values, with_ports=False) if problem.startswith("port")]


def test_a_short_disk_is_named_with_the_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "ASTERISK_MB", 10**9)
    problems = preflight.problems(values_with(HOTLINE_CACHE=str(tmp_path / "not" / "there" / "yet")))
    assert any("HOTLINE_CACHE" in problem and "MB needed" in problem for problem in problems)
    assert not (tmp_path / "not").exists()


def test_who_is_not_root_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert any("sudo" in problem for problem in preflight.problems(values_with()))


def test_udp_ports_are_looked_at_too() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as telephone:
        telephone.bind(("127.0.0.1", 0))
        number = telephone.getsockname()[1]
        port = Port(number, "udp", "SIP")
        assert not preflight.is_free(number, port)
        assert f"pid {os.getpid()}" in preflight.holder_of(number, port)


def test_the_env_file_is_read(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("# ports\nHOTLINE_SIP_PORT=15060\n\nHOTLINE_BIND='192.0.2.1'\n")
    assert preflight.read_env_file(tmp_path / ".env") == {"HOTLINE_SIP_PORT": "15060", "HOTLINE_BIND": "192.0.2.1"}


def test_a_foreign_address_is_named(tmp_path: Path) -> None:
    problems = preflight.problems(values_with(HOTLINE_BIND="192.0.2.77"))
    assert any("192.0.2.77 is not an address of this machine" in problem for problem in problems)
