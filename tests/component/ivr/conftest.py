"""A FastAGI server on a free port, with the sample company behind it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from ivr.observe import Metrics
from ivr.ports import Bill, Caller, DunningScript, Verification
from ivr.rehearsal import SampleCompany
from ivr.server import FastAgiServer
from ivr.steps import FetchBill, FetchDunningScript, FindCaller, VerifyPassword


class SampleDirectory:
    """The sample company behind the asynchronous port; `delay_seconds` makes it slow."""

    def __init__(self) -> None:
        self.company = SampleCompany()
        self.delay_seconds = 0.0
        self.broken = False

    async def find_caller(self, number: str, did: str) -> Caller:
        if self.broken:
            raise RuntimeError("a bug of ours")
        caller: Caller = self.company.answer(FindCaller(number, did))
        return caller

    async def verify_password(self, number: str, password: str) -> Verification:
        await asyncio.sleep(self.delay_seconds)
        verification: Verification = self.company.answer(VerifyPassword(number, password))
        return verification

    async def fetch_bill(self, number: str) -> Bill:
        bill: Bill = self.company.answer(FetchBill(number))
        return bill

    async def fetch_dunning_script(self, attempt_id: str) -> DunningScript:
        script: DunningScript = self.company.answer(FetchDunningScript(attempt_id))
        return script


@pytest.fixture
def directory() -> SampleDirectory:
    return SampleDirectory()


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
async def server(directory: SampleDirectory, metrics: Metrics) -> AsyncIterator[FastAgiServer]:
    server = FastAgiServer(directory, metrics, header_deadline=timedelta(seconds=0.5))
    await server.start("127.0.0.1", 0)
    yield server
    await server.drain(timedelta(0))
