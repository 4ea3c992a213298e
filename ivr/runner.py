"""Drives a flow over a line: performs its steps, sends the answers back, and takes the call out of the menu."""

import asyncio
import re
import time
from collections.abc import Awaitable
from typing import Any, TypeVar

from acd.contracts.dialplan import UserEvent, Variable
from acd.contracts.vocabulary import IvrOutcome
from ivr.agi import AgiSession, CallerGone
from ivr.phrases import Phrase
from ivr.ports import Unavailable
from ivr.services import Services
from ivr.sounds import Sounds
from ivr.steps import (
    CallFacts,
    Collect,
    Entry,
    Flow,
    HungUp,
    Leave,
    LookUp,
    Now,
    PickTree,
    Play,
    PlayRecording,
    Record,
    Recording,
    Report,
    SetLanguage,
    Step,
)
from ivr.trail import Trail
from ivr.voice import Voice

AnswerT = TypeVar("AnswerT")
BREATH_SECONDS = 0.03
"""Most answers are there by then; after it the line is listened to again, so that no key falls into the pause."""
EAR_MS = 50
PATIENCE_SECONDS = 1.0
SAMPLES_A_SECOND = 8000


class Runner:
    def __init__(self, session: AgiSession, services: Services, call: CallFacts) -> None:
        self._session = session
        self._services = services
        self._call_id = call.call_id
        self._sounds = Sounds(services, call.language)
        self._voice = Voice(session)
        self._trail = Trail()
        self._gone: CallerGone | None = None

    async def run(self, flow: Flow[Leave]) -> Leave:
        """Returns how the call leaves the menu; what the flow does not handle is raised."""
        answer: Any = None
        failure: Exception | None = None
        try:
            while True:
                try:
                    step = flow.send(answer) if failure is None else flow.throw(failure)
                except StopIteration as end:
                    leave: Leave = end.value
                    await self._tell_trail()
                    return leave
                except HungUp:
                    await self._tell_trail()
                    raise self._gone or CallerGone from None
                answer, failure = None, None
                try:
                    answer = await self._perform(step)
                except Unavailable as error:
                    failure = error
                except CallerGone as error:
                    # Once more to the flow: what the caller has left here must not go with him.
                    failure, self._gone = HungUp(), error
        finally:
            flow.close()

    async def _perform(self, step: Step[Any]) -> Any:
        if isinstance(step, Report) and step.event is UserEvent.IVR_VISITED:
            return self._trail.add(dict(step.fields))
        if not self._dials_through(step):
            await self._tell_trail()
        match step:
            case Play(prompts, barge_in):
                return await self._voice.play(self._sounds.files(prompts), barge_in)
            case Collect():
                return await self._collect(step)
            case Report(event, fields):
                return await self.report(event, dict(fields))
            case LookUp():
                answer = self._services.directory.answer(step)
                return await (self._attentively(answer, step.patient) if self._gone is None else answer)
            case PickTree(did, center):
                return self._services.menus.pick(did, center)
            case Now():
                return self._services.clock()
            case SetLanguage(language):
                return await self._set_language(language)
            case Record(take, longest_seconds):
                return await self._record(take, longest_seconds)
            case PlayRecording(name):
                return await self._voice.play((str(self._services.messages / name.removesuffix(".wav")),), True)
            case _:
                raise TypeError(f"no such step: {type(step).__name__}")

    def _dials_through(self, step: Step[Any]) -> bool:
        """The step takes a key that is there already: the line does not come to rest."""
        return self._voice.has_keys and (isinstance(step, Collect) or (isinstance(step, Play) and step.barge_in))

    async def _tell_trail(self) -> None:
        while self._trail:
            await self.report(UserEvent.IVR_VISITED, self._trail.next_report)
            self._trail.told()

    async def report(self, event: UserEvent, fields: dict[str, str]) -> None:
        gone = self._gone is not None
        await self._session.user_event(event, {"CallId": self._call_id, **fields}, after_hangup=gone)

    async def depart(self, leave: Leave, report: bool) -> None:
        """Tell the centre and the dialplan. CC_AGI_DONE is the last word: before it the menu counts as dead."""
        to_agent = leave.outcome is IvrOutcome.AGENT
        if report and to_agent:
            await self.report(UserEvent.AGENT_REQUESTED, {"Queue": leave.queue, "Reason": leave.reason})
        if report:
            await self.report(UserEvent.IVR_LEFT, {"Outcome": leave.outcome})
        variables = {Variable.OUTCOME.value: leave.outcome.value}
        if to_agent and leave.queue:
            # Inherited (__): the queue belongs to the call, whichever leg it goes on with.
            variables[f"__{Variable.QUEUE}"] = leave.queue
        if to_agent and leave.center:
            variables[f"__{Variable.CENTER}"] = leave.center
        if to_agent and leave.vip:
            variables[f"__{Variable.MARKS}"] = "vip"
        if to_agent and leave.manager:
            variables[f"__{Variable.MANAGER}"] = leave.manager
            variables[f"__{Variable.MANAGER_PHONE}"] = leave.manager_phone
        if leave.priority:
            variables[f"__{Variable.PRIORITY}"] = str(leave.priority)
        if leave.fax_file:
            variables[Variable.FAX_FILE.value] = leave.fax_file
        if leave.callback_number:
            variables[Variable.CALLBACK_NUMBER.value] = leave.callback_number
        await self._session.set_variables({**variables, Variable.AGI_DONE.value: "1"})

    async def _collect(self, step: Collect) -> Entry:
        files = self._sounds.files(step.prompts)
        return await self._voice.collect(files, step.length, step.first_key_seconds, step.star_is_letter)

    async def _set_language(self, language: str) -> None:
        """Inherited, so that waiting room, agent announcement and survey keep it."""
        if self._sounds.speaks(language):
            self._sounds.language = language
            await self._session.set_variables({"CHANNEL(language)": language, f"__{Variable.LANGUAGE}": language})

    async def _record(self, take: int, longest_seconds: int) -> Recording:
        name = f"{re.sub(r'[^A-Za-z0-9.-]', '_', self._call_id)}-{take}"
        self._voice.forget_keys()
        began = time.monotonic()
        try:
            reply = await self._session.record_file(str(self._services.messages / name), longest_seconds * 1000)
        except CallerGone as error:
            # The session was closed before Asterisk said how much there is.
            self._gone = error
            return Recording(f"{name}.wav", int(time.monotonic() - began), hung_up=True)
        hung_up = reply.note == "hangup"
        if hung_up:  # what the flow still has to report are last words
            self._gone = CallerGone()
        return Recording(f"{name}.wav", reply.position // SAMPLES_A_SECOND, hung_up)

    async def _attentively(self, look_up: Awaitable[AnswerT], patient: bool) -> AnswerT:
        """Keys pressed meanwhile are kept, and a caller who has just keyed something is told when it takes long.

        Who hangs up meanwhile does not stop the question: what it did has been done.
        """
        task = asyncio.ensure_future(look_up)
        told_at = time.monotonic() + PATIENCE_SECONDS if patient else float("inf")
        try:
            await asyncio.wait({task}, timeout=BREATH_SECONDS)
            while not task.done():
                if time.monotonic() < told_at:
                    await self._voice.listen(EAR_MS)
                else:
                    told_at = float("inf")
                    await self._voice.play(self._sounds.files((Phrase.PLEASE_WAIT,)), barge_in=False)
            return await task
        except CallerGone:
            return await task
        finally:
            task.cancel()
