"""Speaking to the caller and taking keys: barge-in, type-ahead, entries. Knows Asterisk's ways, no business.

Few round trips: every command costs both sides time. Keys are taken by whatever command runs; a key pressed during a
prompt is kept for the next entry, so a caller who knows the menu may dial through it.
"""

from collections.abc import Iterator

from ivr.agi import AgiSession, Reply
from ivr.steps import Entry

Files = tuple[str, ...]

KEY_PAUSE_MS = 3000
CLOSING_KEY_MS = 1000  # how long `#` may follow an entry that is already complete
MAX_CHAIN_BYTES = 1500  # of one command, which Asterisk reads into 2048


class Voice:
    def __init__(self, session: AgiSession) -> None:
        self._session = session
        self._typed = ""

    async def play(self, prompts: Files, barge_in: bool) -> bool:
        """Speak; false when a key cut it short. With a key already waiting nothing is spoken."""
        if not barge_in:
            for prompt in prompts:
                await self._play_in_full(prompt)
            return True
        if not self._typed:
            self._typed = await self._play_until_key(prompts)
        return not self._typed

    @property
    def has_keys(self) -> bool:
        """Keys are waiting for the next entry."""
        return bool(self._typed)

    async def listen(self, milliseconds: int) -> None:
        """Keep the keys of the next moments: one pressed while no command runs is lost."""
        self._typed += _key(await self._session.wait_for_digit(milliseconds))

    def forget_keys(self) -> None:
        """What was pressed to skip a prompt is no answer to what comes next."""
        self._typed = ""

    async def collect(
        self, prompts: Files, length: int, first_key_seconds: float, star_is_letter: bool = False
    ) -> Entry:
        entry = self._typed_ahead(length, star_is_letter) or await self._first_key(prompts, first_key_seconds)
        if entry.ended or length == 1 or not entry.keys or (entry.keys == "*" and not star_is_letter):
            return entry
        return await self._rest(entry.keys, length, star_is_letter)

    def _typed_ahead(self, length: int, star_is_letter: bool) -> Entry | None:
        if not self._typed:
            return None
        keys, closing, after = self._typed[:length].partition("#")
        self._typed = after + self._typed[length:]
        return Entry(keys if star_is_letter or len(keys) == 1 else _after_star(keys), ended=bool(closing))

    async def _first_key(self, prompts: Files, seconds: float) -> Entry:
        """The last prompt and the wait are one command, so that no key falls between them."""
        if len(prompts) > 1 and (key := await self._play_until_key(prompts[:-1])):
            return Entry(ended=True) if key == "#" else Entry(key)
        reply = await self._session.get_data(prompts[-1] if prompts else "", int(seconds * 1000), 1)
        return Entry(reply.result, ended=not reply.result and reply.note != "timeout")

    async def _rest(self, keys: str, length: int, star_is_letter: bool) -> Entry:
        """The keys after the first one. `*` deletes what was keyed, unless it is a letter."""
        while len(keys) < length:
            reply = await self._session.get_data("", KEY_PAUSE_MS, length - len(keys))
            timed_out = reply.note == "timeout"
            ended = not timed_out and len(reply.result) < length - len(keys)
            keys += reply.result
            keys = keys if star_is_letter else _after_star(keys)
            if timed_out or ended:
                return Entry(keys, ended)
        # The prompt asks for `#`, the length makes it needless: one that follows must not cut the next prompt.
        key = _key(await self._session.wait_for_digit(CLOSING_KEY_MS))
        if key != "#":
            self._typed += key
        return Entry(keys, ended=key == "#")

    async def _play_until_key(self, prompts: Files) -> str:
        for chain in _chains(prompts):
            play = self._session.background(chain) if len(chain) > 1 else self._session.stream_file(chain[0])
            if key := _key(await play):
                return key
        return ""

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


def _chains(prompts: Files) -> Iterator[Files]:
    """As few commands as will hold them all."""
    chain: list[str] = []
    size = 0
    for prompt in prompts:
        size += len(prompt.encode()) + 1
        if chain and size > MAX_CHAIN_BYTES:
            yield tuple(chain)
            chain, size = [], len(prompt.encode()) + 1
        chain.append(prompt)
    if chain:
        yield tuple(chain)


def _after_star(keys: str) -> str:
    return keys.rpartition("*")[2]


def _key(reply: Reply) -> str:
    return "" if reply.result == "0" else chr(int(reply.result))
