"""Starts and ends the outside world's Asterisk beside a running hotline."""

import asyncio
import os
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from hotline.ami import AmiError
from hotline.asterisk import command, prepare
from hotline.installation import Installation
from hotline.leftovers import mark
from hotline.nodes import AgentPhones, outside_node
from hotline.outside.world import OutsideWorld
from hotline.probes import Down, asterisk_booted

READY_SECONDS = 20


@asynccontextmanager
async def outside_world(installation: Installation, phones: list[AgentPhones]) -> AsyncIterator[OutsideWorld]:
    """The outside world with these agents' telephones, connected; ended at the end. Raises AmiError."""
    instance = outside_node(installation, phones)
    recordings = instance.folder / "rec"
    recordings.mkdir(parents=True, exist_ok=True)
    prepare(instance, installation.project / "sounds", installation.settings.asterisk_root)
    process = _start(installation, command(instance, installation))
    try:
        await asyncio.to_thread(_wait_until_booted, installation, process)
        settings, secret = installation.settings, installation.credentials.ami_outside
        world = await OutsideWorld.connect(settings.outside_ami_port, secret, recordings)
        try:
            yield world
        finally:
            await world.close()
    finally:
        process.terminate()
        await asyncio.to_thread(process.wait, 10)


def _start(installation: Installation, arguments: list[str]) -> subprocess.Popen[bytes]:
    """In a session of its own: Ctrl-C reaches the demo, which hangs up first."""
    with (installation.logs / "outside.log").open("ab") as log:
        return subprocess.Popen(
            arguments,
            env={**os.environ, **mark(installation.folder)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _wait_until_booted(installation: Installation, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while True:
        try:
            asterisk_booted(installation.settings.outside_ami_port, "outside", installation.credentials.ami_outside)
        except Down as down:
            if process.poll() is None and time.monotonic() < deadline:
                time.sleep(0.1)
                continue
            log = installation.logs / "outside.log"
            raise AmiError(f"the outside world's Asterisk did not start ({down}), see {log}") from down
        return
