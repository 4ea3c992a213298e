"""Drives a flow over a line: performs its steps, sends the answers back, and takes the call out of the menu."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

import structlog

from acd.contracts.dialplan import UserEvent, Variable
from acd.contracts.vocabulary import IvrOutcome
from ivr.agi import AgiSession
from ivr.phrases import Phrase
from ivr.ports import CustomerDirectory, Unavailable
from ivr.steps import (
    Collect,
    FetchBill,
    FetchDunningScript,
    FindCaller,
    Flow,
    Leave,
    Play,
    Report,
    Step,
    VerifyPassword,
)
from ivr.voice import Voice

AnswerT = TypeVar("AnswerT")
PATIENCE_SECONDS = 1.0

log = structlog.get_logger(__name__)


class Runner:
    def __init__(self, session: AgiSession, directory: CustomerDirectory, call_id: str) -> None:
        self._session = session
        self._directory = directory
        self._call_id = call_id
        self._voice = Voice(session)

    async def run(self, flow: Flow[Leave]) -> Leave:
        """Returns how the call leaves the menu; what the flow does not handle is raised."""
        answer: Any = None
        failure: Unavailable | None = None
        try:
            while True:
                try:
                    step = flow.send(answer) if failure is None else flow.throw(failure)
                except StopIteration as end:
                    leave: Leave = end.value
                    return leave
                answer, failure = None, None
                try:
                    answer = await self._perform(step)
                except Unavailable as error:
                    failure = error
        finally:
            flow.close()

    async def _perform(self, step: Step[Any]) -> Any:
        match step:
            case Play(prompts, barge_in):
                return await self._voice.play(prompts, barge_in)
            case Collect(prompts, length, first_key_seconds):
                return await self._voice.collect(prompts, length, first_key_seconds)
            case Report(event, fields):
                return await self.report(event, dict(fields))
            case FindCaller(number, did):
                return await self._directory.find_caller(number, did)
            case VerifyPassword(number, password):
                return await self._patiently(self._directory.verify_password(number, password))
            case FetchBill(number):
                return await self._patiently(self._directory.fetch_bill(number))
            case FetchDunningScript(attempt_id):
                return await self._patiently(self._directory.fetch_dunning_script(attempt_id))
            case _:
                raise TypeError(f"no such step: {type(step).__name__}")

    async def report(self, event: UserEvent, fields: dict[str, str]) -> None:
        await self._session.user_event(event, {"CallId": self._call_id, **fields})

    async def depart(self, leave: Leave, report: bool) -> None:
        """Tell the centre and the dialplan. CC_AGI_DONE is the last word: before it the menu counts as dead."""
        to_agent = leave.outcome is IvrOutcome.AGENT
        if report and to_agent:
            await self.report(UserEvent.AGENT_REQUESTED, {"Queue": leave.queue, "Reason": leave.reason})
        if report:
            await self.report(UserEvent.IVR_LEFT, {"Outcome": leave.outcome})
        variables = {Variable.OUTCOME.value: leave.outcome.value}
        if to_agent:
            # Inherited (__): the queue belongs to the call, whichever leg it goes on with.
            variables[f"__{Variable.QUEUE}"] = leave.queue
        if leave.priority:
            variables[f"__{Variable.PRIORITY}"] = str(leave.priority)
        await self._session.set_variables({**variables, Variable.AGI_DONE.value: "1"})

    async def _patiently(self, look_up: Awaitable[AnswerT]) -> AnswerT:
        """A caller who has just keyed something is told when the answer takes longer than a breath."""
        task = asyncio.ensure_future(look_up)
        try:
            done, _ = await asyncio.wait({task}, timeout=PATIENCE_SECONDS)
            if not done:
                await self._voice.play((Phrase.PLEASE_WAIT,), barge_in=False)
            return await task
        finally:
            task.cancel()
