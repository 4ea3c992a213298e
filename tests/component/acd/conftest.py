"""A scripted Asterisk and a real mosquitto for the acd's adapters."""

from collections.abc import AsyncIterator

import pytest

from tests.support.ami_peer import AmiPeer
from tests.support.mosquitto import mosquitto

__all__ = ["mosquitto"]


@pytest.fixture
async def peer() -> AsyncIterator[AmiPeer]:
    asterisk = await AmiPeer().start()
    yield asterisk
    await asterisk.stop()
