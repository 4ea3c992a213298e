"""The process as operators meet it: start, health, figures, draining, refusal to start without sounds."""

import asyncio
import os
import shutil
import signal
import socket
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from ivr.phrases import Phrase
from tests.component.ivr.peer import RawPeer

pytestmark = pytest.mark.component

PROJECT = Path(__file__).resolve().parents[3]


@pytest.fixture
def sounds(tmp_path: Path) -> Path:
    """The project's lists and sounds, for a test to spoil."""
    folder = tmp_path / "sounds"
    shutil.copytree(PROJECT / "sounds" / "manifest", folder / "manifest")
    for language in ("zh", "en"):
        shutil.copytree(PROJECT / "sounds" / language, folder / language, copy_function=os.symlink)
    return folder


class Ivr:
    def __init__(self, process: asyncio.subprocess.Process, port: int, observe_port: int) -> None:
        self.process, self.port, self.observe = process, port, f"http://127.0.0.1:{observe_port}"


async def start(sounds: Path, *arguments: str, **environment: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "ivr",
        *arguments,
        cwd=PROJECT,
        env={**os.environ, "IVR_SOUNDS": str(sounds), **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
async def ivr(sounds: Path) -> AsyncIterator[Ivr]:
    port, observe_port = free_port(), free_port()
    process = await start(
        sounds,
        IVR_PORT=str(port),
        IVR_OBSERVE_PORT=str(observe_port),
        IVR_DIRECTORY_URL="http://127.0.0.1:1",
        IVR_DIRECTORY_TOKEN="s3cret-token",
    )
    running = Ivr(process, port, observe_port)
    async with httpx.AsyncClient() as client, asyncio.timeout(20):
        while True:
            try:
                await client.get(f"{running.observe}/health")
                break
            except httpx.HTTPError:
                await asyncio.sleep(0.05)
    yield running
    if process.returncode is None:
        process.kill()
        await process.communicate()


async def refusing(ivr: Ivr) -> str:
    """Wait until the process takes no new calls; returns what it says of its server."""
    async with httpx.AsyncClient(base_url=ivr.observe) as client, asyncio.timeout(5):
        while True:
            answer = await client.get("/health")
            if answer.status_code == 503:
                return str(answer.json()["parts"]["fastagi"])
            await asyncio.sleep(0.01)


async def test_health_and_figures(ivr: Ivr) -> None:
    peer = await RawPeer.connect(ivr.port)
    assert (await peer.command()).startswith("STREAM FILE")  # nobody answers for the directory: a stranger
    async with httpx.AsyncClient(base_url=ivr.observe) as client:
        health = await client.get("/health")
        figures = (await client.get("/metrics")).text
    assert health.status_code == 200
    assert health.json()["status"] == "degraded"
    assert health.json()["parts"]["fastagi"] == "ok"
    assert "the shipped menus" in health.json()["parts"]["menus"]
    assert health.json()["menus"] == {}
    assert "ivr_calls_active 1.0" in figures
    assert 'ivr_agi_commands_total{command="STREAM FILE"} 1.0' in figures
    assert 'ivr_lookups_total{result="ConnectionRefusedError",what="caller"} 1.0' in figures
    await peer.close()


async def test_sigterm_lets_the_running_call_finish(ivr: Ivr) -> None:
    peer = await RawPeer.connect(ivr.port)
    await peer.command()
    ivr.process.send_signal(signal.SIGTERM)
    assert await refusing(ivr) == "stopping, 1 calls left"
    peer.answer()
    last = ""
    async for command in peer:
        last = command
        peer.answer("200 result=48 endpos=0" if command.startswith("STREAM FILE") else "200 result=0")
    assert last.endswith('CC_AGI_DONE=1"')
    await peer.close()
    output = (await asyncio.wait_for(ivr.process.communicate(), 10))[0].decode()
    assert ivr.process.returncode == 0
    assert "s3cret-token" not in output
    assert "stopped" in output


async def test_a_second_signal_ends_running_calls_at_once(ivr: Ivr) -> None:
    peer = await RawPeer.connect(ivr.port)
    await peer.command()
    ivr.process.send_signal(signal.SIGTERM)
    await refusing(ivr)
    ivr.process.send_signal(signal.SIGTERM)
    await asyncio.wait_for(ivr.process.communicate(), 10)
    assert ivr.process.returncode == 0
    assert await peer.command() == ""
    await peer.close()


async def test_check_passes_when_every_sound_is_there(sounds: Path) -> None:
    process = await start(sounds, "--check")
    output = (await asyncio.wait_for(process.communicate(), 20))[0].decode()
    assert process.returncode == 0, output


async def test_missing_sounds_refuse_the_start_by_name(sounds: Path) -> None:
    (sounds / "zh" / f"{Phrase.GOODBYE}.wav").unlink()
    manifest = sounds / "manifest" / "entry.toml"
    manifest.write_text(manifest.read_text().replace('[sentence."auth/locked"]', '[sentence."auth/other"]'))
    process = await start(sounds, "--check")
    output = (await asyncio.wait_for(process.communicate(), 20))[0].decode()
    assert process.returncode == 1
    assert "auth/locked: not in the manifest (zh)" in output
    assert f"goodbye: no file {sounds}/zh/goodbye.wav" in output


async def test_a_taken_port_is_named(sounds: Path, ivr: Ivr) -> None:
    process = await start(sounds, IVR_PORT=str(ivr.port))
    output = (await asyncio.wait_for(process.communicate(), 20))[0].decode()
    assert process.returncode == 1
    assert f"cannot listen on 127.0.0.1 port {ivr.port}" in output
    assert "Traceback" not in output


async def test_bad_settings_are_named(sounds: Path) -> None:
    process = await start(sounds, "--check", IVR_PORT="99999")
    output = (await asyncio.wait_for(process.communicate(), 20))[0].decode()
    assert process.returncode == 1
    assert "port" in output
    assert "Traceback" not in output
