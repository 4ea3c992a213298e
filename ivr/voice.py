"""Speaking to the caller and taking keys: barge-in, type-ahead, entries. Knows Asterisk's ways, no business.

Few round trips: every command costs both sides time. Keys are taken by whatever command runs; a key pressed during a
prompt is kept for the next entry, so a caller who knows the menu may dial through it.
"""

from ivr.agi import AgiSession, Reply
from ivr.steps import Entry, Prompts

KEY_PAUSE_MS = 3000
CLOSING_KEY_MS = 1000  # how long `#` may follow an entry that is already complete


class Voice:
    def __init__(self, session: AgiSession) -> None:
        self._session = session
        self._typed = ""

    async def play(self, prompts: Prompts, barge_in: bool) -> bool:
        """Speak; false when a key cut it short. With a key already waiting nothing is spoken."""
        if not barge_in:
            for prompt in prompts:
                await self._play_in_full(prompt)
            return True
        if not self._typed:
            self._typed = await self._play_until_key(prompts)
        return not self._typed

    async def collect(self, prompts: Prompts, length: int, first_key_seconds: float) -> Entry:
        entry = self._typed_ahead(length) or await self._first_key(prompts, first_key_seconds)
        if entry.ended or length == 1 or entry.keys in ("", "*"):
            return entry
        return await self._rest(entry.keys, length)

    def _typed_ahead(self, length: int) -> Entry | None:
        if not self._typed:
            return None
        keys, closing, after = self._typed[:length].partition("#")
        self._typed = after + self._typed[length:]
        return Entry(keys.rpartition("*")[2] if len(keys) > 1 else keys, ended=bool(closing))

    async def _first_key(self, prompts: Prompts, seconds: float) -> Entry:
        """The last prompt and the wait are one command, so that no key falls between them."""
        if len(prompts) > 1 and (key := await self._play_until_key(prompts[:-1])):
            return Entry(ended=True) if key == "#" else Entry(key)
        reply = await self._session.get_data(prompts[-1], int(seconds * 1000), 1)
        return Entry(reply.result, ended=not reply.result and reply.note != "timeout")

    async def _rest(self, keys: str, length: int) -> Entry:
        """The keys after the first one. `*` deletes what was keyed."""
        while len(keys) < length:
            reply = await self._session.get_data("", KEY_PAUSE_MS, length - len(keys))
            timed_out = reply.note == "timeout"
            ended = not timed_out and len(reply.result) < length - len(keys)
            keys = (keys + reply.result).rpartition("*")[2]
            if timed_out or ended:
                return Entry(keys, ended)
        # The prompt asks for `#`, the length makes it needless: one that follows must not cut the next prompt.
        key = _key(await self._session.wait_for_digit(CLOSING_KEY_MS))
        if key != "#":
            self._typed += key
        return Entry(keys, ended=key == "#")

    async def _play_until_key(self, prompts: Prompts) -> str:
        if len(prompts) == 1:
            return _key(await self._session.stream_file(prompts[0]))
        return _key(await self._session.background(prompts))

    async def _play_in_full(self, prompt: str) -> None:
        """Keys do not shorten it but are not lost either: playing goes on where the key stopped it."""
        position = 0
        while True:
            reply = await self._session.stream_file(prompt, start=position)
            key = _key(reply)
            self._typed += key
            if not key or reply.position <= position:
                return
            position = reply.position


def _key(reply: Reply) -> str:
    return "" if reply.result == "0" else chr(int(reply.result))
