"""Speaks what the store is asked for, one text at a time, beside everything else the process does."""

import asyncio
from collections.abc import Sequence

import structlog

from agent_api.errors import DeskError, Unavailable
from agent_api.speech.audio import from_recording
from agent_api.speech.engines import Engine
from agent_api.speech.store import OwnPrompt, SpeechStore, State

log = structlog.get_logger(__name__)

LOOK_SECONDS = 1.0


class SpeechWorker:
    def __init__(self, store: SpeechStore, engines: Sequence[Engine]) -> None:
        self._store = store
        self._engines = engines

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                worked = await self.work_once()
            except OSError as error:
                log.error("the prompts folder cannot be used", error=type(error).__name__)
                worked = False
            if not worked:
                await asyncio.sleep(LOOK_SECONDS)

    async def work_once(self) -> bool:
        """Speak the oldest text that waits; false when none does."""
        prompt = await asyncio.to_thread(self._store.next_pending)
        if prompt is None:
            return False
        spoken = await self._spoken(prompt)
        await asyncio.to_thread(self._keep, prompt, spoken)
        return True

    async def _spoken(self, prompt: OwnPrompt) -> tuple[str, bytes] | None:
        """By the first engine that can: its name and the finished sound."""
        for engine in self._engines:
            try:
                sound = await engine.speak(prompt.text, prompt.language)
                return engine.name, await asyncio.to_thread(from_recording, sound)
            except Unavailable as error:
                log.warning("a text could not be spoken", prompt=prompt.id, what=error.what)
            except DeskError as error:
                log.warning("what was spoken cannot be used", prompt=prompt.id, engine=engine.name, code=error.code)
        return None

    def _keep(self, prompt: OwnPrompt, spoken: tuple[str, bytes] | None) -> None:
        """Unless the text was changed, recorded or deleted while it was being spoken."""
        now = self._store.get(prompt.language, prompt.slug)
        if now is None or now.state is not State.PENDING or now.text != prompt.text:
            return
        if spoken is None:
            self._store.fail(prompt)
        else:
            name, sound = spoken
            self._store.put(OwnPrompt(prompt.slug, prompt.language, prompt.text, State.READY, name), sound)
