"""A FastAGI server on a free port, with the sample company behind it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from acd.contracts.menu.tree import PublishedTree
from ivr.observe import Metrics
from ivr.prompts import speaker, texts
from ivr.rehearsal import SampleCompany
from ivr.server import FastAgiServer
from ivr.services import Services
from ivr.steps import LookUp

AnswerT = TypeVar("AnswerT")
SOUNDS = Path(__file__).resolve().parents[3] / "sounds"


class SampleDirectory:
    """The sample company behind the asynchronous ports; `delay_seconds` makes it slow."""

    def __init__(self) -> None:
        self.company = SampleCompany()
        self.asked: list[LookUp[object]] = []
        self.delay_seconds = 0.0
        self.broken = False

    async def answer(self, question: LookUp[AnswerT]) -> AnswerT:
        if self.broken:
            raise RuntimeError("a bug of ours")
        self.asked.append(question)  # type: ignore[arg-type]  # kept, not answered
        await asyncio.sleep(self.delay_seconds)
        result: AnswerT = self.company.look_up(question)
        return result

    def pick(self, did: str, center: str) -> PublishedTree:
        return self.company.menus


@pytest.fixture
def directory() -> SampleDirectory:
    return SampleDirectory()


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def services(directory: SampleDirectory, tmp_path: Path) -> Services:
    languages = ("zh", "en")
    speakers = {language: speaker(SOUNDS, language) for language in languages}
    prompts = {language: frozenset(texts(SOUNDS, language)) for language in languages}
    return Services(directory, directory, speakers, prompts, tmp_path / "prompts", tmp_path / "messages")


@pytest.fixture
async def server(services: Services, metrics: Metrics) -> AsyncIterator[FastAgiServer]:
    server = FastAgiServer(services, metrics, header_deadline=timedelta(seconds=0.5))
    await server.start("127.0.0.1", 0)
    yield server
    await server.drain(timedelta(0))
